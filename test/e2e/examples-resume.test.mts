import { outputOf } from '../../playground/rest/execution.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import { describeExample } from './support/describeExample.mts';
import { postToBank, startTransfer } from './support/bankRequest.mts';
import {
	callWebhook,
	waitForEndedExecutions,
	createHeaderAuth,
	publishExample,
} from './support/publishedWorkflow.mts';
import { startMockServer, type MockServer, type Trouble } from './support/mockServer.mts';
import { waitFor } from './support/waitFor.mts';
import { usePlayground } from './support/usePlayground.mts';

const playground = usePlayground();

const payouts = () => playground.sandbox.ledger.find({ kind: 'payout' });

describeExample('resume-when-paid.json', () => {
	type Result = { invoice: string; outcome: string; sessionId?: string };
	const key = 'key of accounting';
	let accounting: MockServer;
	let workflow: Workflow;

	beforeAll(async () => {
		accounting = await startMockServer();
		workflow = await publishExample(playground, 'resume-when-paid.json', {
			settings: {
				ownAddress: playground.webhookBaseUrl,
				resultsTo: accounting.url,
				hoursUntilAsked: 0.002, // seven seconds
				secondsToWait: 5,
			},
			credentials: {
				'Accounting calls n8n': await createHeaderAuth(playground, 'Accounting', key),
			},
		});
	});

	afterAll(() => accounting?.close());

	beforeEach(() => {
		accounting.received.splice(0);
		accounting.trouble = undefined;
		playground.sandbox.set({ processingMs: 1500 });
	});

	afterEach(async () => {
		accounting.trouble = undefined;
		playground.sandbox.faults.clear();
		playground.sandbox.set({ processingMs: 20 });
		await playground.sandbox.idle();
		await waitForEndedExecutions(playground, workflow, 1);
	});

	const pay = async (invoice = 'INV-131') =>
		await callWebhook(playground, 'bank131-invoice', { invoice, amount: '1000000' }, key);
	/** The first message with this outcome; accounting may get it more than once. */
	const waitForResult = async (outcome: string) =>
		await waitFor(
			() =>
				accounting.received
					.map(({ body }) => body as Result)
					.find((one) => one.outcome === outcome),
			`"${outcome}" for accounting`,
		);
	const count = async () => (await playground.rest.listExecutions(workflow)).length;

	test('webhook arrives: the waiting execution resumes, and the invoice is paid once', async () => {
		expect(await callWebhook(playground, 'bank131-invoice', { invoice: 'INV-131' }, '')).toBe(403);
		expect(await pay()).toBe(200);
		expect(await waitForResult('succeeded')).toMatchObject({ invoice: 'INV-131' });
		const executions = await waitForEndedExecutions(playground, workflow, 3);
		const resuming = executions.find(({ resultData }) => 'Bank 131 Trigger' in resultData.runData);
		expect(outputOf(resuming!, 'Is It Our Address?')).toHaveLength(1);
		expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(['success']));
		expect(payouts()).toMatchObject([
			{ amount: 12_500_00, metadata: { reference: 'INV-131', resume: expect.any(String) } },
		]);

		accounting.received.splice(0);
		await pay();
		await waitForResult('duplicate');
		accounting.received.splice(0);
		await pay('INV-999');
		expect(await waitForResult('noSuchInvoice')).toEqual({
			invoice: 'INV-999',
			outcome: 'noSuchInvoice',
		});
		expect(payouts()).toHaveLength(1);
	});

	// n8n checks once a minute for waiting executions that are due.
	test('no webhook: the execution reads the outcome from the bank', async () => {
		const before = await count();
		playground.sandbox.faults.add({ kind: 'webhookDrop', times: 1000 });
		await pay();
		await waitForResult('succeeded');
		expect(await waitForEndedExecutions(playground, workflow, before + 1)).toHaveLength(before + 1);
	});

	test('resume URL that is not a waiting execution of this n8n: it is not called', async () => {
		const before = await count();
		const own = `${playground.webhookBaseUrl}/webhook-waiting/`;
		const addresses = [
			accounting.url,
			`${accounting.url}/webhook-waiting/1`,
			`${playground.webhookBaseUrl}@${accounting.url.slice('http://'.length)}/webhook-waiting/1`,
			`${own}../webhook/bank131-invoice`,
			`${own}1/../../rest/settings`,
			`${own}1?signature=${'a'.repeat(64)}&more=1`,
			{ toString: own },
			undefined,
		];
		for (const resume of addresses)
			await startElsewhere({ reference: 'INV-131', resume }, 12_500_00);
		await playground.sandbox.idle();
		const executions = await waitForEndedExecutions(
			playground,
			workflow,
			before + addresses.length,
		);
		const resumed = executions
			.slice(0, addresses.length)
			.filter(({ resultData }) => 'Wake the Execution' in resultData.runData);
		expect(resumed).toEqual([]);
		expect(accounting.received).toEqual([]);
		expect(payouts()).toEqual([]);
	});

	test('ready later than Send Payout waits: the execution is woken, confirms, and tells the end', async () => {
		playground.sandbox.set({ processingMs: 8000 });
		await pay();
		await waitFor(
			() => playground.sandbox.requests.some(({ path }) => /start\/payout/.test(path)) || undefined,
			'start',
		);
		playground.sandbox.set({ processingMs: 20 });
		expect(await waitForResult('succeeded')).toMatchObject({ invoice: 'INV-131' });
		expect(payouts()).toMatchObject([{ amount: 12_500_00 }]);
	});

	test('invoice asked for three times at once, in untidy forms: paid once', async () => {
		await Promise.all(['INV-131', ' INV-131', 'INV-131\u00a0'].map(pay));
		await waitForResult('succeeded');
		await waitFor(
			() => accounting.received.filter(({ body }) => (body as Result).outcome === 'duplicate')[1],
			'two duplicates',
		);
		expect(payouts()).toHaveLength(1);
		accounting.received.splice(0);
		const unknown = ['inv-131', 'constructor', '', 'INV-13', 'ＩNV-131'];
		for (const one of unknown) await pay(one);
		const isUnknown = ({ body }: { body: unknown }) => (body as Result).outcome === 'noSuchInvoice';
		await waitFor(() => accounting.received.filter(isUnknown)[unknown.length - 1], 'five results');
		expect(payouts()).toHaveLength(1);
	});

	test('payout whose execution is gone: confirmed if the invoice and the amount are ours, and the end is reported', async () => {
		const { sandbox } = playground;
		sandbox.set({ processingMs: 20, webhookAttempts: 3 });
		const resume = `${playground.webhookBaseUrl}/webhook-waiting/987654?signature=${'a'.repeat(64)}`;
		const left = await startElsewhere({ reference: 'INV-131', resume }, 12_500_00);
		await waitFor(() => payouts()[0], 'payout');
		expect(await waitForResult('succeeded')).toMatchObject({ invoice: 'INV-131', sessionId: left });
		expect(payouts()).toHaveLength(1);

		const unconfirmed = [
			await startElsewhere({ reference: 'INV-131', resume }, 12_500_01), // another amount: it fails
			await startElsewhere({ reference: 'INV-999', resume }, 12_500_00), // no such invoice: reported
			await startElsewhere({ resume }, 12_500_00),
			await startElsewhere({ reference: 'INV-131' }, 12_500_00), // not of this n8n
			await startElsewhere({ reference: 'INV-131', resume: accounting.url }, 12_500_00),
		];
		await sandbox.idle();
		sandbox.set({ webhookAttempts: 12 });
		expect(unconfirmed.map((id) => sandbox.sessions.get(id).status)).toEqual(
			unconfirmed.map(() => 'in_progress'),
		);
		expect(payouts()).toHaveLength(1);
		const reported = accounting.received.map(({ body }) => body as Result);
		for (const sessionId of unconfirmed.slice(1, 3)) {
			expect(reported).toContainEqual(
				expect.objectContaining({ sessionId, outcome: 'awaitingConfirmation' }),
			);
		}
	});

	test.each<Trouble>(['error', 'reset', 'silent'])(
		'accounting cannot be reached (%s): the execution calls it again until it can, and the invoice is paid once',
		async (trouble) => {
			Object.assign(accounting, { trouble, failures: 0 });
			await pay();
			await waitFor(() => accounting.failures > 3 || undefined, 'second round of tries');
			expect(payouts()).toHaveLength(1);
			accounting.trouble = undefined;
			expect(await waitForResult('succeeded')).toMatchObject({ invoice: 'INV-131' });
			await playground.sandbox.idle();
			expect(payouts()).toHaveLength(1);
		},
	);

	test('no execution waits, and accounting cannot be reached: the event of the bank comes again until it can', async () => {
		const { sandbox } = playground;
		sandbox.set({
			processingMs: 20,
			webhookRetryMs: 1000,
			webhookRetryFactor: 1,
			webhookAttempts: 100,
		});
		const resume = `${playground.webhookBaseUrl}/webhook-waiting/987654?signature=${'a'.repeat(64)}`;
		Object.assign(accounting, { trouble: 'error', failures: 0 });
		const sessionId = await startElsewhere({ reference: 'INV-131', resume }, 12_500_00);
		await waitFor(() => accounting.failures > 3 || undefined, 'tries');
		accounting.trouble = undefined;
		expect(await waitForResult('succeeded')).toMatchObject({ invoice: 'INV-131', sessionId });
		expect(payouts()).toHaveLength(1);
	});

	test('bank cannot be reached when the execution looks: it waits on, and reports the end', async () => {
		const { faults } = playground.sandbox;
		await pay();
		await waitFor(() => payouts()[0] ?? undefined, 'payout');
		faults.add({ kind: 'errorBefore', match: { path: 'session/status' }, times: 40 });
		await waitFor(() => faults.list()[0].hits > 3 || undefined, 'looks');
		expect(accounting.received.map(({ body }) => (body as Result).outcome)).not.toContain(
			'unknown',
		);
		faults.clear();
		expect(await waitForResult('succeeded')).toMatchObject({ invoice: 'INV-131' });
		expect(payouts()).toHaveLength(1);
	});

	test.each(['session/create', 'start/payout'])(
		'bank cannot be reached at %s: accounting gets that it is not paid, and the next call pays',
		async (path) => {
			const { faults } = playground.sandbox;
			faults.add({ kind: 'resetBefore', match: { path }, times: Infinity });
			await pay();
			const first = await waitFor(() => accounting.received[0], 'result');
			expect(first.body).toMatchObject({
				outcome: expect.stringMatching(/rejected|unknown|created/),
			});
			expect(payouts()).toEqual([]);
			faults.clear();
			await pay();
			await waitForResult('succeeded');
			expect(payouts()).toHaveLength(1);
		},
	);

	test('no execution waits, and the bank shows another account for the transfer: reported, not confirmed, not sent again', async () => {
		const { sandbox } = playground;
		sandbox.setProfile('otherAccountToConfirm');
		const resume = `${playground.webhookBaseUrl}/webhook-waiting/987654?signature=${'a'.repeat(64)}`;
		await startTransfer(sandbox, { reference: 'INV-131', resume }, 12_500_00);
		expect(await waitForResult('rejected')).toMatchObject({ invoice: 'INV-131' });
		await sandbox.idle();
		sandbox.setProfile('standard');
		expect(sandbox.webhooks.map(({ attempts }) => attempts.length)).toEqual([1]);
		expect(payouts()).toEqual([]);
	});

	/** Starts a payout at the bank that no execution waits for; resolves to the session ID. */
	async function startElsewhere(metadata: object, kopecks: number): Promise<string> {
		const { session } = (await postToBank(playground.sandbox, 'session/init/payout', {
			payout_details: {
				type: 'card',
				card: { type: 'bank_card', bank_card: { number: '4242424242424242' } },
			},
			participant_details: { recipient: { full_name: 'Смирнов Алексей Юрьевич' } },
			amount_details: { amount: kopecks, currency: 'rub' },
			metadata,
		})) as { session: { id: string } };
		return session.id;
	}
});
