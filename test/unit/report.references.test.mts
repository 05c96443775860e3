/** Report: Reconcile: references, amounts and currencies of rows that were matched by session ID. */
import type { JsonObject } from '../../bank131/lib/json.ts';
import { describeFinding } from '../../bank131/reports/describeFindings.ts';
import { reconcile } from '../../bank131/reports/reconcile.ts';
import type { SheetRow } from '../../bank131/reports/rowComparison.ts';
import { summariseFindings } from '../../bank131/reports/summaries.ts';

const row = (reference: string, minorUnits: number | undefined = 10000): SheetRow => ({
	sessionId: 'ps_1',
	reference,
	minorUnits,
});
let lastId = 0;
const line = (reference?: string, more: JsonObject = {}): JsonObject => ({
	report: 'payout',
	type: 'Advice',
	sessionId: 'ps_1',
	payoutId: `po_${++lastId}`,
	amountMinorUnits: 10000,
	reference,
	...more,
});
const compare = (sheet: SheetRow[], lines: JsonObject[]) =>
	reconcile(sheet, lines).findings.map((finding) => describeFinding(finding, sheet));

test.each([
	['PAY-1', 'PAY-2'],
	['PAY-1', 'PAY-10'],
	['PAY-10', 'PAY-1'],
	['А-101', 'A-101'],
	['1001', '1002'],
])('row "%s", report "%s", same session and amount: referenceDiffers', (own, shown) => {
	const sheet = [row(own)];
	expect(compare(sheet, [line(shown)])).toMatchObject([
		{
			fields: { result: 'referenceDiffers', reference: own, bankReference: shown },
			advice: { code: 'otherReference' },
		},
	]);
	const summary = summariseFindings(reconcile(sheet, [line(shown)]), sheet);
	expect(summary).toMatchObject({ counts: [{ result: 'referenceDiffers' }], isClean: false });
});

test.each([
	['', 'PAY-1', undefined],
	['PAY-1', undefined, undefined],
	['PAY-1', 'PAY-1', undefined],
	['PAY–1', 'PAY-1', 'PAY-1'],
	['PAY-1', 'pay-1', 'pay-1'],
	['00042', '42', '42'],
	['payroll-2026-11-0042', 'payroll-2026', 'payroll-2026'],
])('row "%s", report "%s", same session and amount: matched', (own, shown, bankReference) => {
	const [{ fields, advice }] = compare([row(own)], [line(shown)]);
	expect(fields).toMatchObject({ result: 'matched' });
	expect(fields.bankReference).toBe(bankReference);
	expect(advice).toBeUndefined();
});

test.each([
	['another amount', line('PAY-2', { amountMinorUnits: 9900 }), 'amountDiffers'],
	['an unknown type', line('PAY-2', { type: 'x' }), 'unclear'],
	['another currency', line('PAY-2', { currency: 'USD' }), 'amountDiffers'],
])('another reference and %s: the result names the latter', (_, paid, result) => {
	expect(compare([row('PAY-1')], [paid])[0].fields.result).toBe(result);
});

test('another reference and a return: returned', () => {
	const [{ fields }] = compare([row('PAY-1')], [line('PAY-2'), line('PAY-2', { type: 'Refund' })]);
	expect(fields.result).toBe('returned');
});

test('rows of one session and amount get the payments with their references', () => {
	const sheet = [row('A'), row(''), row('C'), row('B')];
	const found = compare(sheet, [line('B'), line('C'), line('D'), line('A')]);
	expect(found.map(({ fields }) => [fields.result, fields.reference])).toEqual([
		['matched', 'A'],
		['matched', 'D'],
		['matched', 'C'],
		['matched', 'B'],
	]);
	const other = compare([row('A'), row('X')], [line('B'), line('A')]);
	expect(
		other.map(({ fields }) => [fields.result, fields.reference, fields.bankReference]),
	).toEqual([
		['matched', 'A', undefined],
		['referenceDiffers', 'X', 'B'],
	]);
});

describe('an amount that is not known', () => {
	const dollars = { currency: 'USD' };

	test.each<[string, JsonObject[]]>([
		['a payment in dollars', [line('A', dollars)]],
		['a payment in rubles', [line('A')]],
		['payments in two currencies', [line('A'), line('A', dollars)]],
		['a return of nothing', [line('A', { type: 'Refund', amountMinorUnits: 0 })]],
	])('row without an amount, %s: not matched', (_, lines) => {
		const sheet: SheetRow[] = [{ sessionId: 'ps_1', reference: 'A' }];
		expect(compare(sheet, lines)[0].fields.result).toBe('amountDiffers');
		const byReference: SheetRow[] = [{ sessionId: '', reference: 'A' }];
		expect(compare(byReference, lines)[0].fields.result).toBe('amountDiffers');
	});

	test('two rows without an amount, two payments in dollars: neither is matched', () => {
		const sheet: SheetRow[] = [
			{ sessionId: 'ps_1', reference: '' },
			{ sessionId: 'ps_1', reference: '' },
		];
		const results = compare(sheet, [line(undefined, dollars), line(undefined, dollars)]);
		expect(results.map(({ fields }) => fields.result)).toEqual([
			'amountDiffers',
			'duplicateInSheet',
		]);
	});
});

test.each([
	['RUBLE', 'RUBLE'],
	['р.', 'Р'],
	['руб. РФ', 'РУБРФ'],
	['BYN', 'BYN'],
	['933', '933'],
])(
	'a row in rubles differs from a line of the currency %s, and the advice names it',
	(currency, code) => {
		expect(compare([row('A-1')], [line('A-1', { currency })])).toMatchObject([
			{
				fields: { result: 'amountDiffers' },
				advice: { code: 'otherCurrency', currencies: [code] },
			},
		]);
	},
);
