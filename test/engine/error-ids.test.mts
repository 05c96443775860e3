/** IDs in error items: they mean the same as in results, and are output as they are. */
import { outputsFirstAttempt } from '../support/engine.mts';
import { useFixture, type Loose } from '../support/engineFixture.mts';
import { operationsOf } from '../support/operations.mts';
import { CARD, payAll, rowsOf } from '../support/payouts.mts';
import { continueError, jsonOf, runOperation } from '../support/runOperation.mts';

const fixture = useFixture();
const { execute, newReference, createPaidPayment } = operationsOf(fixture);

/** Numbers that pass the check of card numbers, as one in ten long numbers does. */
const [REFUND, PAYER, PAYMENT] = ['1700000000004', '4242424242424242', '1700000000012'];

describe('Refund: refundReference is the refund, reference is the payment', () => {
	const paymentReference = 'order-7';
	const refund = async (parameters: object, settings: object = {}): Promise<Loose> =>
		await execute('refund.create', { reference: 'refund-7', ...parameters }, settings);

	test.each<[string, (sessionId: string) => Promise<Loose>]>([
		[
			'a row that is not valid',
			async (sessionId) => (await refund({ sessionId, refundAmount: '-1' })).error,
		],
		[
			'a session that cannot be read',
			async (sessionId) => {
				const match = { path: 'session/status' };
				fixture.sandbox.faults.add({ kind: 'resetBefore', match, times: 9 });
				return (await refund({ sessionId })).error;
			},
		],
		['a session without a payment', async () => (await refund({ sessionId: 'ps_none' })).error],
		[
			'more than is left',
			async (sessionId) => (await refund({ sessionId, refundAmount: '101' })).error,
		],
		[
			'a refusal of the bank',
			async (sessionId) => {
				fixture.sandbox.faults.add({
					kind: 'errorBefore',
					status: 400,
					body: '{"status":"error","error":{"code":"refund_amount_too_large","description":"no"}}',
					match: { path: 'session/refund' },
				});
				return (await refund({ sessionId })).error;
			},
		],
		[
			'a lost request',
			async (sessionId) => {
				fixture.sandbox.faults.add({ kind: 'resetBefore', match: { path: 'session/refund' } });
				return (await refund({ sessionId })).error;
			},
		],
		['a success', async (sessionId) => (await refund({ sessionId })).item],
	])('%s', async (_, run) => {
		const { sessionId } = await createPaidPayment('100', { reference: paymentReference });
		const facts = await run(sessionId);
		expect(facts.refundReference).toBe('refund-7');
		expect([undefined, paymentReference]).toContain(facts.reference);
	});

	test('a Reference that changes between attempts', async () => {
		const { sessionId } = await createPaidPayment('100', { reference: paymentReference });
		fixture.sandbox.faults.add({ kind: 'resetBefore', match: { path: 'session/refund' } });
		const { error } = await refund(
			{ sessionId, reference: '=refund-{{ Math.random() }}' },
			{ node: { ...continueError, retryOnFail: true, maxTries: 2 } },
		);
		expect(error.refundReference).toMatch(/^refund-0\./);
		expect(error.reference).toBe(outputsFirstAttempt ? paymentReference : undefined);
	});

	test('two rows with the same Reference', async () => {
		const run = await runOperation(
			fixture,
			'refund',
			'create',
			{ sessionId: 'ps_1', reference: 'refund-7' },
			{ rows: [{}, {}], node: continueError },
		);
		for (const { error } of jsonOf(run, 1)) {
			expect(error).toMatchObject({
				refundReference: 'refund-7',
				problems: [{ field: 'Reference' }],
			});
			expect(error).not.toHaveProperty('reference');
		}
	});
});

describe('IDs that look like a card number', () => {
	test('Refund that is declined, unknown or successful: the same IDs', async () => {
		const { sessionId } = await createPaidPayment('100', {
			reference: PAYMENT,
			payerReference: PAYER,
		});
		const parameters = { sessionId, refundAmount: '30', reference: REFUND };
		const { item } = await execute('refund.create', parameters);
		const ids = { refundReference: REFUND, reference: PAYMENT, customerReference: PAYER };
		expect(item).toMatchObject(ids);
		const other = { ...parameters, refundAmount: '40' };
		const { error: rejected } = await execute('refund.create', other);
		expect(rejected).toMatchObject({ outcome: 'rejected', ...ids });
		expect(rejected.refunds).toMatchObject([{ reference: REFUND }]);
		fixture.sandbox.faults.add({ kind: 'resetBefore', match: { path: 'session/refund' } });
		const { error: unknown } = await execute('refund.create', { ...other, reference: PAYER });
		expect(unknown).toMatchObject({ outcome: 'unknown', ...ids, refundReference: PAYER });
	});

	test('Payout that fails: customerReference as in the output of one that succeeds', async () => {
		const [paid, failed] = rowsOf('ids', 2);
		const run = await payAll(fixture, [paid, { ...failed, amount: '100.03' }], {
			node: continueError,
			parameters: { additionalFields: { customerReference: PAYER } },
			options: { failOnDeclined: true },
		});
		expect(jsonOf(run)).toMatchObject([{ customerReference: PAYER }]);
		expect(jsonOf(run, 1)).toMatchObject([{ error: { customerReference: PAYER } }]);
	});

	test('a card number elsewhere in the error stays masked', async () => {
		const { sessionId } = await createPaidPayment('100');
		const { error } = await execute('refund.create', {
			sessionId,
			reference: newReference(),
			refundAmount: CARD,
		});
		expect(JSON.stringify(error)).not.toContain(CARD);
	});
});
