/** Which amounts are accepted, and what they mean in kopecks. */
import { useFixture } from '../support/engineFixture.mts';
import { jsonOf } from '../support/runOperation.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { paidFor } from '../support/ledger.mts';
import { problemsOfRow } from '../support/validation.mts';

const fixture = useFixture();

describe('Amount', () => {
	const accepted: Array<[unknown, number]> = [
		['1500.50', 150050],
		['1 500,50', 150050],
		['1\u00a0500,5', 150050],
		['1,500.50', 150050],
		["1'500.50", 150050],
		['1.500,50', 150050],
		['1500.50 ₽', 150050],
		['1500 руб.', 150000],
		[1500.5, 150050],
		[1500, 150000],
		[0.01, 1],
		['0,01', 1],
		[8.2, 820],
		['1000000.99', 100000099],
		[0.1 + 0.2, 30],
		[1799.1000000000001, 179910],
		['1799.1000000000001', 179910],
		['3,3000000000000003', 330],
		['1500.5000', 150050],
	];

	test('accepted notations: paid exactly to the kopeck', async () => {
		const rows = rowsOf('amount', accepted.length).map((row, index) => ({
			...row,
			amount: accepted[index][0],
		}));
		const run = await payAll(fixture, rows, { options: { parallelRequests: 20 } });
		expect(jsonOf(run).map(({ outcome, amountMinorUnits }) => [outcome, amountMinorUnits])).toEqual(
			accepted.map(([, kopecks]) => ['succeeded', kopecks]),
		);
		const paid = rows.map(({ ref }) => paidFor(fixture.sandbox, ref).map(({ amount }) => amount));
		expect(paid).toEqual(accepted.map(([, kopecks]) => [kopecks]));
	});

	test.each<[unknown, string]>([
		['1,500', 'can be read two ways'],
		['1.500', 'can be read two ways'],
		['1500.505', 'more than two decimals'],
		[1500.505, 'more than two decimals'],
		[1395.0527999999997, 'more than two decimals'],
		['1395.0527999999997', 'more than two decimals'],
		['1.0050', 'more than two decimals'],
		['0', 'zero'],
		[0, 'zero'],
		[-5, 'negative'],
		['-5', 'negative'],
		['(5.00)', 'negative'],
		['1e3', 'cannot be read'],
		[1e21, 'too large'],
		['1500$', 'marked "$"'],
		['', 'empty'],
		[null, 'empty'],
		[true, 'not a number'],
		['NaN', 'cannot be read'],
		['0100.00', 'starts with a zero'],
		['99999999999', 'above ten billion'],
		['١٥٠٠', 'cannot be read'],
	])('%p (%s): refused, no request is sent', async (amount, message) => {
		expect(await problemsOfRow(fixture, { amount })).toEqual([expect.stringContaining(message)]);
		expect(fixture.sandbox.requests).toEqual([]);
	});

	test('Amount Unit = minor: whole kopecks only; a misspelt unit is refused', async () => {
		const minor = { options: { amountUnit: 'minor' } };
		const [row] = rowsOf('minor', 1);
		await payAll(fixture, [{ ...row, amount: '150050' }], minor);
		expect(fixture.sandbox.moneyMoved()).toBe(150050);
		expect(await problemsOfRow(fixture, { amount: '1500.50' }, minor)).toEqual([
			expect.stringContaining('not a whole number of kopecks'),
		]);
		const misspelt = { options: { amountUnit: "={{ 'Kopecks' }}" } };
		expect(await problemsOfRow(fixture, { amount: '150000' }, misspelt)).toEqual([
			'Amount Unit: "Kopecks" is not one of the choices',
		]);
	});
});
