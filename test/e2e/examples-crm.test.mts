import type { Workflow } from '../../playground/rest/types.mts';
import { describeExample } from './support/describeExample.mts';
import { postToBank } from './support/bankRequest.mts';
import { startMockServer, type MockServer } from './support/mockServer.mts';
import {
	callWebhook,
	createHeaderAuth,
	publishExample,
	waitForEndedExecutions,
} from './support/publishedWorkflow.mts';
import { waitFor } from './support/waitFor.mts';
import { usePlayground } from './support/usePlayground.mts';

const playground = usePlayground();

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
			settings: { crmApi: `${crm.url}/api`, messagesTo: `${crm.url}/chat`, secondsToWait: 5 },
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

	beforeEach(() => void crm.received.splice(0));

	/** Waits until the bank has delivered all events and all executions have ended. */
	const settle = async () => {
		await playground.sandbox.idle(60_000);
		await waitForEndedExecutions(playground, workflow, 1);
	};

	/** Starts a payout at the bank, with the mark of the workflow or as another program; resolves to the session ID. */
	async function startElsewhere(
		reference: string | undefined,
		rubles: number,
		mark: object = { workflow: 'crm-deal-won' },
	): Promise<string> {
		const { session } = (await postToBank(playground.sandbox, 'session/init/payout', {
			payout_details: {
				type: 'card',
				card: { type: 'bank_card', bank_card: { number: '4242424242424242' } },
			},
			participant_details: { recipient: { full_name: partner.partner } },
			amount_details: { amount: rubles * 100, currency: 'rub' },
			metadata: { reference, ...mark },
		})) as { session: { id: string } };
		return session.id;
	}
	const statusOf = (id: string) => playground.sandbox.sessions.get(id).status;

	test('won deal reported twice: paid once with the data of the CRM, and the outcome is written to the CRM', async () => {
		const won = deal('7', '12000.50');
		expect(await notifyDealChanged('7', 'a guess')).toBe(403);
		// Some CRMs call twice for one change.
		expect(await Promise.all([notifyDealChanged('7'), notifyDealChanged('7')])).toEqual([200, 200]);
		await waitFor(() => won.payoutOutcome ?? undefined, 'outcome in the CRM');
		await settle();
		expect(won).toMatchObject({ payoutOutcome: 'succeeded' });
		expect(won.payoutSession).toBe(payouts()[0].sessionId);
		expect(payouts()).toMatchObject([{ amount: 12_000_50, metadata: { reference: 'deal-7' } }]);
		await notifyDealChanged('7');
		await settle();
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
		const unrecorded = deal('10', '500');
		await notifyDealChanged('10');
		await waitFor(() => unrecorded.payoutOutcome ?? undefined, 'outcome in the CRM');
		await settle();
		expect(unrecorded.payoutOutcome).toBe('succeeded');
		delete unrecorded.payoutOutcome;
		delete unrecorded.payoutSession;
		await notifyDealChanged('10');
		await waitFor(() => messages().at(-1), 'message');
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

	test('old event repeated after the money came back: the deal stays returned', async () => {
		const { sandbox } = playground;
		const returned = deal('20', '900.07'); // paid, then returned
		await notifyDealChanged('20');
		await waitFor(() => returned.payoutOutcome === 'returned' || undefined, 'return in the CRM');
		await settle();
		for (const { id } of [...sandbox.webhooks]) sandbox.resendWebhook(id);
		await settle();
		await notifyDealChanged('20');
		await settle();
		expect(returned).toMatchObject({ payoutOutcome: 'returned' });
		expect(messages().join()).toContain('Deal 20: returned');
		expect(sandbox.moneyMoved()).toBe(0);
	});

	test('four calls at once, then events of the empty sessions: the deal keeps its payout', async () => {
		const { sandbox } = playground;
		const won = deal('21', '1000');
		await Promise.all([1, 2, 3, 4].map(async () => await notifyDealChanged('21')));
		await waitFor(() => won.payoutOutcome ?? undefined, 'outcome in the CRM');
		await settle();
		const [{ sessionId }] = payouts();
		for (const { id, payouts: started } of sandbox.sessions.all()) {
			if (started.length > 0) continue;
			await postToBank(sandbox, 'session/cancel', { session_id: id }).catch(() => undefined);
			sandbox.sendWebhook('payment_finished', id);
		}
		await settle();
		expect(won).toMatchObject({ payoutOutcome: 'succeeded', payoutSession: sessionId });
		expect(payouts()).toHaveLength(1);
		expect(sandbox.ledger.paidTwice()).toEqual([]);
	});

	test('two calls at once, and the bank refuses the start of the second: the paid deal is not "rejected"', async () => {
		const { sandbox } = playground;
		const won = deal('29', '1100');
		const error = { code: 'routing_internal_error', description: 'refused' };
		sandbox.faults.add({
			kind: 'errorBefore',
			match: { path: 'start/payout', nth: 2 },
			status: 400,
			body: JSON.stringify({ status: 'error', error }),
		});
		await Promise.all([notifyDealChanged('29'), notifyDealChanged('29')]);
		await waitFor(
			() => messages().find((text) => /Deal 29: (rejected|duplicate)/.test(text)),
			'message',
		);
		await settle();
		expect(payouts()).toHaveLength(1);
		expect(won).toMatchObject({
			payoutOutcome: 'succeeded',
			payoutSession: payouts()[0].sessionId,
		});
	});

	test('start refused by the bank: reported, nothing is written as the outcome, and the deal can be paid later', async () => {
		const refused = deal('22', '300.02');
		await Promise.all([notifyDealChanged('22'), notifyDealChanged('22')]);
		await waitFor(() => messages().find((text) => /Deal 22: rejected/.test(text)), 'message');
		await settle();
		expect(refused.payoutOutcome).toBeNull();
		refused.amount = '300';
		await notifyDealChanged('22');
		await waitFor(() => refused.payoutOutcome ?? undefined, 'outcome in the CRM');
		expect(refused.payoutOutcome).toBe('succeeded');
		expect(payouts()).toMatchObject([{ amount: 300_00 }]);
	});

	test('ready later than Send Payout waits: the trigger confirms it, and the deal is paid', async () => {
		playground.sandbox.set({ processingMs: 8000 });
		const late = deal('23', '450');
		await notifyDealChanged('23');
		await waitFor(() => late.payoutSession ?? undefined, 'session in the CRM');
		playground.sandbox.set({ processingMs: 20 });
		await waitFor(() => late.payoutOutcome ?? undefined, 'outcome in the CRM');
		expect(late.payoutOutcome).toBe('succeeded');
		expect(payouts()).toMatchObject([{ amount: 450_00, sessionId: late.payoutSession }]);
	});

	test('payout that a killed run left: confirmed if deal, amount and session agree, else reported', async () => {
		const { sandbox } = playground;
		const left = deal('24', '77');
		const other = deal('25', '78');
		const lost = deal('26', '79', { stage: 'lost' });
		const paidElsewhere = deal('27', '80', {
			payoutSession: 'ps_none',
			payoutOutcome: 'succeeded',
		});
		sandbox.faults.add({ kind: 'resetBefore', match: { path: 'session/confirm' }, times: 6 });
		const own = await startElsewhere('deal-24', 77);
		await waitFor(() => left.payoutOutcome ?? undefined, 'outcome in the CRM');
		expect(left).toMatchObject({ payoutOutcome: 'succeeded', payoutSession: own });

		const unconfirmed = [
			await startElsewhere('deal-24', 77), // a second session of one deal
			await startElsewhere('deal-25', 100), // another amount
			await startElsewhere('deal-26', 79), // not won
			await startElsewhere('deal-27', 80), // another session
			await startElsewhere('deal-constructor', 81), // no such deal
			await startElsewhere('deal-', 82),
			await startElsewhere('constructor', 83),
			await startElsewhere(undefined, 84),
		];
		await settle();
		expect(unconfirmed.map(statusOf)).toEqual(unconfirmed.map(() => 'in_progress'));
		expect(payouts().map(({ amount }) => amount)).toEqual([77_00]);
		expect([other, lost].map(({ payoutSession }) => payoutSession)).toEqual([null, null]);
		expect(paidElsewhere).toMatchObject({ payoutSession: 'ps_none', payoutOutcome: 'succeeded' });
		for (const id of ['24', '25', '26', '27', 'constructor']) {
			expect(messages().join('\n')).toContain(`Deal ${id}: `);
		}
	});

	test('payout of another program with the number of the deal: reported and not confirmed, the deal is paid once', async () => {
		const won = deal('28', '90');
		const others = [
			await startElsewhere('deal-28', 90, {}),
			await startElsewhere('deal-28', 90, {}),
		];
		await settle();
		expect(messages().join('\n')).toMatch(/Deal 28: .*not the payout of this deal/);
		await notifyDealChanged('28');
		await waitFor(() => won.payoutOutcome ?? undefined, 'outcome in the CRM');
		await settle();
		expect(payouts()).toHaveLength(1);
		expect(others).not.toContain(payouts()[0].sessionId);
		expect(others.map(statusOf)).toEqual(['in_progress', 'in_progress']);
		expect(won).toMatchObject({
			payoutOutcome: 'succeeded',
			payoutSession: payouts()[0].sessionId,
		});
	});

	test('deal that the CRM does not know, or with an empty number: the execution fails, and nothing is paid', async () => {
		const before = (await playground.rest.listExecutions(workflow)).length;
		for (const id of ['constructor', '404', ' ', '']) await notifyDealChanged(id);
		const all = await waitForEndedExecutions(playground, workflow, before + 4);
		expect(all.slice(0, 4).map(({ status }) => status)).toEqual(Array(4).fill('error'));
		expect(payouts()).toEqual([]);
	});
});
