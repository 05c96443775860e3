import path from 'node:path';

import { openPlayground, type Playground } from '../../../playground/host/playground.mts';
import { projectDir } from '../../support/engine.mts';
import { ratio, type ResultRow } from '../report/table.mts';
import { startBuildProcess, type BuildProcess } from '../support/buildProcess.mts';
import { callsPerPayout } from '../support/runPayouts.mts';
import { cpuMs } from '../support/cpuTime.mts';
import type { SandboxProcess } from '../support/sandboxProcess.mts';
import { sendWebhooks } from '../support/sendWebhooks.mts';
import { runServerPayouts } from '../support/serverPayouts.mts';
import { startTriggerServer, type TriggerServer } from '../support/triggerServer.mts';

const LATENCY_MS = 50;
/** By the calls of a payout, `waitFor`. */
const ENGINE_PAYOUTS = { started: 400, final: 300 };
const SERVER_PAYOUTS = 300;
const WEBHOOKS = 150;
const SIGNATURES = 400;
/** Less is noise, and a delay of 0 has no ratio. */
const MIN_DELAY_MS = 0.01;
/** Rounds that V8 needs to optimise, in each process. */
const WARM_UP = 3;
/**
 * The same in an n8n server: only after some 2,000 to 4,000 payouts less of its memory survives a collection, 6 %
 * instead of 20 %. Rounds before that compare when V8 optimises n8n, not what a build costs.
 */
const SERVER_WARM_UP = 20;

/** What one round measures of a build, by name. */
type Measures = Record<string, number>;

/** What is measured of each build. `Running`: a process or server with a build. */
interface Subject<Running> {
	metric: string;
	/** Rounds before those that count; `WARM_UP` by default. */
	warmUp?: number;
	measure(running: Running, round: number): Promise<Measures>;
}

/** The folders of the builds to compare: this one, and another one. */
type Folders = readonly [ours: string, other: string];

/**
 * This build and another one, in turns in one run: each subject of the report by name.
 * @param other folder of the other build
 */
export function builds(
	sandbox: SandboxProcess,
	other: string,
	rounds: number,
): Record<string, () => Promise<ResultRow[]>> {
	const folders = [projectDir, path.resolve(other)] as const;
	return {
		payoutBuilds: () => comparePayouts(sandbox, folders, rounds),
		signingBuilds: () => compareSigning(sandbox, folders, rounds),
		serverBuilds: () => compareServers(folders, rounds),
		triggerBuilds: () => compareTriggers(folders, rounds),
	};
}

/** Payouts in n8n's engine. */
async function comparePayouts(
	{ credentials, reset }: SandboxProcess,
	folders: Folders,
	rounds: number,
): Promise<ResultRow[]> {
	const subjects: Array<Subject<BuildProcess>> = [];
	for (const waitFor of ['started', 'final'] as const) {
		for (const parallel of [10, 50]) {
			subjects.push({
				metric: `Payouts in the engine, ${callsPerPayout[waitFor]} calls each, Parallel = ${parallel}`,
				async measure({ pay }) {
					await reset(LATENCY_MS);
					const cost = await pay({ count: ENGINE_PAYOUTS[waitFor], parallel, waitFor });
					return {
						time: cost.ms,
						'processor time': cost.cpuMs,
						'mean loop delay': Math.max(cost.meanDelayMs, MIN_DELAY_MS),
						'p99 of the loop delay': Math.max(cost.p99DelayMs, MIN_DELAY_MS),
					};
				},
			});
		}
	}
	const start = (build: string) => startBuildProcess(build, credentials);
	return await compareSubjects(folders, rounds, start, subjects);
}

/** The credential's signatures. */
async function compareSigning(
	{ credentials }: SandboxProcess,
	folders: Folders,
	rounds: number,
): Promise<ResultRow[]> {
	const subjects = [1, 50].map(
		(parallel): Subject<BuildProcess> => ({
			metric: `Signing, ${parallel} at once`,
			measure: async ({ sign }) => ({ time: (await sign({ count: SIGNATURES, parallel })).ms }),
		}),
	);
	const start = (build: string) => startBuildProcess(build, credentials);
	return await compareSubjects(folders, rounds, start, subjects);
}

/** Payouts in real servers, with the delays of the event loop that n8n itself measures. */
async function compareServers(folders: Folders, rounds: number): Promise<ResultRow[]> {
	const subjects = [10, 50].map(
		(parallel): Subject<Playground> => ({
			metric: `Payouts in a real server, 2 calls each, Parallel = ${parallel}`,
			warmUp: SERVER_WARM_UP,
			async measure(playground, round) {
				playground.sandbox.set({ latencyMs: LATENCY_MS });
				const { baseUrl, pid } = playground.server;
				const prefix = `builds-${parallel}-${round}`;
				await readLoopDelay(baseUrl);
				const before = cpuMs(pid);
				const time = await runServerPayouts(playground, { count: SERVER_PAYOUTS, parallel, prefix });
				return {
					time,
					'processor time of n8n': cpuMs(pid) - before,
					...(await readLoopDelay(baseUrl)),
				};
			},
		}),
	);
	const env = { N8N_METRICS: 'true' };
	const start = (build: string) => openPlayground({ log: () => {}, build, env });
	return await compareSubjects(folders, rounds, start, subjects);
}

