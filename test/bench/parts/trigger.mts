import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { median, ratio, type Row } from '../report/table.mts';
import { openTriggerServer, type TriggerName } from '../support/triggerServer.mts';
import { webhooksPerSecond } from '../support/webhookLoad.mts';

const WARM_UP = 100;
/** The executions that a round has started end before the next one begins. */
const SETTLE_MS = 500;

interface Round {
	perSecond: number;
	/** Processor time of n8n for one webhook with all it causes, ms; NaN where the system does not tell. */
	cpuMs: number;
}

type Rounds = Record<TriggerName, Round[]>;

/** Webhooks per second in a real server: this package's trigger, one that does nothing, and n8n's Webhook node. */
export async function trigger(): Promise<Row[]> {
	const usual = await roundsIn('n8n as installed', {}, 16, 50);
	const legacy = await roundsIn('legacy engine', { N8N_EXPRESSION_ENGINE: 'legacy' }, 40, 250);
	return [
		row('Trigger in n8n as installed: its webhooks ÷ an empty trigger node', usual, 'empty', 0.95),
		row('… ÷ an empty trigger node with the same credential, which it never reads', usual, 'bound'),
		row("… ÷ n8n's Webhook node, which is spared the isolate", usual, 'webhook'),
		row("… ÷ n8n's Webhook node with Header Auth", usual, 'guarded'),
		row('Trigger with the legacy expression engine ÷ an empty trigger node', legacy, 'empty'),
		row(
			'… ÷ an empty trigger node with the same credential, which it never reads',
			legacy,
			'bound',
		),
		row("… ÷ n8n's Webhook node", legacy, 'webhook', 1),
		row("… ÷ n8n's Webhook node with Header Auth", legacy, 'guarded'),
	];
}

/** All three triggers in one server, in turns, so that a busy machine slows each of them. */
async function roundsIn(
	title: string,
	env: Record<string, string>,
	times: number,
	perRound: number,
): Promise<Rounds> {
	const server = await openTriggerServer(env);
	const measure = async (name: TriggerName, count: number): Promise<Round> => {
		const webhooks = Array.from(
			{ length: count },
			(_, n) => server.webhooks[n % server.webhooks.length],
		);
		const before = cpuMs(server.pid);
		const perSecond = await webhooksPerSecond(server.urls[name], webhooks);
		await sleep(SETTLE_MS);
		return { perSecond, cpuMs: (cpuMs(server.pid) - before) / count };
	};
	try {
		const names: TriggerName[] = ['ours', 'empty', 'bound', 'webhook', 'guarded'];
		const rounds: Rounds = { ours: [], empty: [], bound: [], webhook: [], guarded: [] };
		for (const name of names) await measure(name, WARM_UP);
		for (let round = 0; round < times; round++) {
			process.stderr.write(`  ${title}, round ${round + 1} of ${times}\n`);
			// Forth and back: nobody always comes after the same other one.
			for (const name of round % 2 === 0 ? names : [...names].reverse()) {
				rounds[name].push(await measure(name, perRound));
			}
		}
		return rounds;
	} finally {
		await server.close();
	}
}

/** Processor time a process has used so far, in ms. */
function cpuMs(pid: number): number {
	try {
		// After the name, which may hold blanks and brackets: utime and stime are the 12th and 13th field, in 1/100 s.
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
			.replace(/^.*\) /s, '')
			.split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10;
	} catch {
		return NaN;
	}
}

function row(what: string, rounds: Rounds, other: Exclude<TriggerName, 'ours'>, bar?: number): Row {
	const value = median(
		rounds.ours.map(({ perSecond }, round) => perSecond / rounds[other][round].perSecond),
	);
	const of = (name: TriggerName, pick: keyof Round) =>
		median(rounds[name].map((round) => round[pick])).toFixed(pick === 'cpuMs' ? 1 : 0);
	const speeds = `${of('ours', 'perSecond')}/s ÷ ${of(other, 'perSecond')}/s`;
	const cpu = `n8n's processor time ${of('ours', 'cpuMs')} and ${of(other, 'cpuMs')} ms`;
	return {
		what,
		measured: `${ratio(value)} (${speeds}; ${cpu})`,
		bar: bar === undefined ? '' : `≥ ${bar}`,
		passed: bar === undefined ? undefined : value >= bar,
	};
}
