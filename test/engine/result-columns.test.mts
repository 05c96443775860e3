/**
 * The items after an operation that moves money, as n8n's table shows them: its columns are the fields of the first
 * item, and then those that only later items have.
 */
import type { INodeParameters } from 'n8n-workflow';

import { hintsOf } from '../support/engine.mts';
import { useFixture } from '../support/engineFixture.mts';
import { continueError, jsonOf, runOperation } from '../support/runOperation.mts';
import { expectFits } from '../support/schemas.mts';

const fixture = useFixture();

const automatic: INodeParameters = {
	payoutMethod: 'eachRow',
	columns: { mappingMode: 'autoMapInputData', value: null },
};
const CARD = '4242424242424242';

const payout = (reference: string, amount: string, more: object = {}) => ({
	reference,
	amount,
	recipientName: 'Иванов Иван Иванович',
	cardNumber: CARD,
	...more,
});
const WITHOUT_NAME = {
	recipientName: undefined,
	cardNumber: undefined,
	yoomoney: '4100175017397',
};
const send = async (rows: object[], parameters: INodeParameters = {}) =>
	await runOperation(fixture, 'payout', 'send', { ...automatic, ...parameters }, { rows });

/** The columns of n8n's table. */
const columnsOf = (items: object[]) => [...new Set(items.flatMap((item) => Object.keys(item)))];

const FIRST = [
	...['reference', 'recipientName', 'outcome', 'final', 'amount', 'currency'],
	...['errorDescription', 'advice'],
];

describe('the reason of a payout has its column near the front, whatever the first item is', () => {
	test.each<[string, object, object]>([
		['paid', payout('f-1', '100.00'), payout('f-2', '100.04')],
		['paid, without a name', payout('f-1', '100.00', WITHOUT_NAME), payout('f-2', '100.04')],
		['declined', payout('f-1', '100.04'), payout('f-2', '100.00')],
		[
			'left for approval',
			payout('f-1', '7.00', { confirmation: 'manual' }),
			payout('f-2', '100.04'),
		],
	])('%s', async (_name, first, second) => {
		const items = jsonOf(await send([first, second]));
		expect(items).toHaveLength(2);
		expect(columnsOf(items).slice(0, FIRST.length)).toEqual(FIRST);
		for (const item of items) expectFits('payout.send', item);
		const declined = items.find(({ outcome }) => outcome === 'failed')!;
		expect(declined).toMatchObject({
			errorDescription: expect.stringMatching(/\w{5}/),
			advice: expect.stringContaining('new Reference'),
		});
	});

	test('items of which none has a reason have no empty fields', async () => {
		const items = jsonOf(await send([payout('n-1', '100.00'), payout('n-2', '200.00')]));
		expect(items).toHaveLength(2);
		expect(items.flatMap((item) => Object.values(item)).filter((one) => one === '')).toEqual([]);
	});

	test('an error item has no empty fields', async () => {
		const run = await runOperation(
			fixture,
			'payout',
			'send',
			{ ...automatic },
			{
				rows: [payout('e-1', '100.02'), payout('e-2', '100.00')],
				node: continueError,
			},
		);
		const [{ error }] = jsonOf(run, 1);
		expect(Object.values(error).filter((value) => value === '')).toEqual([]);
	});
});

describe('an item of which the bank shows no amount has the amount that was asked for', () => {
	const rows = [payout('d-1', '100.00'), payout('d-2', '2 345,60'), payout('d-3', '100.04')];

	test('duplicates, which the summary does not count as moved', async () => {
		await send(rows);
		const run = await send(rows);
		expect(
			jsonOf(run).map(({ outcome, amount, amountMinorUnits, currency }) => [
				outcome,
				amount,
				amountMinorUnits,
				currency,
			]),
		).toEqual([
			['duplicate', '100.00', 10000, 'RUB'],
			['duplicate', '2345.60', 234560, 'RUB'],
			['duplicate', '100.04', 10004, 'RUB'],
		]);
		expect(hintsOf(run)[0].message).toContain('Money moved in this run: none.');
	});

	test('duplicates beside a payout of this run: only that one counts', async () => {
		await send(rows);
		const run = await send([...rows, payout('d-4', '7')]);
		expect(hintsOf(run)[0].message).toContain('Money moved in this run: 7.00 RUB.');
	});

	test('a duplicate under another amount: as asked, and not counted', async () => {
		await send(rows);
		const run = await send([payout('d-1', '999.00')]);
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'duplicate', amount: '999.00' });
		expect(hintsOf(run)[0].message).toContain('none');
	});

	test('a refused payout, in its error', async () => {
		const parameters = { ...automatic };
		const run = await runOperation(fixture, 'payout', 'send', parameters, {
			rows: [payout('r-1', '100.02')],
			node: continueError,
		});
		expect(jsonOf(run, 1)[0].error).toMatchObject({ outcome: 'rejected', amount: '100.02' });
	});
});
