import { runServerDemo } from '../../../playground/demo/serverDemo.mts';
import { credentialData, credentialType } from '../../../playground/host/playground.mts';
import {
	openQueuePlayground,
	type QueuePlayground,
} from '../../../playground/host/queuePlayground.mts';
import {
	findMissingRecords,
	findMisreportedOutcomes,
	findLedgerViolations,
} from '../support/ledgerChecks.mts';
import { PayrollScenario, slowSandbox } from '../support/payrollScenario.mts';
import { workerOf } from '../support/workerOf.mts';

const log = (text: string) => void process.stderr.write(`${text}\n`);

let playground: QueuePlayground;

beforeAll(async () => {
	playground = await openQueuePlayground({ log });
});

afterAll(async () => await playground?.close());

describe('queue mode', () => {
	test('credential test: OK for valid data, Error for another project', async () => {
		const { rest, credential, sandbox } = playground;
		const test = async (data: object) =>
			await rest.testCredential(credentialType, credential, data);
		const data = credentialData(sandbox);
		expect(await test(data)).toMatchObject({ status: 'OK' });
		expect(await test({ ...data, project: 'another' })).toMatchObject({ status: 'Error' });
	});

	test('workers run all executions, the webhook process receives the webhooks, and the reports match the ledger', async () => {
		const { server, webhookBaseUrl, rest, workers } = playground;
		const { violations, workflows } = await runServerDemo(playground, log, () => {});
		expect(violations).toEqual([]);

		const [paying, confirming] = workflows;
		const [runs, events] = [
			await rest.listExecutions(paying),
			await rest.listExecutions(confirming),
		];
		expect(runs).toHaveLength(2);
		expect(events.length).toBeGreaterThan(0);
		expect(new Set(events.map(({ mode }) => mode))).toEqual(new Set(['webhook']));
		for (const { id } of [...runs, ...events])
			expect(workers).toContain(await workerOf(playground, id));

		const path = new URL(playground.sandbox.settings.webhookUrl ?? '').pathname;
		const status = async (baseUrl: string) =>
			(await fetch(baseUrl + path, { method: 'POST' })).status;
		expect(await status(webhookBaseUrl)).toBe(401); // registered, and rejects an unsigned request
		expect(await status(server.baseUrl)).toBe(404);
		await rest.deactivate(confirming); // its URL is used again below
	});
});

describe('payroll of 200 on two workers', () => {
	let scenario: PayrollScenario;

	beforeAll(async () => {
		playground.sandbox.set(slowSandbox);
		scenario = await PayrollScenario.publish(playground);
	});

	beforeEach(async () => await scenario.reset());

	/** Every recipient is paid once, and every successful execution reports what the ledger has. */
	async function expectAllPaidOnce(): Promise<void> {
		const { rest, sandbox } = playground;
		expect(findLedgerViolations(sandbox)).toEqual([]);
		const finishedRun = [...(await scenario.waitForExecutions())].filter(
			([, status]) => status === 'success',
		);
		expect(finishedRun.length).toBeGreaterThan(0);
		for (const [id] of finishedRun) {
			expect(findMisreportedOutcomes(await rest.waitForExecution(id), sandbox)).toEqual([]);
		}
	}

	test('worker killed, list run again: every recipient is paid once', async () => {
		const first = await scenario.start();
		const worker = await workerOf(playground, first);
		await scenario.waitForPaidCount(60);
		await worker.kill();
		expect(scenario.paidCount).toBeLessThanOrEqual(140);

		log(`execution statuses: ${[...(await scenario.waitForExecutions())].join(' ')}`);
		await worker.restart();
		const again = await scenario.start();
		expect((await scenario.waitForExecutions()).get(again)).toBe('success');
		await scenario.waitForDeliveries();
		await expectAllPaidOnce();
		expect(await findMissingRecords(playground)).toEqual([]);
	});

	test('worker paused during a second run, then resumed: every recipient is paid once', async () => {
		// No process is killed, so each execution confirms its own payouts.
		playground.sandbox.set({ webhookUrl: undefined });
		const first = await scenario.start();
		const worker = await workerOf(playground, first);
		await scenario.waitForPaidCount(60);
		worker.pause();
		await scenario.startUntilPaid(100);
		worker.resume();

		log(`execution statuses: ${[...(await scenario.waitForExecutions())].join(' ')}`);
		await scenario.start();
		await scenario.waitForExecutions();
		await expectAllPaidOnce();
	});
});
