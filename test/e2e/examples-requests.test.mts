import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import type { Workflow } from '../../playground/rest/types.mts';
import { importExample } from '../../playground/workflows/importExample.mts';
import {
	callWebhook,
	waitForEndedExecutions,
	createHeaderAuth,
	publishExample,
} from './support/publishedWorkflow.mts';
import { postToBank } from './support/bankRequest.mts';
import { formLogin, FormUser } from './support/formUser.mts';
import { startMockServer, type MockServer } from './support/mockServer.mts';
import { waitForStatus, waitFor } from './support/waitFor.mts';
import { describeExample } from './support/describeExample.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

let playground: Playground;

beforeAll(async () => {
	playground = await openPlayground({ log });
});

afterAll(async () => await playground?.close());

beforeEach(() => playground.sandbox.reset());

const payouts = () => playground.sandbox.ledger.find({ kind: 'payout' });

describeExample('crm-deal-won.json', () => {
	type Deal = Record<string, unknown>;
	const deals = new Map<string, Deal>();
	const partner = {
		stage: 'won',
		partner: 'Смирнов Алексей Юрьевич',
		account: '40817810800000004401',
		bik: '044525974',
	};
	let crm: MockServer;
	let workflow: Workflow;

	beforeAll(async () => {
		crm = await startMockServer(({ method, path, headers, body }) => {
			if (!path.startsWith('/api/deals/')) return {};
			expect(headers['x-key']).toBe('key of the CRM');
			const deal = deals.get(path.slice('/api/deals/'.length)) ?? {};
			return method === 'PATCH' ? Object.assign(deal, body) : deal;
		});
		workflow = await publishExample(playground, 'crm-deal-won.json', {
			settings: { crmApi: `${crm.url}/api`, messagesTo: `${crm.url}/chat` },
			credentials: {
				'CRM calls n8n': await createHeaderAuth(playground, 'CRM calls n8n', 'key of n8n'),
				'n8n calls the CRM': await createHeaderAuth(
					playground,
					'n8n calls the CRM',
					'key of the CRM',
				),
			},
		});
	});

	afterAll(() => crm?.close());

	const deal = (id: string, amount: string, more: Deal = {}) => {
		deals.set(id, { id, amount, ...partner, payoutSession: null, payoutOutcome: null, ...more });
		return deals.get(id)!;
	};
	const notifyDealChanged = async (dealId: string, key = 'key of n8n') =>
		await callWebhook(
			playground,
			'bank131-deal',
			{ dealId, amount: '999999', account: 'of a thief' },
			key,
		);
	const messages = () =>
		crm.received
			.filter(({ path }) => path === '/chat')
			.map(({ body }) => (body as { text: string }).text);

	test('won deal reported twice: paid once with the data of the CRM, and the outcome is written to the CRM', async () => {
		const won = deal('7', '12000.50');
		expect(await notifyDealChanged('7', 'a guess')).toBe(403);
		// Some CRMs call twice for one change.
		expect(await Promise.all([notifyDealChanged('7'), notifyDealChanged('7')])).toEqual([200, 200]);
		await waitForEndedExecutions(playground, workflow, 3); // two calls and the bank's webhook
		expect(won).toMatchObject({ payoutOutcome: 'succeeded', payoutSession: /^ps_/ });
		expect(payouts()).toMatchObject([{ amount: 12_000_50, metadata: { reference: 'deal-7' } }]);
		await notifyDealChanged('7');
		await waitForEndedExecutions(playground, workflow, 4);
		expect(payouts()).toHaveLength(1);
	});

	test('open deal, or amount above the limit: nothing is paid', async () => {
		const before = (await playground.rest.listExecutions(workflow)).length;
		deal('8', '100', { stage: 'open' });
		const expensive = deal('9', '100001');
		expect([await notifyDealChanged('8'), await notifyDealChanged('9')]).toEqual([200, 200]);
		await waitForEndedExecutions(playground, workflow, before + 2);
		expect(messages().at(-1)).toMatch(/Deal 9 was not paid: 100001 RUB is more/);
		expect(expensive.payoutOutcome).toBeNull();
		expect(payouts()).toEqual([]);
	});

	test('paid deal without outcome in the CRM: a message reports the duplicate, and the CRM is not changed', async () => {
		const before = (await playground.rest.listExecutions(workflow)).length;
		const unrecorded = deal('10', '500');
		await notifyDealChanged('10');
		await waitForEndedExecutions(playground, workflow, before + 2); // the call and the bank's webhook
		expect(unrecorded.payoutOutcome).toBe('succeeded');
		delete unrecorded.payoutOutcome;
		delete unrecorded.payoutSession;
		await notifyDealChanged('10');
		await waitForEndedExecutions(playground, workflow, before + 3);
		expect(messages().at(-1)).toMatch(/^Deal 10: duplicate/);
		expect(unrecorded.payoutOutcome).toBeUndefined();
		expect(payouts()).toHaveLength(1);
	});

	test('unknown outcome: the session is read and nothing is paid twice; a declined payout is reported', async () => {
		playground.sandbox.set({ processingMs: 400 });
		const unknownDeal = deal('11', '700.06'); // unknown; the money moves two seconds later
		const declined = deal('12', '700.04');
		await Promise.all([notifyDealChanged('11'), notifyDealChanged('12')]);
		await waitFor(() => unknownDeal.payoutSession ?? undefined, 'session in the CRM');
		await waitFor(
			() => unknownDeal.payoutOutcome ?? undefined,
			'outcome from the trigger or from Session: Get',
		);
		await waitFor(() => declined.payoutOutcome ?? undefined, 'decline in the CRM');
		playground.sandbox.set({ processingMs: 20 });
		expect([unknownDeal.payoutOutcome, declined.payoutOutcome]).toEqual(['succeeded', 'failed']);
		expect(payouts()).toHaveLength(1);
		await waitFor(() => messages().find((text) => text.startsWith('Deal 12: failed')), 'message');
	});
});

