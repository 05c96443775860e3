/** Balances and statements of accounts. */
import { useFixture, type Loose } from '../support/engineFixture.mts';
import { sendToAccount } from '../support/payouts.mts';
import { operationsOf } from '../support/operations.mts';

const fixture = useFixture();
const { execute, newReference } = operationsOf(fixture);

describe('Account', () => {
	test('Get Balance: wallet and account balances; unknown and invalid account numbers are refused', async () => {
		const { items } = await execute('balance.get');
		expect(items).toMatchObject([{ walletId: '131', currency: 'RUB' }]);
		const accountNumber = '40702810400000000333';
		const { item } = await execute('account.getBalance', { accountNumber });
		expect(item).toMatchObject({ accountNumber, currency: 'RUB' });
		expect(item.balance).toBe((item.balanceMinorUnits / 100).toFixed(2));
		const { error } = await execute('account.getBalance', {
			accountNumber: '40702810400000000334',
		});
		expect(error).toMatchObject({ errorCode: 'account_not_found' });
		const { error: short } = await execute('account.getBalance', { accountNumber: '407' });
		expect(short.problems).toMatchObject([{ field: 'Your Account Number' }]);
	});

	test.each([
		[1234, { balance: '12.34', balanceMinorUnits: 1234 }],
		['1234', { balance: '12.34', balanceMinorUnits: 1234 }],
		[1234.5, undefined],
	])(
		'Get Balance at a bank that writes rubles (%p): a hundredth; with kopecks it is an error',
		async (current_balance, expected) => {
			const body = JSON.stringify({ status: 'ok', balance: { current_balance } });
			const match = { path: 'report/account_balance' };
			fixture.sandbox.faults.add({ kind: 'errorBefore', status: 200, body, match });
			const accountNumber = '40702810400000000333';
			const { item, error } = await execute('account.getBalance', { accountNumber });
			if (expected) expect(item).toMatchObject(expected);
			else expect(error.message).toContain('no readable balance');
		},
	);

	test.each([10000, 100.5, '100,50', '1 000.00'])(
		'Get Statement, the amount %p: output as the bank sent it',
		async (amount) => {
			const transactions = [{ type: 'debit', amount, currency: 'rub' }];
			const body = JSON.stringify({ status: 'ok', account_statement: { transactions } });
			const match = { path: 'report/account_statement' };
			fixture.sandbox.faults.add({ kind: 'errorBefore', status: 200, body, match });
			const { item } = await execute('account.getStatement', {
				accountNumber: '40702810300200000013',
				dateFrom: '2026-06-01',
				dateTo: '2026-06-01',
			});
			expect(item).toMatchObject({ amount });
		},
	);

	test.each(['nested', 'flat'] as const)(
		'Get Statement of a period with today, %s answers: lists the payout made before',
		async (statementShape) => {
			fixture.sandbox.set({ statementShape });
			const reference = newReference();
			const { item: paid } = await execute('payout.send', {
				...sendToAccount,
				payFrom: 'settlement',
				reference,
			});
			// The sandbox uses UTC days, so the period includes the neighbouring days.
			const { items } = await execute('account.getStatement', {
				accountNumber: '40702810300200000013',
				dateFrom: '={{ $now.minus({ days: 2 }) }}',
				dateTo: '={{ new Date(Date.now() + 86400000) }}',
			});
			expect(items.find(({ sessionId }) => sessionId === paid.sessionId)).toMatchObject({
				direction: 'debit',
				amount: 10_000,
				currency: 'RUB',
			});
		},
	);

	test.each([
		['reversed', '2026-06-02', '2026-06-01', ['From']],
		['not made of dates', 'yesterday', 'today', ['From', 'To']],
		['made of months', '2026-10', '2026-10', ['From', 'To']],
		['ended by a number', '2026-10-10', '20', ['To']],
		['longer than a year', '2024-01-01', '2026-01-01', ['To']],
	])(
		'Get Statement of a period that is %s: refused, no request is sent',
		async (_name, from, to, fields) => {
			const before = fixture.sandbox.requests.length;
			const { error } = await execute('account.getStatement', {
				accountNumber: '40702810300200000013',
				dateFrom: from,
				dateTo: to,
			});
			expect(error.problems.map(({ field }: Loose) => field)).toEqual(fields);
			expect(fixture.sandbox.requests).toHaveLength(before);
		},
	);

	test('Get Statement of one year of an unknown account: at most two requests are sent', async () => {
		const before = fixture.sandbox.requests.length;
		const { error } = await execute(
			'account.getStatement',
			{
				accountNumber: '40702810300200000014',
				dateFrom: '2026-01-01',
				dateTo: '31.12.2026',
			},
			{ options: { parallelRequests: 2 } },
		);
		expect(error).toMatchObject({ errorCode: 'account_not_found' });
		expect(fixture.sandbox.requests.length - before).toBeLessThanOrEqual(2);
	});
});
