import { fingerprint, startSandbox } from '../../sandbox/sandbox.mts';
import { HeldClock } from '../support/heldClock.mts';
import {
	accountDetails,
	cardDetails,
	createPartnerClient,
	useSandbox,
	payoutBody,
	rub,
	recipientNamed,
} from '../support/partnerClient.mts';
import { pause } from '../support/timing.mts';

const clock = new HeldClock();
const partner = useSandbox({ processingMs: 5, returnAfterMs: 5, clock });
const { callApi, readSession } = partner;
afterEach(() => clock.release());

const createAndStart = async (body: object, key?: string) => {
	const created = await callApi('v2/session/create', {});
	const { id } = created.json.session;
	const started = await callApi('v2/session/start/payout', { session_id: id, ...body }, { key });
	return { id, started };
};

describe('payout by create and start', () => {
	it('v2: created, started, confirmed and paid, one ledger entry', async () => {
		const created = await callApi('v2/session/create', { metadata: 'order-1' });
		expect(created.status).toBe(200);
		expect(created.json).toMatchObject({ status: 'ok', session: { status: 'created' } });
		const { id, created_at } = created.json.session;
		expect(id).toMatch(/^ps_\d+$/);
		expect(created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

		const body = { session_id: id, ...payoutBody(), customer: { reference: 'user123' } };
		const started = await callApi('v2/session/start/payout', body, { key: 'order-1' });
		expect(started.json.session).toMatchObject({
			status: 'in_progress',
			payout_list: [
				{
					status: 'in_progress',
					customer: { reference: 'user123' },
					payout_details: {
						type: 'card',
						card: { last4: '4242', brand: 'visa', bin: '424242', country_iso3: 'RUS' },
					},
					amount_details: rub(10_000),
					metadata: 'order-1',
				},
			],
		});
		expect(started.text).not.toContain('4242424242424242');

		await partner.sandbox.idle();
		expect(await readSession(id)).toMatchObject({
			next_action: 'confirm',
			payout_list: [{ status: 'pending' }],
		});
		expect(partner.sandbox.moneyMoved()).toBe(0);

		clock.hold();
		const confirmed = await callApi('v2/session/confirm', { session_id: id });
		expect(confirmed.json.session).toMatchObject({ status: 'in_progress' });
		expect(confirmed.json.session.next_action).toBeUndefined();
		expect(partner.sandbox.moneyMoved()).toBe(0);
		clock.release();
		await partner.sandbox.idle();
		const paid = await readSession(id);
		expect(paid).toMatchObject({ status: 'accepted', payout_list: [{ status: 'succeeded' }] });
		expect(paid.payout_list[0].transaction_info.rrn).toMatch(/^\d{12}$/);

		expect(partner.sandbox.ledger.entries).toEqual([
			expect.objectContaining({
				kind: 'payout',
				sessionId: id,
				amount: 10_000,
				currency: 'rub',
				method: 'card',
				destination: '424242******4242',
				fingerprint: fingerprint('4242424242424242'),
				recipientName: 'Ivanov Ivan',
				idempotencyKey: 'order-1',
				metadata: 'order-1',
			}),
		]);
	});

	it('v1: responses have the field names of v1', async () => {
		const { payout_details, ...rest } = payoutBody();
		const body = { ...rest, payment_method: payout_details };
		const { session } = (await callApi('v1/session/init/payout', body)).json;
		expect(session.payments[0].payment_method.card.last4).toBe('4242');
		expect(session.payout_list).toBeUndefined();
		await partner.sandbox.idle();
		await callApi('v1/session/confirm', { session_id: session.id });
		await partner.sandbox.idle();
		const done = await readSession(session.id, 'v1');
		expect(done).toMatchObject({ status: 'accepted', payments: [{ status: 'succeeded' }] });
	});

	it('field names of the other version: invalid_request', async () => {
		const wrong = await callApi('v1/session/init/payout', payoutBody());
		expect(wrong.json.error.code).toBe('invalid_request');
		const { payout_details, ...rest } = payoutBody();
		const old = { ...rest, payment_method: payout_details };
		const wrongInV2 = await callApi('v2/session/init/payout', old);
		expect(wrongInV2.json.error.code).toBe('invalid_request');
	});

	it('data in session/create: the start uses it and can override it', async () => {
		const created = await callApi('v2/session/create', payoutBody(10_000));
		const session_id = created.json.session.id;
		const started = await callApi('v2/session/start/payout', {
			session_id,
			amount_details: rub(20_000),
		});
		expect(started.json.session.payout_list[0].amount_details).toEqual(rub(20_000));
	});
});

describe('session states', () => {
	it('action that the state does not allow: session_wrong_state', async () => {
		clock.hold();
		const { id } = await createAndStart(payoutBody());
		const again = { session_id: id, ...payoutBody() };
		for (const [path, body] of [
			['v2/session/confirm', { session_id: id }],
			['v2/session/start/payout', again],
			['v2/session/capture', { session_id: id }],
			['v2/session/refund', { session_id: id }],
		] as const) {
			const refused = await callApi(path, body);
			expect([path, refused.status, refused.json.error.code]).toEqual([
				path,
				400,
				'session_wrong_state',
			]);
		}
		clock.release();
		await partner.sandbox.idle();
		await callApi('v2/session/confirm', { session_id: id });
		const twice = await callApi('v2/session/confirm', { session_id: id });
		expect(twice.json.error.code).toBe('session_wrong_state');
		await partner.sandbox.idle();
		const late = await callApi('v2/session/cancel', { session_id: id });
		expect(late.json.error.code).toBe('session_wrong_state');
		expect(partner.sandbox.ledger.entries).toHaveLength(1);
	});

	it('cancel of a waiting payout or of a session without start: cancelled, no money moves', async () => {
		const { id } = await createAndStart(payoutBody());
		await partner.sandbox.idle();
		clock.hold();
		const cancelling = await callApi('v2/session/cancel', { session_id: id });
		expect(cancelling.json.session).toMatchObject({
			status: 'in_progress',
			payout_list: [{ status: 'pending' }],
		});
		const confirmed = await callApi('v2/session/confirm', { session_id: id });
		expect(confirmed.json.error.code).toBe('session_wrong_state');
		clock.release();
		await partner.sandbox.idle();
		expect(await readSession(id)).toMatchObject({
			status: 'cancelled',
			payout_list: [{ status: 'failed', error: { code: 'session_cancelled_by_partner' } }],
		});
		const created = await callApi('v2/session/create', {});
		const session_id = created.json.session.id;
		const cancelled = await callApi('v2/session/cancel', { session_id });
		expect(cancelled.json.session.status).toBe('cancelled');
		expect(partner.sandbox.moneyMoved()).toBe(0);
		expect(partner.sandbox.state().accounts.collateral.reserved).toBe(0);
	});

	it('no confirmation before the timeout: cancelled with confirm_timeout', async () => {
		partner.sandbox.set({ confirmTimeoutMs: 20 });
		const { id } = await createAndStart(payoutBody());
		while ((await readSession(id)).status !== 'cancelled') await pause(2);
		partner.sandbox.set({ confirmTimeoutMs: 60_000 });
		expect(await readSession(id)).toMatchObject({
			status: 'cancelled',
			payout_list: [{ error: { code: 'confirm_timeout' } }],
		});
	});

	it('autoConfirm: accepted without confirmation, one webhook', async () => {
		partner.sandbox.set({ autoConfirm: true });
		const { json } = await callApi('v2/session/init/payout', payoutBody());
		await partner.sandbox.idle();
		partner.sandbox.set({ autoConfirm: false });
		expect((await readSession(json.session.id)).status).toBe('accepted');
		expect(partner.sandbox.webhooks.map(({ type }) => type)).toEqual(['payment_finished']);
	});

	it('amount in USD: the debit in roubles is shown before confirmation', async () => {
		const body = { ...payoutBody(), amount_details: { amount: 10_000, currency: 'usd' } };
		const { id } = await createAndStart(body);
		await partner.sandbox.idle();
		expect((await readSession(id)).payout_list[0].amount_details).toEqual(rub(800_000));
	});

	it('unknown session id: invalid_request', async () => {
		const { json } = await callApi('v2/session/status', { session_id: 'ps_1' });
		expect(json.error.code).toBe('invalid_request');
	});
});

describe('idempotency key', () => {
	it('repeated in any session: idempotency_key_already_exists, without status', async () => {
		const first = await createAndStart(payoutBody(), 'row-7');
		expect(first.started.status).toBe(200);
		const second = await createAndStart(payoutBody(), 'row-7');
		expect(second.started.status).toBe(400);
		expect(second.started.json).toEqual({
			error: {
				code: 'idempotency_key_already_exists',
				description: 'already in progress or processed',
			},
		});
		const init = await callApi('v2/session/init/payout', payoutBody(), { key: 'row-7' });
		expect(init.json.error.code).toBe('idempotency_key_already_exists');
		expect(partner.sandbox.sessions.findByIdempotencyKey('row-7')?.id).toBe(first.id);
		expect(partner.sandbox.sessions.count).toBe(2);
	});

	it('used in an invalid request: accepted again', async () => {
		const { started } = await createAndStart(payoutBody(0), 'row-8');
		expect(started.json.error.code).toBe('invalid_request');
		expect((await createAndStart(payoutBody(), 'row-8')).started.status).toBe(200);
	});

	it('scope everyPost, repeated in session/create: idempotency_key_already_exists', async () => {
		partner.sandbox.set({ idempotencyScope: 'everyPost', idempotencyErrorHasStatus: true });
		await callApi('v2/session/create', {}, { key: 'k' });
		const again = await callApi('v2/session/create', {}, { key: 'k' });
		partner.sandbox.set({ idempotencyScope: 'start', idempotencyErrorHasStatus: false });
		expect(again.json).toMatchObject({
			status: 'error',
			error: { code: 'idempotency_key_already_exists' },
		});
	});

	it('20 simultaneous starts: one succeeds', async () => {
		const responses = await Promise.all(
			Array.from({ length: 20 }, () =>
				callApi('v2/session/init/payout', payoutBody(), { key: 'same' }),
			),
		);
		expect(responses.filter(({ status: http }) => http === 200)).toHaveLength(1);
	});
});

describe('scripted outcome', () => {
	const runPayout = async (body: object) => {
		const { id, started } = await createAndStart(body);
		await partner.sandbox.idle();
		await callApi('v2/session/confirm', { session_id: id });
		await partner.sandbox.idle();
		return { id, started, session: await readSession(id) };
	};

	it('kopecks 02, 03 and 04: rejected at start, declined before confirmation, declined after it', async () => {
		const refused = await createAndStart(payoutBody(100_02));
		expect(refused.started.json.error.code).toBe('routing_internal_error');
		expect((await readSession(refused.id)).status).toBe('created');

		const rejected = await runPayout(payoutBody(100_03));
		expect(rejected.session).toMatchObject({
			status: 'cancelled',
			payout_list: [{ status: 'failed', error: { code: 'operation_rejected' } }],
		});
		const declined = await runPayout(payoutBody(100_04));
		expect(declined.session).toMatchObject({
			status: 'cancelled',
			payout_list: [{ status: 'failed', error: { code: 'declined_by_issuer_bank' } }],
		});
		expect(partner.sandbox.moneyMoved()).toBe(0);
	});

	it('kopecks 05: session error, not paid; kopecks 06: session error, then paid', async () => {
		const unknown = await runPayout(payoutBody(100_05));
		expect(unknown.session).toMatchObject({
			status: 'error',
			payout_list: [{ status: 'failed', error: { code: 'internal_error' } }],
		});
		expect(partner.sandbox.moneyMoved()).toBe(0);
		const late = await runPayout(payoutBody(100_06));
		expect(late.session.status).toBe('accepted');
		expect(partner.sandbox.moneyMoved()).toBe(100_06);
		const entries = partner.sandbox.webhooks.filter(({ sessionId }) => sessionId === late.id);
		expect(entries.map(({ type }) => type)).toEqual([
			'ready_to_confirm',
			'payment_finished',
			'payment_finished',
		]);
	});

	it('kopecks 07 to an account: succeeded, then returned once', async () => {
		const { session, id } = await runPayout(
			payoutBody(100_07, { payout_details: accountDetails() }),
		);
		expect(session).toMatchObject({
			status: 'accepted',
			payout_list: [{ status: 'succeeded', refunds: [{ status: 'accepted' }] }],
		});
		expect(partner.sandbox.ledger.entries.map(({ kind }) => kind)).toEqual(['payout', 'return']);
		expect(partner.sandbox.moneyMoved()).toBe(0);
		expect(() => partner.sandbox.runAction(id, 'return')).toThrow('returned before');
	});

	it('scripted card: declined; with metadata sandbox:ok: accepted', async () => {
		const declined = await runPayout(
			payoutBody(10_000, { payout_details: cardDetails('4242420000000026') }),
		);
		expect(declined.session.payout_list[0].status).toBe('failed');
		const saved = await runPayout(
			payoutBody(100_04, {
				payout_details: cardDetails('4242420000000026'),
				metadata: 'sandbox:ok',
			}),
		);
		expect(saved.session.status).toBe('accepted');
	});

	it('rule added or cleared at run time: the next payout follows it', async () => {
		partner.sandbox.scenarios.add({ card: '4242424242424242', outcome: 'providerError' });
		const { session } = await runPayout(payoutBody());
		expect(session.payout_list[0].error.code).toBe('provider_internal_error');
		partner.sandbox.scenarios.clear();
		expect((await runPayout(payoutBody(100_04))).session.status).toBe('accepted');
	});

	it('kopecks 09: in_progress until the control API completes it', async () => {
		const { id, session } = await runPayout(payoutBody(100_09));
		expect(session.status).toBe('in_progress');
		partner.sandbox.runAction(id, 'succeed');
		expect((await readSession(id)).status).toBe('accepted');
	});

	it('balance below the amount: insufficient_wallet_balance', async () => {
		const poorSandbox = await startSandbox({ processingMs: 1, balance: 15_000, autoConfirm: true });
		const callPoorSandbox = createPartnerClient(poorSandbox);
		await callPoorSandbox('v2/session/init/payout', payoutBody(10_000));
		await poorSandbox.idle();
		const { json } = await callPoorSandbox('v2/session/init/payout', payoutBody(10_000));
		await poorSandbox.idle();
		const after = await callPoorSandbox('v2/session/status', { session_id: json.session.id });
		expect(after.json.session.payout_list[0].error.code).toBe('insufficient_wallet_balance');
		const balance = await callPoorSandbox('v1/wallet/balance', {
			request_datetime: '2024-04-10T19:53:00+03:00',
		});
		expect(balance.json.wallets).toEqual([{ id: '131', amount_details: rub(5_000) }]);
		await poorSandbox.stop();
	});
});

describe('ledger', () => {
	it('payouts to card, account, phone and wallet: masked numbers and fingerprints', async () => {
		partner.sandbox.set({ autoConfirm: true });
		const fps = {
			type: 'bank_account',
			bank_account: {
				system_type: 'faster_payment_system',
				faster_payment_system: {
					phone: '79680000000',
					bank_id: '100000000069',
					description: 'Wire for agreement 1 VAT exempt',
				},
			},
		};
		const wallet = {
			type: 'wallet',
			wallet: { type: 'yoomoney', yoomoney: { account: '410012411727100' } },
		};
		for (const payout_details of [cardDetails(), accountDetails(), fps, wallet]) {
			const { status: http } = await callApi('v2/session/init/payout', {
				...payoutBody(),
				payout_details,
				participant_details: recipientNamed('Петров Пётр'),
			});
			expect(http).toBe(200);
		}
		await partner.sandbox.idle();
		partner.sandbox.set({ autoConfirm: false });
		const entries = partner.sandbox.ledger.entries.map((entry) => [
			entry.method,
			entry.destination,
		]);
		expect(entries).toEqual([
			['card', '424242******4242'],
			['bank_account/ru', '40817***0411'],
			['bank_account/faster_payment_system', '7968***0000'],
			['wallet/yoomoney', '41001***7100'],
		]);
		expect(partner.sandbox.ledger.entries[2].account).toBe('settlement');
		expect(partner.sandbox.ledger.entries[2].fingerprint).toBe(
			fingerprint('79680000000@100000000069'),
		);
	});
});
