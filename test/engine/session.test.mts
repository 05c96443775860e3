/** Session: Create, Get, Cancel and Wait. */
import { useFixture } from '../support/engineFixture.mts';
import { continueError, jsonOf } from '../support/runOperation.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { expectNotPaid, requestsTo } from '../support/ledger.mts';
import { createPartnerClient } from '../support/partnerClient.mts';
import { sessionsOf } from '../support/sessions.mts';

const fixture = useFixture();
const { runSession, createWaitingPayout, createConfirmedPayout, createEmptySession } =
	sessionsOf(fixture);
const { objectContaining, stringContaining, stringMatching } = expect;

describe('session with and without a payout', () => {
	test('Create with metadata: outcome created, the metadata is sent; Get: the same outcome', async () => {
		const { ok } = await runSession('create', { sessionMetadata: '{"batch": 7}' });
		expect(ok).toEqual([
			{
				outcome: 'created',
				final: false,
				sessionId: stringMatching(/^ps_/),
				sessionStatus: 'created',
				createdAt: expect.any(String),
				updatedAt: expect.any(String),
			},
		]);
		expect(requestsTo(fixture.sandbox, 'session/create')[0].body).toEqual({
			metadata: { batch: 7 },
		});
		expect((await runSession('get', { sessionId: ok[0].sessionId })).ok[0].outcome).toBe('created');
	});

	test('Create with an amount expression without a value: refused, no request is sent for that item', async () => {
		const { ok, failed } = await runSession(
			'create',
			{ additionalFields: { sessionAmount: '={{ $json.amount }}' } },
			{ rows: [{ amount: 100 }, { amuont: 100 }], node: continueError },
		);
		expect(ok).toMatchObject([{ outcome: 'created' }]);
		expect(failed).toMatchObject([
			{ problems: [{ field: 'Amount', message: 'The amount is empty' }] },
		]);
		expect(requestsTo(fixture.sandbox, 'session/create')).toHaveLength(1);
	});

	test('Get of a waiting, a paid and a declined payout: awaitingConfirmation, succeeded, failed', async () => {
		const ids = [
			await createWaitingPayout(),
			await createConfirmedPayout(),
			await createConfirmedPayout('no-1', { amount: '100.04' }),
		];
		const { ok } = await runSession(
			'get',
			{ sessionId: '={{ $json.id }}' },
			{ rows: ids.map((id) => ({ id })) },
		);
		expect(ok.map(({ outcome, sessionId }) => [outcome, sessionId])).toEqual([
			['awaitingConfirmation', ids[0]],
			['succeeded', ids[1]],
			['failed', ids[2]],
		]);
		expect(ok[0].reference).toBe('wait-1');
		expect(ok[2]).toMatchObject({
			errorCode: 'declined_by_issuer_bank',
			advice: stringContaining('new Reference'),
		});
	});

	async function createReturnedPayout(prefix: string): Promise<string> {
		const parameters = {
			payoutMethod: 'bankAccount',
			account: '40817810400003869535',
			bik: '044525974',
			purpose: 'x',
		};
		const run = await payAll(fixture, rowsOf(prefix, 1), { parameters });
		const { sessionId } = jsonOf(run)[0];
		fixture.sandbox.runAction(sessionId, 'return');
		return sessionId;
	}

	test('Get of a payout that the recipient bank returned: outcome returned with the refund', async () => {
		const sessionId = await createReturnedPayout('back');
		const { ok } = await runSession('get', { sessionId });
		expect(ok[0]).toMatchObject({
			outcome: 'returned',
			refunds: [objectContaining({ status: 'accepted' })],
		});
		expect(fixture.sandbox.moneyMoved()).toBe(0);
	});

	test('Get of a returned payout whose return is not shown: succeeded', async () => {
		const sessionId = await createReturnedPayout('hidden');
		const callApi = createPartnerClient(fixture.sandbox);
		const { json } = await callApi('v2/session/status', { session_id: sessionId });
		const shown = JSON.stringify(json, (name, value) => (name === 'refunds' ? undefined : value));
		expect(shown).not.toBe(JSON.stringify(json));
		fixture.sandbox.faults.add({
			kind: 'errorBefore',
			status: 200,
			body: shown,
			match: { path: 'session/status' },
		});
		const { ok } = await runSession('get', { sessionId });
		expect(ok[0]).toMatchObject({ outcome: 'succeeded', reference: 'hidden-1' });
	});

	test('Get with an object as Session ID: refused, no request is sent', async () => {
		const rows = [{ payout: { sessionId: await createEmptySession() } }];
		const before = fixture.sandbox.requests.length;
		const { failed } = await runSession('get', { sessionId: '={{ $json.payout }}' }, { rows });
		expect(failed[0].problems).toMatchObject([{ field: 'Session ID', message: 'It is not text' }]);
		expect(fixture.sandbox.requests).toHaveLength(before);
	});

	test('Get of an unknown session, with an empty ID, or without a response: error with its cause', async () => {
		const { failed } = await runSession('get', { sessionId: 'ps_1' });
		expect(failed[0]).toMatchObject({ sessionId: 'ps_1', errorCode: 'invalid_request' });
		expect((await runSession('get', { sessionId: ' ' })).failed[0].problems[0].field).toBe(
			'Session ID',
		);
		const id = await createConfirmedPayout();
		fixture.sandbox.faults.add({ kind: 'errorBefore', match: { path: 'status' }, times: Infinity });
		const unreachable = await runSession('get', { sessionId: id });
		expect(unreachable.failed[0]).toMatchObject({
			sessionId: id,
			message: stringContaining('HTTP 502'),
		});
		// The payout was paid, so the error must not say that no money has moved.
		expect(JSON.stringify(unreachable.failed)).not.toContain('No money has moved');
	});
});

