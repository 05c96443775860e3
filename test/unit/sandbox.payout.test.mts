import { fingerprint, startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import {
	account,
	card,
	partnerOf,
	payoutBody,
	rub,
	to,
	type Partner,
} from '../support/sandboxPartner.mts';

let sandbox: Sandbox;
let ask: Partner;

beforeAll(async () => {
	sandbox = await startSandbox({ processingMs: 5, returnAfterMs: 5 });
	ask = partnerOf(sandbox);
});
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	sandbox.set({ processingMs: 5 });
});

const status = async (id: string, version = 'v2') =>
	(await ask(`${version}/session/status`, { session_id: id })).json.session;

const start = async (body: object, key?: string) => {
	const created = await ask('v2/session/create', {});
	const { id } = created.json.session;
	const started = await ask('v2/session/start/payout', { session_id: id, ...body }, { key });
	return { id, started };
};

describe('a payout in two steps', () => {
	it('is created, started, confirmed and paid under v2 names', async () => {
		const created = await ask('v2/session/create', { metadata: 'order-1' });
		expect(created.status).toBe(200);
		expect(created.json).toMatchObject({ status: 'ok', session: { status: 'created' } });
		const { id, created_at } = created.json.session;
		expect(id).toMatch(/^ps_\d+$/);
		expect(created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

		const body = { session_id: id, ...payoutBody(), customer: { reference: 'user123' } };
		const started = await ask('v2/session/start/payout', body, { key: 'order-1' });
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

		await sandbox.idle();
		expect(await status(id)).toMatchObject({
			next_action: 'confirm',
			payout_list: [{ status: 'pending' }],
		});
		expect(sandbox.moneyMoved()).toBe(0);

		sandbox.set({ processingMs: 300 });
		const confirmed = await ask('v2/session/confirm', { session_id: id });
		expect(confirmed.json.session).toMatchObject({ status: 'in_progress' });
		expect(confirmed.json.session.next_action).toBeUndefined();
		expect(sandbox.moneyMoved()).toBe(0);
		await sandbox.idle();
		const paid = await status(id);
		expect(paid).toMatchObject({ status: 'accepted', payout_list: [{ status: 'succeeded' }] });
		expect(paid.payout_list[0].transaction_info.rrn).toMatch(/^\d{12}$/);

		expect(sandbox.ledger.entries).toEqual([
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

	it('uses the old names under v1', async () => {
		const { payout_details, ...rest } = payoutBody();
		const body = { ...rest, payment_method: payout_details };
		const { session } = (await ask('v1/session/init/payout', body)).json;
		expect(session.payments[0].payment_method.card.last4).toBe('4242');
		expect(session.payout_list).toBeUndefined();
		await sandbox.idle();
		await ask('v1/session/confirm', { session_id: session.id });
		await sandbox.idle();
		const done = await status(session.id, 'v1');
		expect(done).toMatchObject({ status: 'accepted', payments: [{ status: 'succeeded' }] });
	});

	it('refuses the names of the other version', async () => {
		const wrong = await ask('v1/session/init/payout', payoutBody());
		expect(wrong.json.error.code).toBe('invalid_request');
		const { payout_details, ...rest } = payoutBody();
		const old = { ...rest, payment_method: payout_details };
		const wrongToo = await ask('v2/session/init/payout', old);
		expect(wrongToo.json.error.code).toBe('invalid_request');
	});

	it('may take its data from session/create and override it at the start', async () => {
		const created = await ask('v2/session/create', payoutBody(10_000));
		const session_id = created.json.session.id;
		const started = await ask('v2/session/start/payout', {
			session_id,
			amount_details: rub(20_000),
		});
		expect(started.json.session.payout_list[0].amount_details).toEqual(rub(20_000));
	});
});

describe('the state machine', () => {
	it('refuses what is impossible now', async () => {
		sandbox.set({ processingMs: 300 });
		const { id } = await start(payoutBody());
		const again = { session_id: id, ...payoutBody() };
		for (const [path, body] of [
			['v2/session/confirm', { session_id: id }],
			['v2/session/start/payout', again],
			['v2/session/capture', { session_id: id }],
			['v2/session/refund', { session_id: id }],
		] as const) {
			const refused = await ask(path, body);
			expect([path, refused.status, refused.json.error.code]).toEqual([
				path,
				400,
				'session_wrong_state',
			]);
		}
		await sandbox.idle();
		await ask('v2/session/confirm', { session_id: id });
		const twice = await ask('v2/session/confirm', { session_id: id });
		expect(twice.json.error.code).toBe('session_wrong_state');
		await sandbox.idle();
		const late = await ask('v2/session/cancel', { session_id: id });
		expect(late.json.error.code).toBe('session_wrong_state');
		expect(sandbox.ledger.entries).toHaveLength(1);
	});

	it('cancels a waiting payout, and a session that was never started', async () => {
		const { id } = await start(payoutBody());
		await sandbox.idle();
		sandbox.set({ processingMs: 100 });
		const answer = await ask('v2/session/cancel', { session_id: id });
		expect(answer.json.session).toMatchObject({
			status: 'in_progress',
			payout_list: [{ status: 'pending' }],
		});
		const confirmed = await ask('v2/session/confirm', { session_id: id });
		expect(confirmed.json.error.code).toBe('session_wrong_state');
		await sandbox.idle();
		expect(await status(id)).toMatchObject({
			status: 'cancelled',
			payout_list: [{ status: 'failed', error: { code: 'session_cancelled_by_partner' } }],
		});
		const created = await ask('v2/session/create', {});
		const session_id = created.json.session.id;
		const cancelled = await ask('v2/session/cancel', { session_id });
		expect(cancelled.json.session.status).toBe('cancelled');
		expect(sandbox.moneyMoved()).toBe(0);
		expect(sandbox.state().accounts.collateral.reserved).toBe(0);
	});

	it('cancels by itself when nobody confirms', async () => {
		sandbox.set({ confirmTimeoutMs: 20 });
		const { id } = await start(payoutBody());
		await new Promise((later) => setTimeout(later, 60));
		sandbox.set({ confirmTimeoutMs: 60_000 });
		expect(await status(id)).toMatchObject({
			status: 'cancelled',
			payout_list: [{ error: { code: 'confirm_timeout' } }],
		});
	});

	it('skips confirmation in an auto-confirming project', async () => {
		sandbox.set({ autoConfirm: true });
		const { json } = await ask('v2/session/init/payout', payoutBody());
		await sandbox.idle();
		sandbox.set({ autoConfirm: false });
		expect((await status(json.session.id)).status).toBe('accepted');
		expect(sandbox.webhooks.map(({ type }) => type)).toEqual(['payment_finished']);
	});

	it('debits roubles for a foreign currency, shown before confirmation', async () => {
		const body = { ...payoutBody(), amount_details: { amount: 10_000, currency: 'usd' } };
		const { id } = await start(body);
		await sandbox.idle();
		expect((await status(id)).payout_list[0].amount_details).toEqual(rub(800_000));
	});

	it('does not know other sessions', async () => {
		const { json } = await ask('v2/session/status', { session_id: 'ps_1' });
		expect(json.error.code).toBe('invalid_request');
	});
});

describe('idempotency keys', () => {
	it('are refused when repeated, in any session, without a status', async () => {
		const first = await start(payoutBody(), 'row-7');
		expect(first.started.status).toBe(200);
		const second = await start(payoutBody(), 'row-7');
		expect(second.started.status).toBe(400);
		expect(second.started.json).toEqual({
			error: {
				code: 'idempotency_key_already_exists',
				description: 'already in progress or processed',
			},
		});
		const init = await ask('v2/session/init/payout', payoutBody(), { key: 'row-7' });
		expect(init.json.error.code).toBe('idempotency_key_already_exists');
		expect(sandbox.sessions.findByIdempotencyKey('row-7')?.id).toBe(first.id);
		expect(sandbox.sessions.count).toBe(2);
	});

	it('are not used up by an invalid request', async () => {
		const { started } = await start(payoutBody(0), 'row-8');
		expect(started.json.error.code).toBe('invalid_request');
		expect((await start(payoutBody(), 'row-8')).started.status).toBe(200);
	});

	it('are looked at everywhere in the scope everyPost', async () => {
		sandbox.set({ idempotencyScope: 'everyPost', idempotencyErrorHasStatus: true });
		await ask('v2/session/create', {}, { key: 'k' });
		const again = await ask('v2/session/create', {}, { key: 'k' });
		sandbox.set({ idempotencyScope: 'start', idempotencyErrorHasStatus: false });
		expect(again.json).toMatchObject({
			status: 'error',
			error: { code: 'idempotency_key_already_exists' },
		});
	});

	it('let one of many simultaneous starts through', async () => {
		const answers = await Promise.all(
			Array.from({ length: 20 }, () =>
				ask('v2/session/init/payout', payoutBody(), { key: 'same' }),
			),
		);
		expect(answers.filter(({ status: http }) => http === 200)).toHaveLength(1);
	});
});

describe('scripted outcomes', () => {
	const finish = async (body: object) => {
		const { id, started } = await start(body);
		await sandbox.idle();
		await ask('v2/session/confirm', { session_id: id });
		await sandbox.idle();
		return { id, started, session: await status(id) };
	};

	it('refuses, declines before or after confirmation', async () => {
		const refused = await start(payoutBody(100_02));
		expect(refused.started.json.error.code).toBe('routing_internal_error');
		expect((await status(refused.id)).status).toBe('created');

		const rejected = await finish(payoutBody(100_03));
		expect(rejected.session).toMatchObject({
			status: 'cancelled',
			payout_list: [{ status: 'failed', error: { code: 'operation_rejected' } }],
		});
		const declined = await finish(payoutBody(100_04));
		expect(declined.session).toMatchObject({
			status: 'cancelled',
			payout_list: [{ status: 'failed', error: { code: 'declined_by_issuer_bank' } }],
		});
		expect(sandbox.moneyMoved()).toBe(0);
	});

	it('ends unknown, with or without money moving later', async () => {
		const unknown = await finish(payoutBody(100_05));
		expect(unknown.session).toMatchObject({
			status: 'error',
			payout_list: [{ status: 'failed', error: { code: 'internal_error' } }],
		});
		expect(sandbox.moneyMoved()).toBe(0);
		const late = await finish(payoutBody(100_06));
		expect(late.session.status).toBe('accepted');
		expect(sandbox.moneyMoved()).toBe(100_06);
		const seen = sandbox.webhooks.filter(({ sessionId }) => sessionId === late.id);
		expect(seen.map(({ type }) => type)).toEqual([
			'ready_to_confirm',
			'payment_finished',
			'payment_finished',
		]);
	});

	it('returns account payouts and keeps them succeeded', async () => {
		const { session, id } = await finish(payoutBody(100_07, { payout_details: account() }));
		expect(session).toMatchObject({
			status: 'accepted',
			payout_list: [{ status: 'succeeded', refunds: [{ status: 'accepted' }] }],
		});
		expect(sandbox.ledger.entries.map(({ kind }) => kind)).toEqual(['payout', 'return']);
		expect(sandbox.moneyMoved()).toBe(0);
		expect(() => sandbox.runAction(id, 'return')).toThrow('returned before');
	});

	it('knows scripted cards, and metadata goes before everything', async () => {
		const declined = await finish(payoutBody(10_000, { payout_details: card('4242420000000026') }));
		expect(declined.session.payout_list[0].status).toBe('failed');
		const saved = await finish(
			payoutBody(100_04, { payout_details: card('4242420000000026'), metadata: 'sandbox:ok' }),
		);
		expect(saved.session.status).toBe('accepted');
	});

	it('can be changed while it runs', async () => {
		sandbox.scenarios.add({ card: '4242424242424242', outcome: 'providerError' });
		const { session } = await finish(payoutBody());
		expect(session.payout_list[0].error.code).toBe('provider_internal_error');
		sandbox.scenarios.clear();
		expect((await finish(payoutBody(100_04))).session.status).toBe('accepted');
	});

	it('leaves a stuck payout to the control API', async () => {
		const { id, session } = await finish(payoutBody(100_09));
		expect(session.status).toBe('in_progress');
		sandbox.runAction(id, 'succeed');
		expect((await status(id)).status).toBe('accepted');
	});

	it('fails when the balance does not cover the payout', async () => {
		const poor = await startSandbox({ processingMs: 1, balance: 15_000, autoConfirm: true });
		const pay = partnerOf(poor);
		await pay('v2/session/init/payout', payoutBody(10_000));
		await poor.idle();
		const { json } = await pay('v2/session/init/payout', payoutBody(10_000));
		await poor.idle();
		const after = await pay('v2/session/status', { session_id: json.session.id });
		expect(after.json.session.payout_list[0].error.code).toBe('insufficient_wallet_balance');
		const balance = await pay('v1/wallet/balance', {
			request_datetime: '2024-04-10T19:53:00+03:00',
		});
		expect(balance.json.wallets).toEqual([{ id: '131', amount_details: rub(5_000) }]);
		await poor.stop();
	});
});

describe('recipients', () => {
	it('are told apart in the ledger without their numbers', async () => {
		sandbox.set({ autoConfirm: true });
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
		for (const payout_details of [card(), account(), fps, wallet]) {
			const { status: http } = await ask('v2/session/init/payout', {
				...payoutBody(),
				payout_details,
				participant_details: to('Петров Пётр'),
			});
			expect(http).toBe(200);
		}
		await sandbox.idle();
		sandbox.set({ autoConfirm: false });
		const seen = sandbox.ledger.entries.map((entry) => [entry.method, entry.destination]);
		expect(seen).toEqual([
			['card', '424242******4242'],
			['bank_account/ru', '40817***0411'],
			['bank_account/faster_payment_system', '7968***0000'],
			['wallet/yoomoney', '41001***7100'],
		]);
		expect(sandbox.ledger.entries[2].account).toBe('settlement');
		expect(sandbox.ledger.entries[2].fingerprint).toBe(fingerprint('79680000000@100000000069'));
	});
});
