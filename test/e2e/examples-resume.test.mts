import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { outputOf } from '../../playground/rest/execution.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import { call, ended, headerAuth, publish } from './support/publishedWorkflow.mts';
import { startStandIn, type StandIn } from './support/mockServer.mts';
import { until } from './support/waitFor.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

let playground: Playground;

beforeAll(async () => {
	playground = await openPlayground({ log });
});

afterAll(async () => await playground?.close());

beforeEach(() => playground.sandbox.reset());

const payouts = () => playground.sandbox.ledger.find({ kind: 'payout' });

describe('examples/resume-when-paid.json', () => {
	const key = 'key of accounting';
	let accounting: StandIn;
	let workflow: Workflow;

	beforeAll(async () => {
		accounting = await startStandIn();
		workflow = await publish(playground, 'resume-when-paid.json', {
			settings: {
				ownAddress: playground.webhookBaseUrl,
				resultsTo: accounting.url,
				hoursUntilAsked: 0.002, // seven seconds
			},
			credentials: { 'Accounting calls n8n': await headerAuth(playground, 'Accounting', key) },
		});
	});

	afterAll(() => accounting?.close());

	beforeEach(() => {
		accounting.received.splice(0);
		playground.sandbox.set({ processingMs: 1500 });
	});

	afterEach(() => playground.sandbox.set({ processingMs: 20 }));

	const pay = async (invoice = 'INV-131') =>
		await call(playground, 'bank131-invoice', { invoice, amount: '1000000' }, key);
	const told = async () => await until(() => accounting.received[0]?.body, 'result for accounting');
	const count = async () => (await playground.rest.listExecutions(workflow)).length;

	test("the bank's webhook wakes the execution that waits; the invoice is paid once", async () => {
		expect(await call(playground, 'bank131-invoice', { invoice: 'INV-131' }, '')).toBe(403);
		expect(await pay()).toBe(200);
		expect(await told()).toMatchObject({ invoice: 'INV-131', outcome: 'succeeded' });
		const executions = await ended(playground, workflow, 2);
		const waking = executions.find(({ resultData }) => 'Bank 131 Trigger' in resultData.runData);
		expect(outputOf(waking!, 'Is It Our Address?')).toHaveLength(1);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(payouts()).toMatchObject([
			{ amount: 12_500_00, metadata: { reference: 'INV-131', resume: expect.any(String) } },
		]);

		accounting.received.splice(0);
		await pay();
		expect(await told()).toMatchObject({ outcome: 'duplicate' });
		accounting.received.splice(0);
		await pay('INV-999');
		expect(await told()).toEqual({ invoice: 'INV-999', outcome: 'noSuchInvoice' });
		expect(payouts()).toHaveLength(1);
	});

	// n8n looks only once a minute for executions whose time has come.
	test('without a webhook the execution asks the bank by itself', async () => {
		const before = await count();
		playground.sandbox.faults.add({ kind: 'webhookDrop', times: 1000 });
		await pay();
		expect(await told()).toMatchObject({ outcome: 'succeeded' });
		expect(await ended(playground, workflow, before + 1)).toHaveLength(before + 1);
	});

	test('no address but that of a waiting execution of this n8n is called', async () => {
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
		const executions = await ended(playground, workflow, before + addresses.length);
		const woken = executions
			.slice(0, addresses.length)
			.filter(({ resultData }) => 'Wake the Execution' in resultData.runData);
		expect(woken).toEqual([]);
		expect(accounting.received).toEqual([]);
	});
});
