/** Refunds: amounts, repeated references, lost responses, and sessions with several payments. */
import { useFixture } from '../support/engineFixture.mts';
import { continueError, jsonOf, runOperation } from '../support/runOperation.mts';
import { sendToAccount } from '../support/payouts.mts';
import { requestsTo } from '../support/ledger.mts';
import { operationsOf } from '../support/operations.mts';

const fixture = useFixture();
const { execute, newReference, createPaidPayment } = operationsOf(fixture);

describe('Refund: Create', () => {
	const refundRequestsFor = (sessionId: string): number =>
		requestsTo(fixture.sandbox, 'session/refund').filter((one) => one.sessionId === sessionId)
			.length;

	test('amount expression without a value: rejected, no request is sent', async () => {
		const { sessionId } = await createPaidPayment('100');
		const { error } = await execute('refund.create', {
			sessionId,
			reference: newReference(),
			refundAmount: '={{ $json.amuont }}',
		});
		expect(error.problems).toMatchObject([{ message: 'The expression gives nothing' }]);
		expect(refundRequestsFor(sessionId)).toBe(0);
	});

	test('partial refund, then the rest: outcome refunded; more than the rest or a third refund: rejected', async () => {
		const { sessionId } = await createPaidPayment('100');
		const part = await execute('refund.create', {
			sessionId,
			reference: newReference(),
			refundAmount: '30',
		});
		expect(part.item).toMatchObject({
			outcome: expect.stringMatching(/^(processing|refunded)$/),
			refund: { amount: '30.00', refundId: expect.stringMatching(/^rf_/) },
		});
		await fixture.sandbox.idle();
		const aboveRest = await execute('refund.create', {
			sessionId,
			reference: newReference(),
			refundAmount: '70.01',
		});
		expect(aboveRest.error).toMatchObject({
			outcome: 'rejected',
			message: 'Only 70.00 RUB is left of this payment.',
		});
		const rest = await execute('refund.create', { sessionId, reference: newReference() });
		expect(rest.item.refund).toMatchObject({ amount: '70.00' });
		await fixture.sandbox.idle();
		const none = await execute('refund.create', { sessionId, reference: newReference() });
		expect(none.error).toMatchObject({ outcome: 'rejected' });
		expect(refundRequestsFor(sessionId)).toBe(2);
		const { item } = await execute('session.get', { sessionId });
		expect(item).toMatchObject({ outcome: 'refunded', refunded: '100.00' });
	});

	test('same Reference as the payment: refunded, also if the bank scopes idempotency keys to every POST', async () => {
		fixture.sandbox.set({ idempotencyScope: 'everyPost' });
		const reference = newReference();
		const { sessionId } = await createPaidPayment('100', { reference });
		const { item } = await execute('refund.create', { sessionId, reference });
		expect(item).toMatchObject({ refund: { amount: '100.00' } });
		fixture.sandbox.set({ idempotencyScope: 'start' });
	});

	test.each(['resetAfter', 'errorAfter', 'garbage', 'halfBody'] as const)(
		'lost response (%s) with Retry On Fail: one refund request, outcome reported',
		async (kind) => {
			const { sessionId } = await createPaidPayment('100');
			fixture.sandbox.faults.add({ kind, match: { path: 'session/refund' } });
			const { item } = await execute(
				'refund.create',
				{ sessionId, reference: newReference(), refundAmount: '30' },
				{ node: { ...continueError, retryOnFail: true, maxTries: 3 } },
			);
			expect(item.refund).toMatchObject({ amount: '30.00' });
			expect(refundRequestsFor(sessionId)).toBe(1);
		},
	);

	test('lost request: outcome unknown, no second request is sent', async () => {
		const { sessionId } = await createPaidPayment('100');
		fixture.sandbox.faults.add({
			kind: 'resetBefore',
			match: { path: 'session/refund' },
			times: 9,
		});
		const { error } = await execute(
			'refund.create',
			{ sessionId, reference: newReference() },
			{ node: { ...continueError, retryOnFail: true, maxTries: 2 } },
		);
		expect(error).toMatchObject({ outcome: 'unknown', sessionId });
		expect(refundRequestsFor(sessionId)).toBe(1);
	});

	test('session not readable: rejected before the refund; after a refund with a lost response: unknown', async () => {
		const { sessionId } = await createPaidPayment('100');
		const status = { kind: 'resetBefore', match: { path: 'session/status' }, times: 4 } as const;
		fixture.sandbox.faults.add(status);
		const { error: before } = await execute('refund.create', {
			sessionId,
			reference: newReference(),
		});
		expect(before).toMatchObject({ outcome: 'rejected', sessionId });
		expect(refundRequestsFor(sessionId)).toBe(0);

		fixture.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'session/refund' } });
		const match = { path: 'session/status', nth: 2 };
		fixture.sandbox.faults.add({ ...status, match, times: 12 });
		const { error: after } = await execute(
			'refund.create',
			{ sessionId, reference: newReference() },
			{ node: { ...continueError, retryOnFail: true, maxTries: 2 } },
		);
		expect(after).toMatchObject({ outcome: 'unknown', sessionId });
		expect(refundRequestsFor(sessionId)).toBe(1);
	});

	test.each(['30', ''])(
		'same Reference in a second execution: the same refund ID, one request (amount: "%s")',
		async (refundAmount) => {
			const { sessionId } = await createPaidPayment('100');
			const parameters = { sessionId, reference: newReference(), refundAmount };
			const { item: first } = await execute('refund.create', parameters);
			await fixture.sandbox.idle();
			const { item: second } = await execute('refund.create', parameters);
			expect(second).toMatchObject({
				outcome: 'refunded',
				refund: { refundId: first.refund.refundId },
			});
			const { error: other } = await execute('refund.create', {
				...parameters,
				refundAmount: '40',
			});
			expect(other).toMatchObject({ outcome: 'rejected', sessionId });
			expect(refundRequestsFor(sessionId)).toBe(1);
		},
	);

	test('amount marked as rubles for a payment in dollars: rejected, no request is sent', async () => {
		const { sessionId } = await createPaidPayment('100', { additionalFields: { currency: 'USD' } });
		const reference = newReference();
		const { error } = await execute('refund.create', {
			sessionId,
			reference,
			refundAmount: '50 ₽',
		});
		expect(error).toMatchObject({ outcome: 'rejected', sessionId });
		expect(refundRequestsFor(sessionId)).toBe(0);
	});

	test('four refunds of one amount, one request lost: three different refund IDs, the lost one is unknown', async () => {
		const { sessionId } = await createPaidPayment('100');
		fixture.sandbox.set({ refundMetadataForm: 'absent', latencyMs: 30 });
		const lost = { kind: 'resetBefore', match: { path: 'session/refund', nth: 2 } } as const;
		fixture.sandbox.faults.add(lost);
		const run = await runOperation(
			fixture,
			'refund',
			'create',
			{ sessionId, reference: '={{ $json.ref }}', refundAmount: '20' },
			{ rows: [1, 2, 3, 4].map((row) => ({ ref: `equal-${row}` })), node: continueError },
		);
		fixture.sandbox.set({ refundMetadataForm: 'same', latencyMs: 0 });
		const ids = jsonOf(run).map(({ refund }) => refund.refundId as string);
		expect(new Set(ids).size).toBe(3);
		expect(jsonOf(run, 1).map(({ error }) => error.outcome)).toEqual(['unknown']);
		await fixture.sandbox.idle();
		expect(fixture.sandbox.ledger.find({ kind: 'refund', sessionId })).toHaveLength(3);
	});

	test('two refunds of one amount, one request lost, with Retry On Fail: the lost one stays unknown', async () => {
		const { sessionId } = await createPaidPayment('100');
		fixture.sandbox.set({ refundMetadataForm: 'absent' });
		fixture.sandbox.faults.add({
			kind: 'resetBefore',
			match: { path: 'session/refund', reference: 'lost' },
		});
		const run = await runOperation(
			fixture,
			'refund',
			'create',
			{
				sessionId,
				reference: '={{ $json.ref }}',
				refundAmount: '20',
				options: { parallelRequests: 1 },
			},
			{
				rows: [{ ref: 'lost' }, { ref: 'made' }],
				node: { ...continueError, retryOnFail: true, maxTries: 2 },
			},
		);
		fixture.sandbox.set({ refundMetadataForm: 'same' });
		expect(jsonOf(run)).toMatchObject([{ refundReference: 'made' }]);
		expect(jsonOf(run, 1)).toMatchObject([{ error: { outcome: 'unknown' } }]);
		expect(refundRequestsFor(sessionId)).toBe(2);
		await fixture.sandbox.idle();
		expect(fixture.sandbox.ledger.find({ kind: 'refund', sessionId })).toHaveLength(1);
	});

	test('responses without refund IDs for two sessions: both refunds are reported as processing', async () => {
		const payments = await Promise.all(
			['100', '100'].map(async (sum) => await createPaidPayment(sum)),
		);
		for (const { sessionId } of payments) {
			const refund = { status: 'in_progress', amount_details: { amount: 2000, currency: 'rub' } };
			const payment = { id: 'pm_1', status: 'succeeded', refunds: [refund] };
			const session = { id: sessionId, status: 'accepted', payment_list: [payment] };
			const body = JSON.stringify({ status: 'ok', session });
			const match = { path: 'session/refund', sessionId };
			fixture.sandbox.faults.add({ kind: 'errorBefore', status: 200, body, match });
		}
		const run = await runOperation(
			fixture,
			'refund',
			'create',
			{
				sessionId: '={{ $json.sessionId }}',
				reference: '={{ $json.sessionId }}',
				refundAmount: '20',
			},
			{ rows: payments, node: continueError },
		);
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['processing', 'processing']);
	});

	test('session with one failed and one succeeded payment: the succeeded one is refunded', async () => {
		const { sessionId } = await createPaidPayment('100');
		addPayment(sessionId, 'failed');
		const { item } = await execute('refund.create', { sessionId, reference: newReference() });
		expect(item).toMatchObject({ refund: { amount: '100.00' } });
	});

	test('session with two succeeded payments: rejected, no request is sent', async () => {
		const { sessionId } = await createPaidPayment('100');
		addPayment(sessionId, 'succeeded');
		const { error } = await execute('refund.create', {
			sessionId,
			reference: newReference(),
			refundAmount: '30',
		});
		expect(error).toMatchObject({ outcome: 'rejected', sessionId });
		expect(error.message).toMatch(/holds 2 paid payments/);
		expect(refundRequestsFor(sessionId)).toBe(0);
	});

	test('session of a payout: rejected, there is no payment', async () => {
		const { item } = await execute('payout.send', { ...sendToAccount, reference: newReference() });
		const { error } = await execute('refund.create', {
			sessionId: item.sessionId,
			reference: newReference(),
		});
		expect(error).toMatchObject({ message: 'There is no payment in this session.' });
	});
});

/** Adds a payment before the one that the session holds. */
function addPayment(sessionId: string, status: 'pending' | 'succeeded' | 'failed'): void {
	const { payments } = fixture.sandbox.sessions.get(sessionId);
	payments.unshift({ ...structuredClone(payments[0]), id: 'pm_other', status, refunds: [] });
}
