import { readFile } from 'node:fs/promises';
import { runDemo } from '../../../playground/demo/runDemo.mts';
import { credentialData, credentialType } from '../../../playground/host/playground.mts';
import {
	openQueuePlayground,
	type QueuePlayground,
} from '../../../playground/host/queuePlayground.mts';
import type { Server } from '../../../playground/server/n8nServer.mts';
import { missingInRecord, untruths, wrongInLedger } from '../support/ledgerChecks.mts';
import { Payday, PATIENCE_MS, slowBank } from '../support/payrollScenario.mts';
import { until } from '../support/waitFor.mts';

const log = (text: string) => void process.stderr.write(`${text}\n`);

let playground: QueuePlayground;

beforeAll(async () => {
	playground = await openQueuePlayground({ log });
});

afterAll(async () => await playground?.close());

const logOf = async ({ logFile }: Server) => await readFile(logFile, 'utf8');

/** The worker that has written that it runs an execution. */
async function workerOf(execution: string): Promise<Server> {
	const look = async () => {
		const logs = await Promise.all(playground.workers.map(logOf));
		return playground.workers[
			logs.findIndex((logFile) => logFile.includes(`execution ${execution} (`))
		];
	};
	return await until(look, `worker that runs execution ${execution}`, PATIENCE_MS);
}

describe('queue mode', () => {
	test('the credential is tested: right and wrong', async () => {
		const { rest, credential, sandbox } = playground;
		const test = async (data: object) =>
			await rest.testCredential(credentialType, credential, data);
		const data = credentialData(sandbox);
		expect(await test(data)).toMatchObject({ status: 'OK' });
		expect(await test({ ...data, project: 'another' })).toMatchObject({ status: 'Error' });
	});

	test('workers pay the list, webhooks come in at their own process, and both tell the same story as the ledger', async () => {
		const { server, webhookBaseUrl, rest, workers } = playground;
		const { violations, workflows } = await runDemo(playground, log, () => {});
		expect(violations).toEqual([]);

		const [paying, confirming] = workflows;
		const [runs, events] = [
			await rest.listExecutions(paying),
			await rest.listExecutions(confirming),
		];
		expect(runs).toHaveLength(2);
		expect(events.length).toBeGreaterThan(0);
		expect(new Set(events.map(({ mode }) => mode))).toEqual(new Set(['webhook']));
		for (const { id } of [...runs, ...events]) expect(workers).toContain(await workerOf(id));

		const path = new URL(playground.sandbox.settings.webhookUrl ?? '').pathname;
		const status = async (baseUrl: string) =>
			(await fetch(baseUrl + path, { method: 'POST' })).status;
		expect(await status(webhookBaseUrl)).toBe(401); // it is there, and does not believe everybody
		expect(await status(server.baseUrl)).toBe(404);
		await rest.deactivate(confirming); // its address is needed again
	});
});

describe('200 people are paid by a worker', () => {
	let payday: Payday;

	beforeAll(async () => {
		playground.sandbox.set(slowBank);
		payday = await Payday.publish(playground);
	});

	beforeEach(async () => await payday.startOver());

	/** Everybody has his money, and each run that ended well has told the truth. */
	async function expectAllPaidOnce(): Promise<void> {
		const { rest, sandbox } = playground;
		expect(wrongInLedger(sandbox)).toEqual([]);
		const ended = [...(await payday.settled())].filter(([, status]) => status === 'success');
		expect(ended.length).toBeGreaterThan(0);
		for (const [id] of ended) {
			expect(untruths(await rest.waitForExecution(id), sandbox)).toEqual([]);
		}
	}

	test('which is killed: the list is run once more, and everybody is paid once', async () => {
		const first = await payday.begin();
		const worker = await workerOf(first);
		await payday.paidAtLeast(60);
		await worker.kill();
		expect(payday.paid).toBeLessThanOrEqual(140);

		log(`n8n says: ${[...(await payday.settled())].join(' ')}`);
		await worker.restart();
		const again = await payday.begin();
		expect((await payday.settled()).get(again)).toBe('success');
		await payday.allDelivered();
		await expectAllPaidOnce();
		expect(await missingInRecord(playground)).toEqual([]);
	});

	test('which freezes and comes back while the list is run once more: everybody is paid once', async () => {
		// Nobody dies, so the runs themselves confirm what they have started.
		playground.sandbox.set({ webhookUrl: undefined });
		const first = await payday.begin();
		const worker = await workerOf(first);
		await payday.paidAtLeast(60);
		worker.pause();
		await payday.beginUntilPaid(100);
		worker.resume();

		log(`n8n says: ${[...(await payday.settled())].join(' ')}`);
		await payday.begin();
		await payday.settled();
		await expectAllPaidOnce();
	});
});
