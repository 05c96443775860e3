/** Recurring tokens and subscriptions. */
import { useFixture } from '../support/engineFixture.mts';
import { operationsOf } from '../support/operations.mts';

const fixture = useFixture();
const { execute, newPayer, createPaidPayment } = operationsOf(fixture);

describe('recurring payments', () => {
	test('recurring token: pays without the payer, inactive after Disable', async () => {
		const { recurringToken } = await createPaidPayment('50', {
			additionalFields: { makeRecurring: true },
		});
		expect(recurringToken).toEqual(expect.any(String));
		fixture.sandbox.set({ autoConfirm: false });
		const recurring = {
			paymentMethod: 'recurring',
			recurringPayment: recurringToken as string,
			amount: '50',
		};
		const { item: mit } = await execute('payment.initiateAndWait', { ...newPayer(), ...recurring });
		expect(mit).toMatchObject({ outcome: 'succeeded', payer: 'recurring token' });
		const client = { ...recurring, initiator: 'client' };
		const { item: cit } = await execute('payment.initiateAndWait', { ...newPayer(), ...client });
		expect(cit).toMatchObject({ outcome: 'actionRequired' });

		const named = { recurringTokenValue: recurringToken as string };
		expect((await execute('recurringToken.get', named)).item).toMatchObject({ isActive: true });
		expect((await execute('recurringToken.disable', named)).item).toMatchObject({
			isActive: false,
		});
		expect((await execute('recurringToken.get', named)).item).toMatchObject({ isActive: false });
		const { error } = await execute('recurringToken.get', { recurringTokenValue: 'nobody' });
		expect(error).toMatchObject({ errorCode: 'invalid_request' });
	});

	test('subscription: Cancel and Restore succeed; an empty Subscription ID is refused', async () => {
		const { subscriptionId } = await createPaidPayment('50', {
			additionalFields: { subscriptionPeriod: 'P1M' },
		});
		const id = { subscriptionId: subscriptionId as string };
		expect((await execute('subscription.cancel', id)).item).toEqual({ ...id, cancelled: true });
		expect((await execute('subscription.restore', id)).item).toEqual({ ...id, restored: true });
		const { error } = await execute('subscription.cancel', { subscriptionId: ' ' });
		expect(error.problems).toMatchObject([{ field: 'Subscription ID' }]);
	});

	test('Restore with lost responses: the error says that the result is not known', async () => {
		const match = { path: 'subscription/restore' };
		fixture.sandbox.faults.add({ kind: 'errorAfter', match, times: 4 });
		const id = { subscriptionId: 'sub-1' };
		const { error: lost } = await execute('subscription.restore', id);
		expect(lost).toMatchObject({
			...id,
			description: expect.stringContaining('it is not known whether the bank did this'),
		});

		const body =
			'{"status":"error","error":{"code":"invalid_request","description":"It is active"}}';
		fixture.sandbox.faults.add({ kind: 'resetAfter', match });
		fixture.sandbox.faults.add({ kind: 'errorBefore', status: 400, body, match });
		const { error: refused } = await execute('subscription.restore', id);
		expect(refused).toMatchObject({
			...id,
			errorCode: 'invalid_request',
			description: expect.stringContaining('an earlier try was lost'),
		});

		fixture.sandbox.faults.add({
			kind: 'resetBefore',
			match: { path: 'recurrent/status' },
			times: 4,
		});
		const { error: read } = await execute('recurringToken.get', { recurringTokenValue: 'x' });
		expect(read.description).toBe('Nothing was changed at the bank. Try again later.');
	});
});
