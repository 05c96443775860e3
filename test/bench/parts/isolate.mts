import { openPlayground } from '../../../playground/host/playground.mts';
import { runServerPayouts } from '../support/serverPayouts.mts';
import { median, type ResultRow } from '../report/table.mts';

const COUNT = 1000;
const ROUNDS = 5;

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
				const ms = await runServerPayouts(playground, {
					count: COUNT,
					parallel: 50,
					prefix: `${form}-${round}`,
					expression: expressionForms[form],
				});
				if (round > 0) times[form].push(ms); // the first round is the warm-up
			}
		}
		return times;
	} finally {
		await playground.close();
	}
}
