import { sendWebhooks, type WebhookCost } from '../support/sendWebhooks.mts';
import { median, ratio, type ResultRow } from '../report/table.mts';
import { startTriggerServer, type TriggerName } from '../support/triggerServer.mts';

const WARM_UP = 100;

type Rounds = Record<TriggerName, WebhookCost[]>;

/** Webhooks per second in a real server: this package's trigger, a minimal trigger, and n8n's Webhook node. */
export async function trigger(): Promise<ResultRow[]> {
	const installed = await measureRounds('n8n as installed', {}, 16, 50);
	const legacy = await measureRounds('legacy engine', { N8N_EXPRESSION_ENGINE: 'legacy' }, 40, 250);
	return [
		row(
			'Trigger in n8n as installed: its webhooks ÷ an empty trigger node',
			installed,
			'empty',
			0.95,
		),
		row(
			'… ÷ an empty trigger node with the same credential, which it does not read',
			installed,
			'emptyWithCredential',
		),
		row("… ÷ n8n's Webhook node, which does not use the isolate", installed, 'webhook'),
		row("… ÷ n8n's Webhook node with Header Auth", installed, 'webhookWithAuth'),
		row('Trigger with the legacy expression engine ÷ an empty trigger node', legacy, 'empty'),
		row(
			'… ÷ an empty trigger node with the same credential, which it does not read',
			legacy,
			'emptyWithCredential',
		),
		row("… ÷ n8n's Webhook node", legacy, 'webhook', 1),
		row("… ÷ n8n's Webhook node with Header Auth", legacy, 'webhookWithAuth'),
	];
}

/** Measures all triggers alternately in one server, so that other load on the machine affects each of them. */
async function measureRounds(
	title: string,
	env: Record<string, string>,
	times: number,
	perRound: number,
): Promise<Rounds> {
	const server = await startTriggerServer(env);
	try {
		const names: TriggerName[] = [
			'ours',
			'empty',
			'emptyWithCredential',
			'webhook',
			'webhookWithAuth',
		];
		const rounds: Rounds = {
			ours: [],
			empty: [],
			emptyWithCredential: [],
			webhook: [],
			webhookWithAuth: [],
		};
		for (const name of names) await sendWebhooks(server, name, WARM_UP);
		for (let round = 0; round < times; round++) {
			process.stderr.write(`  ${title}, round ${round + 1} of ${times}\n`);
			// Alternating order, so that no trigger always follows the same other one.
			for (const name of round % 2 === 0 ? names : [...names].reverse()) {
				rounds[name].push(await sendWebhooks(server, name, perRound));
			}
		}
		return rounds;
	} finally {
		await server.close();
	}
}

function row(
	metric: string,
	rounds: Rounds,
	other: Exclude<TriggerName, 'ours'>,
	limit?: number,
): ResultRow {
	const value = median(
		rounds.ours.map(({ perSecond }, round) => perSecond / rounds[other][round].perSecond),
	);
	const medianOf = (name: TriggerName, pick: keyof WebhookCost) =>
		median(rounds[name].map((round) => round[pick])).toFixed(pick === 'cpuMs' ? 1 : 0);
	const speeds = `${medianOf('ours', 'perSecond')}/s ÷ ${medianOf(other, 'perSecond')}/s`;
	const cpu = `n8n's CPU time ${medianOf('ours', 'cpuMs')} and ${medianOf(other, 'cpuMs')} ms`;
	return {
		metric,
		measured: `${ratio(value)} (${speeds}; ${cpu})`,
		limit: limit === undefined ? '' : `≥ ${limit}`,
		passed: limit === undefined ? undefined : value >= limit,
	};
}
