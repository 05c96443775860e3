import type { Workflow } from '../../playground/rest/types.mts';
import { describeExample } from './support/describeExample.mts';
import { postToBank, startTransfer } from './support/bankRequest.mts';
import {
	startMockServer,
	type MockServer,
	type ReceivedRequest,
	type Trouble,
} from './support/mockServer.mts';
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
		await playground.sandbox.idle();
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

	test('bank shows another account for the transfer: not confirmed, reported, and the event is not sent again', async () => {
		const { sandbox } = playground;
		sandbox.setProfile('otherAccountToConfirm');
		deal('39', '91');
		const mark = { reference: 'deal-39', workflow: 'crm-deal-won' };
		const id = await startTransfer(sandbox, mark, 91_00);
		await settle();
		sandbox.setProfile('standard');
		expect(messages().at(-1)).toMatch(/^Deal 39: rejected/);
		expect(sandbox.webhooks.map(({ attempts }) => attempts.length)).toEqual([1]);
		expect(statusOf(id)).toBe('in_progress');
		expect(payouts()).toEqual([]);
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

	describe('the CRM or the chat cannot be reached', () => {
		beforeEach(() =>
			playground.sandbox.set({ webhookRetryMs: 1000, webhookRetryFactor: 1, webhookAttempts: 100 }),
		);

		afterEach(async () => {
			Object.assign(crm, { trouble: undefined, fails: () => true });
			await settle();
		});

		const isRead = ({ method, path }: ReceivedRequest) => method === 'GET' && path !== '/chat';
		const isWrite = ({ method }: ReceivedRequest) => method === 'PATCH';
		const isChat = ({ path }: ReceivedRequest) => path === '/chat';
		const fail = (trouble: Trouble, fails: MockServer['fails']) =>
			Object.assign(crm, { trouble, fails, failures: 0 });
		const heal = () => Object.assign(crm, { trouble: undefined });

		test.each<Trouble>(['error', 'reset', 'silent'])(
			'CRM (%s) before the payout: nothing is started, it is reported, and the next call pays',
			async (trouble) => {
				const won = deal(`30-${trouble}`, '120');
				fail(trouble, isRead);
				expect(await notifyDealChanged(`30-${trouble}`)).toBe(200);
				const text = await waitFor(() => messages()[0], 'message');
				expect(text).toMatch(
					new RegExp(`^Deal 30-${trouble}: nothing was paid\\. The CRM did not answer`),
				);
				expect(playground.sandbox.sessions.all()).toEqual([]);
				heal();
				await notifyDealChanged(`30-${trouble}`);
				await waitFor(() => won.payoutOutcome ?? undefined, 'outcome in the CRM');
				expect(won.payoutOutcome).toBe('succeeded');
			},
		);

		test.each<Trouble>(['error', 'reset'])(
			'CRM (%s) after the payout: it is reported, and the event of the bank comes again until it is written',
			async (trouble) => {
				const id = `31-${trouble}`;
				const won = deal(id, '130');
				let reads = 0;
				// The first read is before the payout.
				fail(trouble, (request) => isWrite(request) || (isRead(request) && reads++ > 0));
				await notifyDealChanged(id);
				await waitFor(() => messages()[0], 'message');
				expect(messages()[0]).toMatch(
					new RegExp(
						`^Deal ${id}: succeeded, session ps_\\d+, which may not be in the CRM\\. The CRM did not`,
					),
				);
				const isRepeated = () =>
					playground.sandbox.webhooks.some(({ attempts }) => attempts.length > 1) || undefined;
				await waitFor(isRepeated, 'repeated event');
				expect(won.payoutOutcome).toBeNull();
				heal();
				await waitFor(() => won.payoutOutcome ?? undefined, 'outcome in the CRM');
				await settle();
				expect(won).toMatchObject({
					payoutOutcome: 'succeeded',
					payoutSession: payouts()[0].sessionId,
				});
				expect(payouts()).toHaveLength(1);
			},
		);

		test('CRM when it is written that the start was refused: what was written nowhere is reported', async () => {
			deal('32', '300.02');
			fail('error', isWrite);
			await notifyDealChanged('32');
			await waitFor(() => messages()[1], 'two messages');
			expect(messages().join('\n')).toMatch(
				/^Deal 32: rejected\. [^]*Deal 32: rejected, session .*may not be in the CRM/m,
			);
			expect(payouts()).toEqual([]);
		});

		test('slow CRM: paid once, written once it answers', async () => {
			const won = deal('33', '150');
			fail('slow', (request) => isRead(request) || isWrite(request));
			await notifyDealChanged('33');
			await waitFor(() => won.payoutOutcome ?? undefined, 'outcome in the CRM');
			expect(won.payoutOutcome).toBe('succeeded');
			expect(payouts()).toHaveLength(1);
		});

		test('chat when the payout was declined: the event comes again until it is reported', async () => {
			const declined = deal('34', '700.04');
			fail('error', isChat);
			await notifyDealChanged('34');
			const isRepeated = () =>
				playground.sandbox.webhooks.some(({ attempts }) => attempts.length > 1) || undefined;
			await waitFor(isRepeated, 'repeated event');
			heal();
			await waitFor(() => messages().find((text) => /^Deal 34: failed/.test(text)), 'message');
			await settle();
			expect(declined.payoutOutcome).toBe('failed');
			expect(payouts()).toEqual([]);
		});

		test('chat when the money came back: the event comes again until it is reported', async () => {
			const returned = deal('35', '160');
			await notifyDealChanged('35');
			await waitFor(() => returned.payoutOutcome ?? undefined, 'outcome in the CRM');
			await settle();
			fail('reset', isChat);
			playground.sandbox.runAction(payouts()[0].sessionId, 'return');
			await waitFor(() => crm.failures > 3 || undefined, 'messages that fail');
			heal();
			await waitFor(() => messages().find((text) => /^Deal 35: returned/.test(text)), 'message');
			await settle();
			expect(returned.payoutOutcome).toBe('returned');
		});

		test('bank when it is asked about an earlier try: reported as unknown, and nothing is overwritten', async () => {
			const waiting = deal('36', '170', { payoutSession: 'ps_1', payoutNote: 'waits' });
			const { faults } = playground.sandbox;
			faults.add({ kind: 'errorBefore', match: { path: 'session/status' }, times: Infinity });
			await notifyDealChanged('36');
			await waitFor(() => messages()[0], 'message');
			expect(messages()[0]).toMatch(/^Deal 36: unknown/);
			faults.clear();
			await settle();
			expect(waiting).toMatchObject({ payoutSession: 'ps_1', payoutOutcome: null });
			expect(payouts()).toEqual([]);
		});

		test.each(['resetBefore', 'errorBefore'] as const)(
			'bank (%s) when the payout is started: reported, nothing is paid, and later calls look and pay',
			async (kind) => {
				const id = `37-${kind}`;
				const won = deal(id, '180');
				const { faults } = playground.sandbox;
				faults.add({ kind, match: { path: 'start/payout' }, times: Infinity });
				await notifyDealChanged(id);
				await waitFor(() => messages()[0], 'message');
				expect(messages()[0]).toMatch(new RegExp(`^Deal ${id}: unknown`));
				await waitFor(() => won.payoutSession ?? undefined, 'session in the CRM');
				faults.clear();
				await notifyDealChanged(id);
				await waitFor(() => messages().find((text) => /nothing was paid yet/.test(text)), 'look');
				await waitFor(() => won.payoutSession === '' || undefined, 'no session in the CRM');
				await notifyDealChanged(id);
				await waitFor(() => won.payoutOutcome ?? undefined, 'outcome in the CRM');
				await settle();
				expect(won.payoutOutcome).toBe('succeeded');
				expect(payouts()).toHaveLength(1);
			},
		);

		test('answer to the start is lost: paid once, and written', async () => {
			const won = deal('38', '190');
			const match = { path: 'start/payout' };
			playground.sandbox.faults.add({ kind: 'errorAfter', match, times: 2 });
			await notifyDealChanged('38');
			await waitFor(() => won.payoutOutcome ?? undefined, 'outcome in the CRM');
			await settle();
			expect(won.payoutOutcome).toBe('succeeded');
			expect(payouts()).toHaveLength(1);
		});
	});
});
