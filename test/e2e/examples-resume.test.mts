import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { outputOf } from '../../playground/rest/execution.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import {
	callWebhook,
	waitForEndedExecutions,
	createHeaderAuth,
	publishExample,
} from './support/publishedWorkflow.mts';
import { startMockServer, type MockServer } from './support/mockServer.mts';
import { waitFor } from './support/waitFor.mts';
import { describeExample } from './support/describeExample.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

let playground: Playground;

beforeAll(async () => {
	playground = await openPlayground({ log });
});

afterAll(async () => await playground?.close());

beforeEach(() => playground.sandbox.reset());

const payouts = () => playground.sandbox.ledger.find({ kind: 'payout' });

describeExample('resume-when-paid.json', () => {
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
			},
			credentials: {
				'Accounting calls n8n': await createHeaderAuth(playground, 'Accounting', key),
			},
		});
	});

	afterAll(() => accounting?.close());

	beforeEach(() => {
		accounting.received.splice(0);
		playground.sandbox.set({ processingMs: 1500 });
	});

	afterEach(() => playground.sandbox.set({ processingMs: 20 }));

	const pay = async (invoice = 'INV-131') =>
		await callWebhook(playground, 'bank131-invoice', { invoice, amount: '1000000' }, key);
	const waitForResult = async () =>
		await waitFor(() => accounting.received[0]?.body, 'result for accounting');
	const count = async () => (await playground.rest.listExecutions(workflow)).length;

	test('webhook arrives: the waiting execution resumes, and the invoice is paid once', async () => {
		expect(await callWebhook(playground, 'bank131-invoice', { invoice: 'INV-131' }, '')).toBe(403);
		expect(await pay()).toBe(200);
		expect(await waitForResult()).toMatchObject({ invoice: 'INV-131', outcome: 'succeeded' });
		const executions = await waitForEndedExecutions(playground, workflow, 2);
		const resuming = executions.find(({ resultData }) => 'Bank 131 Trigger' in resultData.runData);
		expect(outputOf(resuming!, 'Is It Our Address?')).toHaveLength(1);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(payouts()).toMatchObject([
			{ amount: 12_500_00, metadata: { reference: 'INV-131', resume: expect.any(String) } },
		]);

		accounting.received.splice(0);
		await pay();
		expect(await waitForResult()).toMatchObject({ outcome: 'duplicate' });
		accounting.received.splice(0);
		await pay('INV-999');
		expect(await waitForResult()).toEqual({ invoice: 'INV-999', outcome: 'noSuchInvoice' });
		expect(payouts()).toHaveLength(1);
	});

	// n8n checks once a minute for waiting executions that are due.
	test('no webhook: the execution reads the outcome from the bank', async () => {
		const before = await count();
		playground.sandbox.faults.add({ kind: 'webhookDrop', times: 1000 });
		await pay();
		expect(await waitForResult()).toMatchObject({ outcome: 'succeeded' });
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
		for (const [index, resume] of addresses.entries()) {
			const payout = {
				id: `po_${index}`,
				status: 'succeeded',
				metadata: { reference: 'x', resume },
			};
			const session = { id: `ps_${index}`, status: 'accepted', payout_list: [payout] };
			const webhook = JSON.stringify({ type: 'payment_finished', session });
			playground.sandbox.sendWebhook('payment_finished', session.id, webhook);
		}
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
	});
});
