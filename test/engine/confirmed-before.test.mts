/** Session: Confirm of a session that another execution has confirmed: how it stands, and nothing is sent. */
import { useFixture } from '../support/engineFixture.mts';
import { paidFor, requestsTo } from '../support/ledger.mts';
import { payAll, rowsOf, sendToAccount } from '../support/payouts.mts';
import { jsonOf } from '../support/runOperation.mts';
import { sessionsOf } from '../support/sessions.mts';

const fixture = useFixture();
const { runSession, createWaitingPayout, createEmptySession } = sessionsOf(fixture);

/** Confirms in an execution of its own. */
const confirm = async (sessionId: string, executionId: string, parameters = {}) =>
	await runSession('confirm', { sessionId, ...parameters }, { executionId });

/** One confirmation has been sent for all executions. */
const expectOneConfirmation = () =>
	expect(requestsTo(fixture.sandbox, 'session/confirm')).toHaveLength(1);

test.each<[string, string, object, number]>([
	['succeeded', '101.00', { final: true }, 1],
	['failed', '100.04', { final: true, adviceCode: 'useNewReference' }, 0],
])('%s meanwhile: a result with that outcome', async (outcome, amount, facts, paid) => {
	const sessionId = await createWaitingPayout('wait-1', amount);
	await confirm(sessionId, '1');
	await fixture.sandbox.idle();
	const { ok, failed } = await confirm(sessionId, '2', { expectedAmount: amount });
	expect(failed).toEqual([]);
	expect(ok).toMatchObject([{ outcome, sessionId, reference: 'wait-1', amount, ...facts }]);
	expectOneConfirmation();
	expect(paidFor(fixture.sandbox, 'wait-1')).toHaveLength(paid);
});

test('declined meanwhile: the error code of the bank is in the result', async () => {
	const sessionId = await createWaitingPayout('wait-1', '100.04');
	await confirm(sessionId, '1');
	await fixture.sandbox.idle();
	const { ok } = await confirm(sessionId, '2');
	expect(ok[0]).toMatchObject({ outcome: 'failed', errorCode: 'declined_by_issuer_bank' });
});

test('returned meanwhile: returned, final', async () => {
	const [row] = rowsOf('back', 1);
	const waiting = { ...sendToAccount, confirmation: 'manual', waitFor: 'ready' };
	const run = await payAll(fixture, [row], { parameters: { ...waiting, amount: '100.07' } });
	const { sessionId } = jsonOf(run)[0];
	await confirm(sessionId, '1');
	await fixture.sandbox.idle();
	const { ok } = await confirm(sessionId, '2');
	expect(ok[0]).toMatchObject({ outcome: 'returned', final: true });
	expectOneConfirmation();
});

test('cancelled instead of confirmed: cancelled, final', async () => {
	const sessionId = await createWaitingPayout();
	await runSession('cancel', { sessionId });
	await fixture.sandbox.idle();
	const { ok } = await confirm(sessionId, '2');
	expect(ok[0]).toMatchObject({ outcome: 'cancelled', final: true });
	expect(requestsTo(fixture.sandbox, 'session/confirm')).toEqual([]);
});

test('result unknown to the bank: unknown, not rejected', async () => {
	const sessionId = await createWaitingPayout('wait-1', '100.05');
	await confirm(sessionId, '1');
	await fixture.sandbox.idle();
	const { failed } = await confirm(sessionId, '2');
	expect(failed[0]).toMatchObject({ outcome: 'unknown', final: false, sessionId });
	expectOneConfirmation();
});

test('still processing: an error that says processing, because the bank may be waiting to be ready', async () => {
	const sessionId = await createWaitingPayout();
	fixture.sandbox.set({ processingMs: 60_000 });
	await confirm(sessionId, '1');
	const { ok, failed } = await confirm(sessionId, '2');
	expect(ok).toEqual([]);
	expect(failed[0]).toMatchObject({
		outcome: 'processing',
		final: false,
		sessionId,
		reference: 'wait-1',
		adviceCode: 'notAwaitingConfirmation',
	});
	expectOneConfirmation();
});

test.each<[string, string, string, number]>([
	['succeeded', '101.00', 'succeeded', 2],
	['declined', '100.04', 'failed', 2],
	['still processing', '101.00', 'processing', 60_000],
])(
	'another amount than expected, %s: an error with the outcome of the payout',
	async (_name, amount, outcome, processingMs) => {
		const sessionId = await createWaitingPayout('wait-1', amount);
		fixture.sandbox.set({ processingMs });
		await confirm(sessionId, '1');
		if (processingMs < 1000) await fixture.sandbox.idle();
		const { ok, failed } = await confirm(sessionId, '2', { expectedAmount: '999' });
		expect(ok).toEqual([]);
		expect(failed[0]).toMatchObject({ outcome, sessionId, adviceCode: 'confirmedBefore' });
		expect(failed[0].message).toContain(`shows ${amount} RUB, 999.00 RUB was asked for`);
		expectOneConfirmation();
	},
);

test('an empty session that was cancelled: rejected, because nothing can have been confirmed', async () => {
	const sessionId = await createEmptySession();
	await runSession('cancel', { sessionId });
	const { failed } = await confirm(sessionId, '2');
	expect(failed[0]).toMatchObject({ outcome: 'rejected', adviceCode: 'notConfirmable' });
});