describeExample('refund-on-request.json', () => {
	let formUser: FormUser;
	let session: string;
	const form = () => `${playground.server.baseUrl}/form/bank131-refund`;

	beforeAll(async () => {
		const { rest } = playground;
		formUser = await FormUser.open(log);
		session = await payOrder();
		const workflow = await importExample(playground, 'refund-on-request.json', {
			settings: { largestRefund: 2000 },
			credentials: {
				'Support staff': await rest.createCredential('httpBasicAuth', 'Support', formLogin),
			},
			jsCode: { Orders: (jsCode) => jsCode.replaceAll(/ps_\d/g, session) },
		});
		await rest.activate(workflow);
		await waitForStatus(401, form());
	});

	afterAll(async () => await formUser?.close());

	beforeEach(async () => expect(await payOrder()).toBe(session));

	/** Creates the paid order: 2,490 rubles by card. Resolves to the session ID. */
	async function payOrder(): Promise<string> {
		const { sandbox } = playground;
		sandbox.set({ autoConfirm: true, webhookUrl: undefined });
		sandbox.reset();
		const card = { number: '4242424242424242', expiration_month: '12', expiration_year: '30' };
		const { session: created } = (await postToBank(sandbox, 'session/init/payment', {
			payment_details: {
				type: 'card',
				card: { type: 'bank_card', bank_card: { ...card, security_code: '123' } },
			},
			amount_details: { amount: 2_490_00, currency: 'rub' },
			customer: { reference: 'payer' },
			payment_options: { return_url: 'https://shop.example/' },
		})) as { session: { id: string } };
		await sandbox.idle(60_000);
		return created.id;
	}

	async function submitRequest(order: string, ticket: string, amount: string): Promise<string> {
		await formUser.page.goto(form());
		await formUser.submitForm([order, ticket, amount], 'Refund');
		return await formUser.waitForText(/Nothing was refunded|On its way|Refunded|Nobody knows/);
	}
	const refunds = () =>
		playground.sandbox.ledger
			.find({ kind: 'refund' })
			.map(({ amount, metadata }) => [(metadata as { reference: string }).reference, amount]);

	test('each ticket is refunded once, up to the remaining amount', async () => {
		expect(await submitRequest('A-1001', 'T-1', '490')).toContain('490.00 RUB');
		expect(await submitRequest('A-1001', 'T-1', '490')).toContain(
			'Ticket was refunded before: 490.00 RUB',
		);
		expect(await submitRequest('A-1001', 'T-2', '2000.01')).toContain('Only 2000.00 RUB is left');
		expect(await submitRequest('A-1001', 'T-3', '')).toContain('2000.00 RUB');
		await playground.sandbox.idle(60_000);
		expect(refunds()).toEqual([
			['refund-A-1001-T-1', 490_00],
			['refund-A-1001-T-3', 2000_00],
		]);
	});

	test('unknown order, invalid amount or amount above the limits: nothing is refunded', async () => {
		expect(await submitRequest('A-9999', 'T-4', '')).toContain('no such order');
		expect(await submitRequest('A-1001', 'T-5', '2490.01')).toContain('Only 2490.00 RUB were paid');
		expect(await submitRequest('A-1001', 'T-6', '2490')).toContain('by a manager');
		expect(await submitRequest('A-1001', 'T-7', '1,500')).toContain('The amount cannot be read');
		expect(await submitRequest('A-1002', 'T-8', '')).toContain('another amount than our records');
		expect(refunds()).toEqual([]);
	});

	test('lost refund response: the ticket is not refunded again', async () => {
		playground.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'session/refund' } });
		await submitRequest('A-1001', 'T-9', '100');
		expect(await submitRequest('A-1001', 'T-9', '100')).toContain('Ticket was refunded before');
		await playground.sandbox.idle(60_000);
		expect(refunds()).toEqual([['refund-A-1001-T-9', 100_00]]);
	});
});