/** n8n's timer fires each 10 ms. */
const METRICS_RESOLUTION_MS = 10;

/** The delay of the event loop since it was read last, ms: n8n begins anew with each reading. */
async function readLoopDelay(baseUrl: string): Promise<Measures> {
	const text = await (await fetch(`${baseUrl}/metrics`)).text();
	const delayMs = (name: string) => {
		const value = new RegExp(`^n8n_nodejs_eventloop_lag_${name}_seconds (\\S+)`, 'm').exec(text)?.[1];
		if (value === undefined) throw new Error(`n8n's metrics have no ${name} of the loop delay`);
		return Math.max(Number(value) * 1000 - METRICS_RESOLUTION_MS, MIN_DELAY_MS);
	};
	return { 'mean loop delay': delayMs('mean'), 'p99 of the loop delay': delayMs('p99') };
}

/** The trigger in real servers, each compared with an empty one in the same server. */
async function compareTriggers(folders: Folders, rounds: number): Promise<ResultRow[]> {
	const subject: Subject<TriggerServer> = {
		metric: 'Webhooks: time of the trigger ÷ an empty trigger with the same credential',
		async measure(server, round) {
			const names = ['ours', 'emptyWithCredential'] as const;
			const perSecond = { ours: 0, emptyWithCredential: 0 };
			for (const name of round % 2 === 0 ? names : [...names].reverse()) {
				perSecond[name] = (await sendWebhooks(server, name, WEBHOOKS)).perSecond;
			}
			return { ratio: perSecond.emptyWithCredential / perSecond.ours };
		},
	};
	const start = (build: string) => startTriggerServer({ N8N_EXPRESSION_ENGINE: 'legacy' }, build);
	return await compareSubjects(folders, rounds, start, [subject]);
}

/**
 * Starts this build once and the other one twice, and measures each subject in turns. The second of the other build
 * shows how far equal code differs.
 */
async function compareSubjects<Running extends { close(): Promise<void> | void }>(
	[ours, other]: Folders,
	rounds: number,
	start: (folder: string) => Promise<Running>,
	subjects: ReadonlyArray<Subject<Running>>,
): Promise<ResultRow[]> {
	const running: Running[] = [];
	try {
		for (const folder of [ours, other, other]) running.push(await start(folder));
		const rows: ResultRow[] = [];
		for (const { metric, warmUp = WARM_UP, measure } of subjects) {
			const all = running.map((one) => async (round: number) => await measure(one, round));
			rows.push(...compare(metric, await inTurns(metric, all, { warmUp, rounds })));
		}
		return rows;
	} finally {
		for (const { close } of running) await close();
	}
}

/**
 * The measures of each build, a list for each round. Six rounds have each order of three builds once: what a build
 * still does after its turn falls into the turn of the next one.
 */
async function inTurns(
	title: string,
	all: Array<(round: number) => Promise<Measures>>,
	{ warmUp, rounds }: { warmUp: number; rounds: number },
): Promise<Measures[][]> {
	const results: Measures[][] = all.map(() => []);
	for (let round = -warmUp; round < rounds; round++) {
		process.stderr.write(`  ${title}, round ${round + 1} of ${rounds}\n`);
		const start = (round + warmUp) % all.length;
		const order = all.map((_, turn) => (start + turn) % all.length);
		for (const build of round % 2 === 0 ? order : order.reverse()) {
			const measures = await all[build](round);
			if (round >= 0) results[build].push(measures);
		}
	}
	return results;
}

/** A row for each measure: this build ÷ the other one, with the standard error over the rounds. */
function compare(metric: string, [ours, theirs, again]: Measures[][]): ResultRow[] {
	const ratios = (name: string, some: Measures[], others: Measures[]) =>
		some.map((measures, round) => measures[name] / others[round][name]);
	return Object.keys(ours[0]).map((name, index) => {
		const control = withError(ratios(name, again, theirs));
		const mean = (measures: Measures[]) => average(measures.map((one) => one[name]));
		return {
			metric: `${index === 0 ? metric : '…'}: ${name}, this build ÷ the other`,
			measured: `${withError(ratios(name, ours, theirs))} (${short(mean(ours))} ÷ ${short(mean(theirs))}; the other build ÷ itself ${control})`,
			limit: '',
		};
	});
}

const short = (value: number) => (value < 100 ? ratio(value) : value.toFixed(0));

const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Geometric mean and standard error: `0.98 ± 0.01`. The mean of the ratios of two noisy equal values is above 1. */
function withError(ratios: number[]): string {
	const logarithms = ratios.map(Math.log);
	const mean = average(logarithms);
	const variance = average(logarithms.map((value) => (value - mean) ** 2));
	const error = Math.exp(mean) * Math.sqrt(variance / Math.max(ratios.length - 1, 1));
	return `${Math.exp(mean).toFixed(3)} ± ${error.toFixed(3)}`;
}
