import type { INodeParameters } from 'n8n-workflow';

import type { Playground } from '../../../playground/host/playground.mts';
import { outputOf } from '../../../playground/rest/execution.mts';
import type { WorkflowFile } from '../../../playground/rest/types.mts';
import { payoutParameters } from './runPayouts.mts';

const NODE = 'Send Payout';

/** Payouts in a real server: 2 calls each, Parallel = `parallel`. */
export interface ServerBatch {
	count: number;
	parallel: number;
	/** Start of each Reference. */
	prefix: string;
	/** Changes the expressions of the node; none by default. */
	expression?: (expression: string) => string;
}

/**
 * Pays a batch in a real server.
 * @returns execution time of the node, ms
 * @throws if a payout is missing from its output
 */
export async function runServerPayouts(
	{ rest, credential }: Playground,
	{ count, parallel, prefix, expression = (text) => text }: ServerBatch,
): Promise<number> {
	const rows = Array.from({ length: count }, (_, n) => ({
		reference: `${prefix}-${n}`,
		amount: '100,00',
		card: '4242424242424242',
		name: 'Иванов Иван Иванович',
	}));
	const parameters = payoutParameters({ count, parallel, waitFor: 'started' });
	for (const [name, value] of Object.entries(parameters)) {
		if (typeof value === 'string' && value.startsWith('=')) parameters[name] = expression(value);
	}
	const workflow = await rest.createWorkflow(sheetWorkflow(rows, parameters, credential));
	const execution = await rest.runWorkflow(workflow, 'Start');
	const paid = outputOf(execution, NODE).length;
	if (paid !== count) throw new Error(`${paid} payouts: ${execution.resultData.error?.message}`);
	return execution.resultData.runData[NODE][0].executionTime;
}

function sheetWorkflow(
	rows: object[],
	parameters: INodeParameters,
	{ id, name }: Playground['credential'],
): WorkflowFile {
	const node = (index: number, title: string, type: string, options: object) => ({
		id: title,
		name: title,
		type,
		typeVersion: 1,
		position: [index * 200, 0],
		parameters: {},
		...options,
	});
	const mainConnection = (title: string) => ({ main: [[{ node: title, type: 'main', index: 0 }]] });
	return {
		name: 'Sheet',
		nodes: [
			node(0, 'Start', 'n8n-nodes-base.manualTrigger', {}),
			node(1, 'Sheet', 'n8n-nodes-base.set', {
				typeVersion: 3.4,
				parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows }), options: {} },
			}),
			node(2, 'Rows', 'n8n-nodes-base.splitOut', {
				parameters: { fieldToSplitOut: 'rows', options: {} },
			}),
			node(3, NODE, 'n8n-nodes-bank131.bank131', {
				parameters,
				credentials: { bank131Api: { id, name } },
			}),
		],
		connections: {
			Start: mainConnection('Sheet'),
			Sheet: mainConnection('Rows'),
			Rows: mainConnection(NODE),
		},
	};
}