describeExample('confirm-when-ready.json', () => {
	const amounts = { readable: '1 000,50', other: '1000.00', ambiguous: '1,000', empty: '' };

	async function start(reference: string): Promise<string> {
		const { session } = (await postToBank(playground.sandbox, 'session/init/payout', {
			payout_details: { type: 'card', card: { type: 'bank_card', bank_card: card } },
			participant_details: { recipient: { full_name: 'Иванов Иван Иванович' } },
			amount_details: { amount: 1_000_50, currency: 'rub' },
			metadata: { reference },
		})) as { session: { id: string } };
		return session.id;
	}
	const card = { number: '4242424242424242' };

	test('ordered amount: confirmed; another amount: cancelled; unreadable amount: the execution fails', async () => {
		const { sandbox, filesFolder } = playground;
		sandbox.set({ autoConfirm: false, webhookUrl: undefined });
		sandbox.reset();
		const orders = Object.entries(amounts).map(([reference, amount]) => `${reference},"${amount}"`);
		await writeFile(
			join(filesFolder, 'orders.csv'),
			['reference,amount', ...orders, ''].join('\n'),
		);
		const workflow = await publishExample(playground, 'confirm-when-ready.json', {});
		sandbox.set({ webhookAttempts: 1 });
		const ids = [];
		for (const reference of Object.keys(amounts)) ids.push(await start(reference));
		await sandbox.idle(60_000);

		const { rest } = playground;
		const runs = await waitForEndedExecutions(playground, workflow, 6);
		await rest.deactivate(workflow);
		sandbox.set({ webhookAttempts: 6, webhookUrl: undefined });
		expect(ids.map((id) => sandbox.sessions.get(id).status)).toEqual([
			'accepted',
			'cancelled',
			'in_progress',
			'in_progress',
		]);
		const failed = runs.filter(({ status }) => status === 'error');
		expect(failed.map(({ resultData }) => resultData.error?.message).sort()).toEqual([
			expect.stringContaining('the amount "" of empty cannot be compared'),
			expect.stringContaining('the amount "1,000" of ambiguous cannot be compared'),
		]);
	});
});
