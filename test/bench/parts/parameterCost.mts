import type { IExecuteFunctions } from 'n8n-workflow';

import { hostRequire, makeExecuteContext, type LoadedPackage } from '../../support/engine.mts';
import type { SandboxProcess } from '../support/sandboxProcess.mts';
import type { ResultRow } from '../report/table.mts';

const COUNT = 1000;
const TURNS = 5;
const NAMES = ['reference', 'amount', 'cardNumber', 'recipientName'];

interface Parameters {
	BatchParameters: new (node: IExecuteFunctions, live: boolean) => object;
	ItemParameters: new (
		node: IExecuteFunctions,
		itemIndex: number,
		shared: object,
	) => { raw(name: string): unknown };
}

/** Time to read four parameters of a row: by n8n's expression evaluator, and by the package. */
export function parameterCost(loader: LoadedPackage, sandbox: SandboxProcess): ResultRow[] {
	const columns = measureCosts(loader, sandbox, '={{ $json.value }}');
	const templates = measureCosts(loader, sandbox, '=Order {{ $json.value }}');
	const others = measureCosts(loader, sandbox, '={{ $json.value + "!" }}');
	return [
		toRow('`={{ $json.column }}` in 4 parameters of a row', columns),
		toRow('`=Order {{ $json.column }}` in 4 parameters of a row', templates),
		toRow('Any other expression in 4 parameters of a row', others),
	];
}

interface Costs {
	n8n: number;
	ours: number;
}

const toRow = (metric: string, { n8n, ours }: Costs): ResultRow => ({
	metric,
	measured: `${ours.toFixed(0)} µs (getNodeParameter alone: ${n8n.toFixed(0)} µs)`,
	limit: '',
});

function measureCosts(
	loader: LoadedPackage,
	{ credentials }: SandboxProcess,
	expression: string,
): Costs {
	const node = makeExecuteContext({
		loader,
		nodeName: 'bank131',
		credentials,
		parameters: {
			resource: 'payout',
			operation: 'send',
			payoutMethod: 'cardNumber',
			...Object.fromEntries(NAMES.map((name) => [name, expression])),
		},
		items: Array.from({ length: COUNT }, (_, n) => ({ json: { value: `v${n}` } })),
	}) as unknown as IExecuteFunctions;
	const requireBuilt = (module: string) =>
		hostRequire(`./dist/nodes/Bank131/${module}.js`) as Parameters;
	const { ItemParameters } = requireBuilt('parameters/itemParameters');
	const { BatchParameters } = requireBuilt('parameters/batchParameters');
	const shared = new BatchParameters(node, false);
	return {
		n8n: bestMicroseconds((item) =>
			NAMES.forEach((name) => node.getNodeParameter(name, item, null)),
		),
		ours: bestMicroseconds((item) => {
			const parameters = new ItemParameters(node, item, shared);
			for (const name of NAMES) parameters.raw(name);
		}),
	};
}

/** Microseconds per row in the fastest turn. */
function bestMicroseconds(read: (item: number) => void): number {
	let fastest = Infinity;
	for (let turn = 0; turn < TURNS; turn++) {
		const started = performance.now();
		for (let item = 0; item < COUNT; item++) read(item);
		fastest = Math.min(fastest, ((performance.now() - started) / COUNT) * 1000);
	}
	return fastest;
}
