import { openPlayground, type Playground } from '../../../playground/host/playground.mts';
import { outputOf } from '../../../playground/rest/execution.mts';
import type { WorkflowFile } from '../../../playground/rest/types.mts';
import { payoutParameters } from '../support/runPayouts.mts';
import { median, type ResultRow } from '../report/table.mts';

const COUNT = 1000;
const ROUNDS = 5;
const NODE = 'Send Payout';

/** Forms of the expressions that read a sheet's columns. */
const expressionForms = {
	columns: (expression: string) => expression,
	/** The same value, but not a plain column reference. */
	others: (expression: string) => expression.replace('}}', '+ "" }}'),
};
type ExpressionForm = keyof typeof expressionForms;
type Times = Record<ExpressionForm, number[]>;

/**
 * Cost of n8n's expression isolate for 1,000 payouts in a real server: execution time of the node, bank without
 * latency.
 */
export async function isolate(): Promise<ResultRow[]> {
	const installed = await measureForms('n8n as installed', {});
	const legacy = await measureForms('legacy engine', { N8N_EXPRESSION_ENGINE: 'legacy' });
	const metric = {
		columns: '1,000 payouts in a real server, 4 parameters `={{ $json.column }}`',
		others: '… 4 parameters with another expression, e.g. `={{ $json.column + "" }}`',
	};
	return (['columns', 'others'] as const).map((form) => ({
		metric: metric[form],
		measured: `${formatMedian(installed[form])} as installed, ${formatMedian(legacy[form])} with the legacy engine`,
		limit: '',
	}));
}

const formatMedian = (times: number[]) => `${(median(times) / 1000).toFixed(1)} s`;

async function measureForms(title: string, env: Record<string, string>): Promise<Times> {
	const playground = await openPlayground({ log: () => {}, env });
	try {
		const times: Times = { columns: [], others: [] };
		for (let round = 0; round <= ROUNDS; round++) {
			process.stderr.write(`  ${title}, round ${round} of ${ROUNDS}\n`);
			for (const form of ['columns', 'others'] as const) {
				const ms = await measurePayouts(playground, form, `${form}-${round}`);
				if (round > 0) times[form].push(ms); // the first round is the warm-up
			}
		}
		return times;
	} finally {
		await playground.close();
	}
}

async function measurePayouts(
	{ rest, credential }: Playground,
	form: ExpressionForm,
	prefix: string,
): Promise<number> {
	const rows = Array.from({ length: COUNT }, (_, n) => ({
		reference: `${prefix}-${n}`,
		amount: '100,00',
		card: '4242424242424242',
		name: 'Иванов Иван Иванович',
	}));
	const parameters = payoutParameters({ count: COUNT, parallel: 50, waitFor: 'started' });
	for (const [name, value] of Object.entries(parameters)) {
		if (typeof value === 'string' && value.startsWith('='))
			parameters[name] = expressionForms[form](value);
	}
	const workflow = await rest.createWorkflow(sheetWorkflow(rows, parameters, credential));
	const execution = await rest.runWorkflow(workflow, 'Start');
	const paid = outputOf(execution, NODE).length;
	if (paid !== COUNT) throw new Error(`${paid} payouts: ${execution.resultData.error?.message}`);
	return execution.resultData.runData[NODE][0].executionTime;
}

function sheetWorkflow(
	rows: object[],
	parameters: Record<string, unknown>,
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
