/** Receipts of the self-employed without a payout. */
import { useFixture } from '../support/engineFixture.mts';
import { sendToAccount } from '../support/payouts.mts';
import { paidFor } from '../support/ledger.mts';
import { PAYER_CARD, operationsOf } from '../support/operations.mts';
import { hintsOf } from '../support/engine.mts';

const fixture = useFixture();
const { execute, newReference, newPayer, createPaidPayment } = operationsOf(fixture);

const taxReference = '123456789012';

describe('Receipt: Create', () => {
	const receipt = {
		amount: '150',
		selfEmployedInn: taxReference,
		payerType: 'individual',
		receiptServices: { service: [{ serviceName: 'Delivery', price: '75', quantity: 2 }] },
	};

	test('new Reference: succeeded with a link, no money moves; same Reference again: duplicate', async () => {
		const reference = newReference();
		const { item, run } = await execute('receipt.create', { ...receipt, reference });
		expect(item).toMatchObject({
			outcome: 'succeeded',
			reference,
			amount: '150.00',
			receiptLink: expect.stringMatching(/^http/),
		});
		expect(hintsOf(run)[0].message).toBe('1 row: 1 succeeded. Money moved in this run: none.');
		expect(paidFor(fixture.sandbox, reference)).toEqual([]);
		const { item: second } = await execute('receipt.create', { ...receipt, reference });
		expect(second).toMatchObject({ outcome: 'duplicate' });
	});

	test('same Reference for a payment, a payout, a receipt and a refund: each is made once', async () => {
		const { sessionId, reference } = await createPaidPayment('150', { reference: 'order-1' });
		expect(reference).toBe('order-1');
		const same = { reference: 'order-1', amount: '150' };
		const { item: payout } = await execute('payout.send', { ...sendToAccount, ...same });
		expect(payout).toMatchObject({ outcome: 'succeeded' });
		const { item: created } = await execute('receipt.create', { ...receipt, ...same });
		expect(created).toMatchObject({ outcome: 'succeeded' });
		expect((await execute('refund.create', { ...same, sessionId })).item.refund.amount).toBe(
			'150.00',
		);

		const prefixed = { ...same, reference: 'payment:order-1' };
		expect((await execute('payout.send', { ...sendToAccount, ...prefixed })).item).toMatchObject({
			outcome: 'succeeded',
		});

		const { item: again } = await execute('receipt.create', { ...receipt, ...same });
		expect(again.advice).toMatch(/^Begun earlier, .* That receipt may have failed/);
		const { item: paid } = await execute('payment.initiateAndWait', {
			...newPayer(),
			...PAYER_CARD,
			...same,
		});
		expect(paid.advice).toMatch(/^Begun earlier, .* That payment may have failed/);
	});

	test.each(['={{ "ten" }}', '={{ NaN }}', '={{ [1] }}'])(
		'service with the quantity %s: refused without a sum of the services',
		async (quantity) => {
			const { error } = await execute('receipt.create', {
				...receipt,
				receiptServices: { service: [{ serviceName: 'Courier', price: '150', quantity }] },
				amount: '150',
				reference: newReference(),
			});
			expect(error.problems).toMatchObject([{ field: 'Quantity' }]);
			expect(JSON.stringify(error)).not.toContain('NaN');
		},
	);

	test('services that do not add up to the amount: refused', async () => {
		const { error } = await execute('receipt.create', {
			...receipt,
			amount: '151',
			reference: newReference(),
		});
		expect(error.problems).toMatchObject([{ field: 'Services' }]);
	});
});
