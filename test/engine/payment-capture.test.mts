/** Payments on hold: capture of all or a part, and split payments with a payout in the same session. */
import { useFixture } from '../support/engineFixture.mts';
import { continueError } from '../support/runOperation.mts';
import { sendToAccount } from '../support/payouts.mts';
import { requestsTo } from '../support/ledger.mts';
import { PAYER_CARD, operationsOf } from '../support/operations.mts';

const fixture = useFixture();
const { execute, newReference, newPayer } = operationsOf(fixture);

describe('Payment: Capture', () => {
	describe('payment on hold', () => {
		async function createHeldPayment(amount: string): Promise<string> {
			fixture.sandbox.set({ autoConfirm: true, hold: true });
			const { item } = await execute('payment.initiateAndWait', {
				...newPayer(),
				...PAYER_CARD,
				amount,
			});
			expect(item).toMatchObject({ outcome: 'awaitingCapture', nextAction: 'capture' });
			return item.sessionId;
		}

		test.each([
			['without an amount', '', '100.00'],
			['with 40 of 100', '40', '40.00'],
		])(
			'capture %s: outcome processing, then succeeded with that amount',
			async (_name, captureAmount, captured) => {
				const sessionId = await createHeldPayment('100');
				const { item } = await execute('payment.capture', { sessionId, captureAmount });
				expect(item.outcome).toBe('processing');
				const { item: end } = await execute('session.wait', { sessionId });
				expect(end).toMatchObject({ outcome: 'succeeded', amount: captured });
			},
		);

		test('amount expression without a value: rejected, the payment stays on hold', async () => {
			const sessionId = await createHeldPayment('100');
			const captureAmount = '={{ $json.amuont }}';
			const { error } = await execute('payment.capture', { sessionId, captureAmount });
			expect(error.problems).toMatchObject([{ message: 'The expression gives nothing' }]);
			expect((await execute('session.get', { sessionId })).item.outcome).toBe('awaitingCapture');
		});

		test('session not readable: rejected before the capture; after a capture with a lost response: unknown', async () => {
			const sessionId = await createHeldPayment('100');
			const part = { sessionId, captureAmount: '40' };
			const status = { kind: 'resetBefore', match: { path: 'session/status' }, times: 4 } as const;
			fixture.sandbox.faults.add(status);
			const { error: before } = await execute('payment.capture', part);
			expect(before).toMatchObject({ outcome: 'rejected', sessionId });

			fixture.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'session/capture' } });
			const match = { path: 'session/status', nth: 2 };
			fixture.sandbox.faults.add({ ...status, match, times: 12 });
			const { error: after } = await execute('payment.capture', part, {
				node: { ...continueError, retryOnFail: true, maxTries: 2 },
			});
			expect(after).toMatchObject({ outcome: 'unknown', sessionId });
		});

		test('amount marked as rubles for a payment in dollars: rejected', async () => {
			fixture.sandbox.set({ autoConfirm: true, hold: true });
			const { item } = await execute('payment.initiateAndWait', {
				...newPayer(),
				...PAYER_CARD,
				amount: '100',
				additionalFields: { currency: 'USD' },
			});
			const part = { sessionId: item.sessionId, captureAmount: '40 rub' };
			expect((await execute('payment.capture', part)).error).toMatchObject({ outcome: 'rejected' });
		});

		test('second capture with another amount: error item with the amount that was captured', async () => {
			const sessionId = await createHeldPayment('100');
			await execute('payment.capture', { sessionId });
			await fixture.sandbox.idle();
			const { error, items } = await execute('payment.capture', { sessionId, captureAmount: '40' });
			expect(items).toEqual([]);
			expect(error).toMatchObject({ sessionId, amount: '100.00' });
		});

		test('partial capture of a session with two payments: rejected, no request is sent', async () => {
			const sessionId = await createHeldPayment('100');
			addPayment(sessionId, 'pending');
			const before = requestsTo(fixture.sandbox, 'session/capture').length;
			const { error } = await execute('payment.capture', { sessionId, captureAmount: '40' });
			expect(error).toMatchObject({ outcome: 'rejected', sessionId });
			expect(error.message).toMatch(/holds 2 payments/);
			expect(requestsTo(fixture.sandbox, 'session/capture')).toHaveLength(before);
		});

		test('amount above the amount on hold: rejected; capture after a cancel: session_wrong_state', async () => {
			const sessionId = await createHeldPayment('100');
			const before = requestsTo(fixture.sandbox, 'session/capture').length;
			const { error } = await execute('payment.capture', { sessionId, captureAmount: '100.01' });
			expect(error).toMatchObject({ outcome: 'rejected', message: 'Only 100.00 RUB is held.' });
			expect(requestsTo(fixture.sandbox, 'session/capture')).toHaveLength(before);
			await execute('session.cancel', { sessionId });
			await fixture.sandbox.idle();
			const { error: late } = await execute('payment.capture', { sessionId });
			expect(late).toMatchObject({ errorCode: 'session_wrong_state' });
		});
	});

	describe('split payment: on hold, payout in the same session, then capture', () => {
		async function createSplitPayment(): Promise<string> {
			fixture.sandbox.set({ autoConfirm: true, hold: true });
			const { item } = await execute('payment.initiateAndWait', {
				...newPayer(),
				...PAYER_CARD,
				amount: '100',
			});
			const { sessionId } = item;
			const { item: payout } = await execute('payout.start', {
				...sendToAccount,
				sessionId,
				amount: '90',
				reference: newReference(),
			});
			expect(payout).toMatchObject({ outcome: 'succeeded', nextAction: 'capture' });
			return sessionId;
		}

		test('capture: the outcome is that of the payment, not that of the payout', async () => {
			const sessionId = await createSplitPayment();
			const { item } = await execute('payment.capture', { sessionId });
			expect(item).toMatchObject({ outcome: 'processing', amount: '100.00' });
			await fixture.sandbox.idle();
			const { item: end } = await execute('session.get', { sessionId });
			expect(end).toMatchObject({ outcome: 'succeeded', sessionStatus: 'accepted' });
		});

		test('capture request lost: sent again, although the payout has succeeded', async () => {
			const sessionId = await createSplitPayment();
			fixture.sandbox.faults.add({ kind: 'resetBefore', match: { path: 'session/capture' } });
			await execute('payment.capture', { sessionId });
			await fixture.sandbox.idle();
			const { item: end } = await execute('session.get', { sessionId });
			expect(end.sessionStatus).toBe('accepted');
		});
	});
});

/** Adds a payment before the one that the session holds. */
function addPayment(sessionId: string, status: 'pending' | 'succeeded' | 'failed'): void {
	const { payments } = fixture.sandbox.sessions.get(sessionId);
	payments.unshift({ ...structuredClone(payments[0]), id: 'pm_other', status, refunds: [] });
}