describe('Session: Cancel', () => {
	test('waiting payout: cancelled and not paid, a later Confirm says cancelled', async () => {
		const sessionId = await createWaitingPayout();
		const { ok } = await runSession('cancel', { sessionId });
		expect(ok[0].outcome).toMatch(/processing|cancelled/);
		await fixture.sandbox.idle();
		const { ok: after } = await runSession('get', { sessionId });
		expect(after[0]).toMatchObject({
			outcome: 'cancelled',
			errorCode: 'session_cancelled_by_partner',
		});
		const late = await runSession('confirm', { sessionId });
		expect(late.ok[0]).toMatchObject({ outcome: 'cancelled', final: true });
		expect(requestsTo(fixture.sandbox, 'session/confirm')).toEqual([]);
		expectNotPaid(fixture.sandbox, ['wait-1']);
	});

	test('session without a payout: outcome cancelled', async () => {
		const { ok } = await runSession('cancel', { sessionId: await createEmptySession() });
		expect(ok[0]).toMatchObject({ outcome: 'cancelled' });
	});

	test('finished payout: error session_wrong_state with outcome succeeded', async () => {
		const sessionId = await createConfirmedPayout();
		const { ok, failed } = await runSession('cancel', { sessionId });
		expect(ok).toEqual([]);
		expect(failed[0]).toMatchObject({
			sessionId,
			errorCode: 'session_wrong_state',
			outcome: 'succeeded',
		});
	});

	test.each(['resetBefore', 'resetAfter', 'errorAfter'] as const)(
		'%s: cancelled and not paid',
		async (kind) => {
			const sessionId = await createWaitingPayout();
			fixture.sandbox.faults.add({ kind, match: { path: 'session/cancel' } });
			const { ok } = await runSession('cancel', { sessionId });
			expect(ok[0].outcome).toMatch(/processing|cancelled/);
			await fixture.sandbox.idle();
			expectNotPaid(fixture.sandbox, ['wait-1']);
			expect(fixture.sandbox.sessions.get(sessionId).status).toBe('cancelled');
		},
	);
});

describe('Session: Wait', () => {
	const wait = (sessionId: string, waitFor: string, timeLimit = 20) =>
		runSession('wait', { sessionId, waitFor }, { options: { timeLimit } });

	test('Wait For = ready: returns when the payout can be confirmed', async () => {
		fixture.sandbox.set({ processingMs: 600 });
		const parameters = { confirmation: 'manual', waitFor: 'started' };
		const run = await payAll(fixture, rowsOf('ready', 1), { parameters });
		const { sessionId, outcome } = jsonOf(run)[0];
		expect(outcome).toBe('processing');
		expect((await wait(sessionId, 'ready')).ok[0].outcome).toBe('awaitingConfirmation');
	});

	test('Wait For = final: succeeded, failed, or unknown with a warning not to pay again', async () => {
		for (const [amount, outcome] of [
			['101.00', 'succeeded'],
			['101.04', 'failed'],
		]) {
			const sessionId = await createWaitingPayout(`w-${amount}`, amount);
			fixture.sandbox.runAction(sessionId, 'confirm');
			expect((await wait(sessionId, 'final')).ok[0].outcome).toBe(outcome);
		}
		const sessionId = await createWaitingPayout('w-unclear', '101.05');
		fixture.sandbox.runAction(sessionId, 'confirm');
		const { failed } = await wait(sessionId, 'final');
		expect(failed[0]).toMatchObject({ outcome: 'unknown', sessionId });
		expect(failed[0].description).toContain('Do not pay again');
	});

	test('Wait at Most reached: the current outcome, not an error', async () => {
		const { ok } = await wait(await createWaitingPayout(), 'final', 0);
		expect(ok[0].outcome).toBe('awaitingConfirmation');
		expect((await wait(await createEmptySession(), 'ready', 0.3)).ok[0].outcome).toBe('created');
	});

	test('first status requests answered with HTTP 503: read again within the limit', async () => {
		const sessionId = await createConfirmedPayout('late');
		const match = { path: 'session/status' };
		fixture.sandbox.faults.add({ kind: 'errorBefore', status: 503, match, times: 5 });
		expect((await wait(sessionId, 'final')).ok).toMatchObject([{ outcome: 'succeeded' }]);
	});

	test('Wait For with an unknown word or without a value: refused, no request is sent', async () => {
		const parameters = { sessionId: 'ps_1', waitFor: '={{ $json.word }}' };
		const { failed } = await runSession('wait', parameters, { rows: [{ word: 'Ready' }, {}] });
		expect(failed.map(({ problems }) => problems[0].field)).toEqual(['Wait For', 'Wait For']);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('no response for a session without a payout: unknown, the message names no payout', async () => {
		const sessionId = await createEmptySession();
		const match = { path: 'session/status', nth: 2 };
		fixture.sandbox.faults.add({ kind: 'resetBefore', match, times: 50 });
		const { failed } = await wait(sessionId, 'final', 0.3);
		expect(failed[0]).toMatchObject({ outcome: 'unknown', sessionId });
		expect(failed[0].message).toMatch(/^The session can't be read/);
	});
});
