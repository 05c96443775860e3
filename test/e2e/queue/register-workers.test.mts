/**
 * examples/register in queue mode: one list that two workers pay, while one of them is killed and the other stands
 * still. By default a short list; a long one: CONTRIBUTING.md.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	openQueuePlayground,
	type QueuePlayground,
} from '../../../playground/host/queuePlayground.mts';
import { readDataTable } from '../../../playground/rest/dataTables.mts';
import { waitForWebhook } from '../../../playground/rest/webhooks.mts';
import type { Server } from '../../../playground/server/n8nServer.mts';
import type { Workflow } from '../../../playground/rest/types.mts';
import { importExample } from '../../../playground/workflows/importExample.mts';
import { logEachThousand } from '../support/logEachThousand.mts';
import { createHeaderAuth } from '../support/publishedWorkflow.mts';
import { RegisterFamily, type PayingList } from '../support/registerFamily.mts';
import { waitFor } from '../support/waitFor.mts';
import { workerOf } from '../support/workerOf.mts';

const log = (text: string) => void process.stderr.write(`${text}\n`);

const ROWS = Number(process.env.WORKERS_ROWS ?? '600');
/** Of all rounds together. */
const PER_SECOND = Number(process.env.WORKERS_PER_SECOND ?? '40');
const AT_ONCE = 4;
const MINUTES_FOR_A_ROUND = Number(process.env.WORKERS_MINUTES ?? '2');
/** Longer than n8n waits for a worker that gives no sign of life (`openQueuePlayground`). */
const STANDSTILL_MS = 40_000;
const TIMEOUT_MS = 60_000 + ROWS * 1000;

let family: RegisterFamily<QueuePlayground>;
let list: PayingList;
let workers: Workflow;

beforeAll(async () => {
	family = await RegisterFamily.open(openQueuePlayground);
	const { playground } = family;
	// Listen would confirm too: its requests are none of a round.
	playground.sandbox.set({ webhookUrl: undefined, logSize: 20 * ROWS + 10_000 });
	const key = await createHeaderAuth(playground, 'n8n starts rounds', 'a long random value');
	const { workflow: pay } = await family.importList('any', 1);
	await playground.rest.activate(pay);
	workers = await importExample(playground, 'register/pay-on-several-workers.json', {
		settings: {
			roundsAtOnce: AT_ONCE,
			requestsPerSecond: PER_SECOND,
			minutesForARound: MINUTES_FOR_A_ROUND,
		},
		credentials: { 'n8n starts rounds': key },
		parameters: { 'Pay the Round': { workflowId: { __rl: true, mode: 'id', value: pay.id } } },
	});
	await playground.rest.activate(workers);
	await waitForWebhook(`${playground.webhookBaseUrl}/webhook/bank131-register-round`);
	list = await family.importList('many', ROWS, 200, { severalWorkers: workers.id });
});

afterAll(async () => await family?.close());

interface Round {
	run: string;
	round: number;
	attempt: number;
	state: 'started' | 'ended' | 'late' | 'failed';
}

const readRounds = async () => await readDataTable<Round>(family.playground.rest, 'bank131_rounds');

/** Waits until so many rounds have ended. */
async function waitForRounds(count: number): Promise<void> {
	const enough = async () =>
		(await readRounds()).filter(({ state }) => state === 'ended').length >= count || undefined;
	await waitFor(enough, `${count} rounds that ended`, TIMEOUT_MS);
}

/** The requests of the rounds, in the order of their arrival. */
const requestsOfRounds = () =>
	family.playground.sandbox.requests
		.filter(({ path }) => !path.endsWith('wallet/balance')) // the test of the credential
		.sort((one, other) => one.n - other.n);

/** The most requests that arrived in any `seconds` in a row, per second. */
function highestRate(seconds: number): number {
	const times = requestsOfRounds().map(({ at }) => Date.parse(at));
	let first = 0;
	return times.reduce((highest, time, last) => {
		while (times[first] <= time - seconds * 1000) first++;
		return Math.max(highest, (last - first + 1) / seconds);
	}, 0);
}

/** Waits until a round runs on `worker` and some of it is paid. */
async function waitForRoundOn(worker: Server): Promise<void> {
	const { rest, sandbox } = family.playground;
	const before = sandbox.ledger.entries.length;
	const isRunning = async () => {
		const running = (await rest.listExecutions(workers)).filter(
			({ status }) => status === 'running',
		);
		const log = await readFile(worker.logFile, 'utf8');
		const isHere = running.some(({ id }) => log.includes(`execution ${id} (`));
		return (isHere && sandbox.ledger.entries.length > before + 20) || undefined;
	};
	await waitFor(isRunning, 'a round on the other worker', TIMEOUT_MS);
}

test(
	`${ROWS} rows on two workers, one killed, then frozen: everybody is paid once, within the limit`,
	async () => {
		const { playground } = family;
		const id = await family.startPaying(list);
		const dispatching = await workerOf(playground, id);
		const other = playground.workers.find((worker) => worker !== dispatching)!;
		const stopLogging = logEachThousand(playground, log);

		await waitForRoundOn(other);
		await other.kill();
		await other.restart();
		await waitForRounds(Math.floor(ROWS / 200 / 3));
		await waitForRoundOn(other);
		other.pause();
		await sleep(STANDSTILL_MS);
		other.resume();

		await playground.rest.waitForExecution(id, TIMEOUT_MS);
		stopLogging();
		const rounds = await readRounds();
		log(rounds.map(({ round, attempt, state }) => `round ${round}.${attempt} ${state}`).join(', '));
		expect(rounds.some(({ attempt }) => attempt > 1)).toBe(true);
		expect(await family.disagreements(list)).toEqual([]);
		const declined = Math.floor(ROWS / 14);
		expect(family.chat.texts().at(-1)).toContain(
			`many: ${ROWS - declined} of ${ROWS} payouts are paid.`,
		);
		expect(family.chat.texts().at(-1)).not.toMatch(/duplicate|unknown/);
		log(`requests per second, at most in 10 s: ${highestRate(10).toFixed(2)}, limit ${PER_SECOND}`);
		expect(highestRate(10)).toBeLessThanOrEqual(PER_SECOND * 1.05);

		const before = family.changes().length;
		await family.pay(list);
		expect(family.changes().slice(before)).toEqual([]);
		expect(await family.disagreements(list)).toEqual([]);
	},
	4 * TIMEOUT_MS,
);
