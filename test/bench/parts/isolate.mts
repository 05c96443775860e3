import { openPlayground, type Playground } from '../../../playground/host/playground.mts';
import { outputOf } from '../../../playground/rest/execution.mts';
import type { WorkflowFile } from '../../../playground/rest/types.mts';
import { payoutParameters } from '../support/runPayouts.mts';
import { median, type Row } from '../report/table.mts';

const COUNT = 1000;
const ROUNDS = 5;
const NODE = 'Send Payout';

/** How a sheet's columns come into the parameters of a row. */
const ways = {
	columns: (expression: string) => expression,
	/** Means the same, but is not just a column. */
	others: (expression: string) => expression.replace('}}', '+ "" }}'),
};
type Way = keyof typeof ways;
type Times = Record<Way, number[]>;

/** What n8n's expression isolate costs a thousand payouts in a real server: the node's own time, the bank without latency. */
export async function isolate(): Promise<Row[]> {
	const usual = await timesIn('n8n as installed', {});
	const legacy = await timesIn('legacy engine', { N8N_EXPRESSION_ENGINE: 'legacy' });
	const what = {
		columns: '1,000 payouts in a real server, 4 parameters `={{ $json.column }}`',
		others: '… 4 parameters with another expression, e.g. `={{ $json.column + "" }}`',
	};
	return (['columns', 'others'] as const).map((way) => ({
		what: what[way],
		measured: `${shown(usual[way])} as installed, ${shown(legacy[way])} with the legacy engine`,
		bar: '',
	}));
}

const shown = (times: number[]) => `${(median(times) / 1000).toFixed(1)} s`;

async function timesIn(title: string, env: Record<string, string>): Promise<Times> {
	const playground = await openPlayground({ log: () => {}, env });
	try {
		const times: Times = { columns: [], others: [] };
		for (let round = 0; round <= ROUNDS; round++) {
			process.stderr.write(`  ${title}, round ${round} of ${ROUNDS}\n`);
			for (const way of ['columns', 'others'] as const) {
				const ms = await pay(playground, way, `${way}-${round}`);
				if (round > 0) times[way].push(ms); // the first one warms up
			}
		}
		return times;
	} finally {
		await playground.close();
	}
}

async function pay({ rest, credential }: Playground, way: Way, prefix: string): Promise<number> {
	const rows = Array.from({ length: COUNT }, (_, n) => ({
		reference: `${prefix}-${n}`,
		amount: '100,00',
		card: '4242424242424242',
		name: 'Иванов Иван Иванович',
	}));
	const parameters = payoutParameters({ count: COUNT, parallel: 50, waitFor: 'started' });
	for (const [name, value] of Object.entries(parameters)) {
		if (typeof value === 'string' && value.startsWith('=')) parameters[name] = ways[way](value);
	}
	const workflow = await rest.createWorkflow(sheetWorkflow(rows, parameters, credential));
	const execution = await rest.runWorkflow(workflow, 'Start', 600_000);
	const paid = outputOf(execution, NODE).length;
	if (paid !== COUNT) throw new Error(`${paid} payouts: ${execution.resultData.error?.message}`);
	return execution.resultData.runData[NODE][0].executionTime;
}

function sheetWorkflow(
	rows: object[],
	parameters: Record<string, unknown>,
	{ id, name }: Playground['credential'],
): WorkflowFile {
	const node = (at: number, title: string, type: string, more: object) => ({
		id: title,
		name: title,
		type,
		typeVersion: 1,
		position: [at * 200, 0],
		parameters: {},
		...more,
	});
	const next = (title: string) => ({ main: [[{ node: title, type: 'main', index: 0 }]] });
	return {
		name: 'A sheet',
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
		connections: { Start: next('Sheet'), Sheet: next('Rows'), Rows: next(NODE) },
	};
}
