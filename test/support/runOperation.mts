/** Runs operations of the node against the sandbox of a fixture. */
import type { INode, INodeExecutionData, INodeParameters, IRun } from 'n8n-workflow';

import type { EngineFixture, Loose } from './engineFixture.mts';
import { outputOf, startNodeRun, type Credentials } from './engine.mts';

export interface RunSettings {
	parameters?: INodeParameters;
	/** The node's collection Options. */
	options?: INodeParameters;
	/** Node settings, for example `{ onError: 'continueErrorOutput', retryOnFail: true }`. */
	node?: Partial<INode>;
	/** Fields that replace those of the sandbox's credential. */
	credential?: object;
	/** Replaces the sandbox's credential; `{}` is a node without a credential. */
	credentials?: Credentials;
	executionId?: string;
}

export const continueRegular: Partial<INode> = { onError: 'continueRegularOutput' };
export const continueError: Partial<INode> = { onError: 'continueErrorOutput' };

export const itemsOf = (rows: readonly object[]): INodeExecutionData[] =>
	rows.map((row) => ({ json: { ...row } as INodeExecutionData['json'] }));

/** Starts the node with one item per row. The returned promise of the run has `cancel()`. */
export function startRun(
	fixture: EngineFixture,
	rows: readonly object[],
	settings: RunSettings = {},
) {
	return startNodeRun({
		loader: fixture.loader,
		nodeName: 'bank131',
		credentials: settings.credentials ?? fixture.credential(settings.credential),
		parameters: { ...settings.parameters, options: settings.options ?? {} },
		items: itemsOf(rows),
		node: { waitBetweenTries: 1, ...settings.node },
		executionId: settings.executionId,
	});
}

/** Runs one operation, on one empty item unless `rows` are given. */
export async function runOperation(
	fixture: EngineFixture,
	resource: string,
	operation: string,
	parameters: INodeParameters,
	{ rows = [{}], ...settings }: RunSettings & { rows?: readonly object[] } = {},
): Promise<IRun> {
	return await startRun(fixture, rows, {
		...settings,
		parameters: { resource, operation, ...parameters },
	});
}

/** The JSON of all items of one output. */
export const jsonOf = (run: IRun, output = 0): Loose[] => {
	const items: Loose[] = outputOf(run, output).map(({ json }) => json);
	for (const json of items) expectFinal(json.error ?? json);
	return items;
};

const FINAL_OUTCOMES = ['succeeded', 'failed', 'cancelled', 'returned', 'refunded'];

/** `final` stands beside each outcome. A cancelled session may be empty: then it is not final. */
function expectFinal({ outcome, final }: Loose): void {
	const isFinal = FINAL_OUTCOMES.includes(outcome) && !(outcome === 'cancelled' && final === false);
	expect({ outcome, final }).toEqual({ outcome, final: outcome === undefined ? final : isFinal });
}
