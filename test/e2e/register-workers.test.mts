/**
 * examples/register: rounds that are executions of their own, in one n8n. On two workers:
 * queue/register-workers.test.mts.
 */
import { readDataTable } from '../../playground/rest/dataTables.mts';
import { ledgerOf } from '../../playground/register/register.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import { waitForWebhook } from '../../playground/rest/webhooks.mts';
import { importExample } from '../../playground/workflows/importExample.mts';
import { callWebhook, createHeaderAuth } from './support/publishedWorkflow.mts';
import { RegisterFamily, type PayingList } from './support/registerFamily.mts';

const PATH = 'bank131-register-round';
const KEY = 'a long random value';

let family: RegisterFamily;
let pay: Workflow;

beforeAll(async () => {
	family = await RegisterFamily.open();
	({ workflow: pay } = await family.importList('any', 1));
	await family.playground.rest.activate(pay);
});

afterAll(async () => await family?.close());

/** Imports Pay on Several Workers with rounds of 5 rows, which `payRound` pays. */
async function importWorkers(payRound = pay, changed = {}): Promise<Workflow> {
	const { playground } = family;
	return await importExample(playground, 'register/pay-on-several-workers.json', {
		settings: { roundsAtOnce: 2, requestsPerSecond: 0, ...changed },
		credentials: { 'n8n starts rounds': await createHeaderAuth(playground, 'rounds', KEY) },
		jsCode: { Rounds: (code) => code.replace('ROUND = 200', 'ROUND = 5') },
		parameters: { 'Pay the Round': { workflowId: { __rl: true, mode: 'id', value: payRound.id } } },
	});
}

async function publish(workers: Workflow): Promise<void> {
	await family.playground.rest.activate(workers);
	await waitForWebhook(`${family.playground.webhookBaseUrl}/webhook/${PATH}`);
}

/** Imports a list that Pay hands over to `workers`. */
const handedOver = async (name: string, rows: number, workers: Workflow) =>
	await family.importList(name, rows, 200, { severalWorkers: workers.id });

/** How often each row is in the ledger. */
const paidOnce = ({ rows }: PayingList) =>
	rows.map(({ reference }) => ledgerOf(family.playground.sandbox, reference).length);

interface Round {
	run: string;
	round: number;
	attempt: number;
	state: 'started' | 'ended' | 'late' | 'failed';
}

/** Attempt and state of each round of the last run, in the order of their start. */
async function lastRounds(): Promise<string[]> {
	const all = await readDataTable<Round>(family.playground.rest, 'bank131_rounds');
	const own = all.filter(({ run }) => run === all.at(-1)?.run);
	return own.map(({ round, attempt, state }) => `${round}.${attempt} ${state}`);
}

test('a workflow that is not published: Pay says so, nothing is paid, and its share is free at once', async () => {
	const list = await handedOver('unpublished', 6, await importWorkers());
	await expect(family.pay(list)).rejects.toThrow(/Round 1 could not be started: .*published/s);
	expect(await lastRounds()).toEqual(['1.1 failed']);
	expect(paidOnce(list)).toEqual([0, 0, 0, 0, 0, 0]);
});

test.each([
	['roundsAtOnce', 0],
	['roundsAtOnce', ''],
	['requestsPerSecond', -1],
	['minutesForARound', 0],
])('setting %s that is %j: an error names it, and nothing is paid', async (name, value) => {
	const list = await handedOver('settings', 2, await importWorkers(pay, { [name]: value }));
	const requests = family.changes().length;
	await expect(family.pay(list)).rejects.toThrow(`Settings: ${name} must be a number from`);
	expect(family.changes()).toHaveLength(requests);
});

test('three rounds: everybody is paid once, one message, and a second run sends the bank nothing', async () => {
	const workers = await importWorkers();
	await publish(workers);
	const list = await handedOver('rounds', 14, workers);
	const before = family.chat.texts().length;
	await family.pay(list);
	expect(await family.disagreements(list)).toEqual([]);
	expect(family.chat.texts().slice(before)).toEqual([
		expect.stringContaining('rounds: 13 of 14 payouts are paid.\nrounds-00014: failed'),
	]);
	expect(await lastRounds()).toEqual(['1.1 ended', '2.1 ended', '3.1 ended']);

	const changes = family.changes().length;
	await family.pay(list);
	expect(family.changes().slice(changes)).toEqual([]);
	await family.playground.rest.deactivate(workers);
});

test('a call without the credential starts nothing', async () => {
	const workers = await importWorkers();
	await publish(workers);
	const rows = [{ reference: 'forged-1', amount: '1000.50', currency: 'RUB', list: 'forged' }];
	const body = { id: 1, until: Date.now() + 60_000, requestsPerSecond: 0, rows };
	const requests = family.changes().length;
	for (const key of ['', 'another value']) {
		expect(await callWebhook(family.playground, PATH, body, key)).toBe(403);
	}
	expect(await family.playground.rest.listExecutions(workers)).toEqual([]);
	expect(family.changes().length).toBe(requests);
	await family.playground.rest.deactivate(workers);
});

test('a round whose time was over before a worker took it pays nothing', async () => {
	const workers = await importWorkers();
	await publish(workers);
	const rows = [{ reference: 'late-1', amount: '1000.50', currency: 'RUB', list: 'late' }];
	const requests = family.changes().length;
	const body = { id: 1, until: Date.now() - 1, requestsPerSecond: 0, rows };
	expect(await callWebhook(family.playground, PATH, body, KEY)).toBe(200);
	await family.playground.rest.waitUntilIdle(workers);
	expect(await family.playground.rest.listExecutions(workers)).toHaveLength(1);
	expect(family.changes().length).toBe(requests);
	await family.playground.rest.deactivate(workers);
});

test('rounds that fail are started three times, and the message names their rows', async () => {
	const broken = await family.playground.rest.createWorkflow({
		name: 'fails',
		nodes: [
			{
				name: 'Rows',
				type: 'n8n-nodes-base.executeWorkflowTrigger',
				typeVersion: 1.1,
				position: [0, 0],
				id: 'a',
				parameters: { inputSource: 'passthrough' },
			},
			{
				name: 'Stop',
				type: 'n8n-nodes-base.stopAndError',
				typeVersion: 1,
				position: [200, 0],
				id: 'b',
				parameters: { errorMessage: 'the database is full' },
			},
		],
		connections: { Rows: { main: [[{ node: 'Stop', type: 'main', index: 0 }]] } },
	});
	await family.playground.rest.activate(broken);
	const workers = await importWorkers(broken);
	await publish(workers);
	const list = await handedOver('broken', 6, workers);
	await family.pay(list);
	expect((await lastRounds()).sort()).toEqual(
		['1.1', '1.2', '1.3', '2.1', '2.2', '2.3'].map((one) => `${one} failed`),
	);
	expect(family.chat.texts().at(-1)).toMatch(
		/^broken: 0 of 6 payouts are paid\.\n.*1 rows \(broken-\d+ to broken-\d+\): .*the database is full.* Run the list again/,
	);
	expect(paidOnce(list)).toEqual([0, 0, 0, 0, 0, 0]);
	await family.playground.rest.deactivate(workers);

	const mended = await importWorkers();
	await publish(mended);
	const again = await handedOver('broken', 6, mended);
	await family.pay(again);
	expect(await family.disagreements(again)).toEqual([]);
	await family.playground.rest.deactivate(mended);
});
