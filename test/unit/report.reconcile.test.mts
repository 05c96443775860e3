import fc from 'fast-check';

import type { JsonObject } from '../../bank131/lib/json.ts';
import { describeFinding } from '../../bank131/reports/describeFindings.ts';
import { reconcile } from '../../bank131/reports/reconcile.ts';
import type { SheetRow } from '../../bank131/reports/rowComparison.ts';
import { summariseFindings } from '../../bank131/reports/summaries.ts';
import { growth, LINEAR } from '../support/growth.mts';

const sheetRow = (sessionId: string, minorUnits: number, reference = ''): SheetRow => ({
	sessionId,
	reference,
	minorUnits,
});
let lastId = 0;
const line = (sessionId: string, amountMinorUnits: number, more: JsonObject = {}): JsonObject => ({
	report: 'payout',
	type: 'Advice',
	sessionId,
	payoutId: `po_${++lastId}`,
	amountMinorUnits,
	currency: 'RUB',
	...more,
});
const refund = (sessionId: string, amount: number, more: JsonObject = {}) =>
	line(sessionId, amount, { type: 'Refund', ...more });

/** The fields and the advice of every finding, in one object each. */
const describeAll = (sheet: SheetRow[], lines: JsonObject[]): JsonObject[] =>
	reconcile(sheet, lines).findings.map((finding) => {
		const { fields, advice } = describeFinding(finding, sheet);
		return advice ? { ...fields, advice } : fields;
	});
const resultsOf = (sheet: SheetRow[], lines: JsonObject[]) =>
	describeAll(sheet, lines).map(({ result }) => result);

test('the findings are in the order of the sheet, then the operations that it does not have', () => {
	const sheet = [sheetRow('ps_4', 100), sheetRow('ps_1', 10000), sheetRow('ps_2', 20000)];
	const lines = [line('ps_9', 700), line('ps_2', 20001), line('ps_1', 10000)];
	expect(describeAll(sheet, lines)).toMatchObject([
		{
			result: 'missingAtBank',
			sessionId: 'ps_4',
			sheetAmount: '1.00',
			advice: { code: 'notInReport' },
		},
		{ result: 'matched', sessionId: 'ps_1', difference: '0.00', payoutId: lines[2].payoutId },
		{
			result: 'amountDiffers',
			sheetAmount: '200.00',
			sheetAmountMinorUnits: 20000,
			bankAmount: '200.01',
			bankAmountMinorUnits: 20001,
			difference: '0.01',
			differenceMinorUnits: 1,
			advice: { code: 'bankPaidMore' },
		},
		{
			result: 'missingInSheet',
			sessionId: 'ps_9',
			bankAmount: '7.00',
			advice: { code: 'notInSheet' },
		},
	]);
});

test('a payout of less than the row says differs, with a negative difference', () => {
	expect(describeAll([sheetRow('ps_1', 100)], [line('ps_1', 99)])).toMatchObject([
		{ result: 'amountDiffers', differenceMinorUnits: -1, advice: { code: 'bankPaidLess' } },
	]);
});

test('a payout with a refund is returned, with both sums', () => {
	const lines = [line('ps_1', 10000), refund('ps_1', 10000)];
	expect(describeAll([sheetRow('ps_1', 10000)], lines)).toMatchObject([
		{
			result: 'returned',
			bankAmount: '100.00',
			returnedAmount: '100.00',
			difference: '0.00',
			advice: { code: 'returnedByRecipientBank' },
		},
	]);
});

test('a payment with a refund is returned to the payer', () => {
	const payment = { report: 'payment', payoutId: undefined, paymentId: 'pm_1' };
	const lines = [line('ps_1', 10000, payment), refund('ps_1', -10000, payment)];
	expect(describeAll([sheetRow('ps_1', 10000)], lines)).toMatchObject([
		{ result: 'returned', paymentId: 'pm_1', advice: { code: 'returnedToPayer' } },
	]);
});

test.each([
	['Reversal', { code: 'typeUnknown', type: 'Reversal' }],
	[undefined, { code: 'typeMissing' }],
])('an operation of the type %s is unclear and counts as paid', (type, advice) => {
	const sheet = [sheetRow('ps_1', 10000)];
	const lines = [line('ps_1', 10000, { type }), line('ps_2', 700, { type })];
	expect(describeAll(sheet, lines)).toMatchObject([
		{ result: 'unclear', bankAmount: '100.00', advice },
		{ result: 'unclear', bankAmount: '7.00', advice },
	]);
	expect(summariseFindings(reconcile(sheet, lines), sheet)).toEqual({
		counts: [{ result: 'unclear', count: 2 }],
		sheetMinorUnits: 10000,
		bankTotals: [{ currency: 'RUB', paid: 10700, returned: 0 }],
		repeatedLines: 0,
		isClean: false,
	});
});

test('the advice holds at most 40 characters of an unknown type', () => {
	const lines = [line('ps_1', 10000, { type: 'x'.repeat(41) })];
	expect(describeAll([], lines)).toMatchObject([
		{ result: 'unclear', advice: { code: 'typeUnknown', type: 'x'.repeat(40) } },
	]);
});

test.each(['Reversal', undefined])('a negative amount of the type %s is a return', (type) => {
	const lines = [line('ps_1', 10000), line('ps_1', -10000, { type })];
	expect(resultsOf([sheetRow('ps_1', 10000)], lines)).toEqual(['returned']);
});

test('a return without its payout in the report is returned, without a difference', () => {
	const [withRow, withoutRow] = describeAll(
		[sheetRow('ps_1', 10000)],
		[refund('ps_1', -10000), refund('ps_2', 5)],
	);
	expect(withRow).toMatchObject({ result: 'returned', returnedAmount: '100.00' });
	expect(withRow).not.toHaveProperty('difference');
	expect(withRow).not.toHaveProperty('bankAmount');
	expect(withoutRow).toMatchObject({
		result: 'missingInSheet',
		returnedAmount: '0.05',
		advice: { code: 'paidInEarlierReport' },
	});
});

test('two payouts of one session against one row differ from it by their sum', () => {
	const lines = [line('ps_1', 100), line('ps_1', 100)];
	expect(describeAll([sheetRow('ps_1', 100)], lines)).toMatchObject([
		{ result: 'amountDiffers', differenceMinorUnits: 100 },
	]);
});

describe('of two rows that name one payout, the second is a duplicate', () => {
	test('by session', () => {
		const sheet = [sheetRow('ps_1', 100), sheetRow('ps_1', 100)];
		expect(describeAll(sheet, [line('ps_1', 100)])).toMatchObject([
			{ result: 'matched' },
			{ result: 'duplicateInSheet', advice: { code: 'duplicateRow' } },
		]);
	});

	test('by reference', () => {
		const sheet = [sheetRow('', 100, 'A'), sheetRow('', 100, 'A')];
		expect(resultsOf(sheet, [line('ps_1', 100, { reference: 'A' })])).toEqual([
			'matched',
			'duplicateInSheet',
		]);
	});

	test('unless only the second has the amount of the payout', () => {
		const sheet = [sheetRow('ps_1', 90), sheetRow('ps_1', 100)];
		expect(resultsOf(sheet, [line('ps_1', 100)])).toEqual(['duplicateInSheet', 'matched']);
	});
});

test('several rows and several payouts of one session are matched one by one', () => {
	const sheet = [sheetRow('ps_1', 50), sheetRow('ps_1', 100), sheetRow('ps_1', 7)];
	const [a, b, c] = [line('ps_1', 100), line('ps_1', 50), line('ps_1', 8)];
	const returned = refund('ps_1', 50);
	expect(describeAll(sheet, [a, b, c, returned])).toMatchObject([
		{ result: 'returned', bankAmountMinorUnits: 50, returnedAmountMinorUnits: 50 },
		{ result: 'matched', payoutId: a.payoutId },
		{ result: 'amountDiffers', payoutId: c.payoutId, differenceMinorUnits: 1 },
	]);
	expect(resultsOf(sheet.slice(0, 2), [a, b, c])).toEqual(['matched', 'matched', 'missingInSheet']);
});

describe('a payment and a payout of one session, in reports of both kinds', () => {
	const payment = line('ps_1', 100, { report: 'payment', paymentId: 'pm_1' });
	const payout = line('ps_1', 95);

	describe.each([
		['payment report first', [payment, payout]],
		['payout report first', [payout, payment]],
	])('%s', (_name, lines) => {
		test('a row with the amount of the payout matches it, and the payment has no row', () => {
			expect(describeAll([sheetRow('ps_1', 95)], lines)).toMatchObject([
				{ result: 'matched', bankAmountMinorUnits: 95 },
				{ result: 'missingInSheet', bankAmountMinorUnits: 100 },
			]);
		});

		test('two rows with both amounts match', () => {
			const sheet = [sheetRow('ps_1', 100), sheetRow('ps_1', 95)];
			expect(resultsOf(sheet, lines)).toEqual(['matched', 'matched']);
		});

		test('a row with another amount differs from one of them', () => {
			expect(resultsOf([sheetRow('ps_1', 90)], lines)).toEqual(['amountDiffers', 'missingInSheet']);
		});

		test('a row with the sum of both does not match', () => {
			expect(resultsOf([sheetRow('ps_1', 195)], lines)).not.toContain('matched');
		});
	});

	const returned = refund('ps_1', 100, { report: 'payment' });

	test('a refund of the payment does not change the match of the payout', () => {
		expect(resultsOf([sheetRow('ps_1', 95)], [payment, payout, returned])).toEqual([
			'matched',
			'missingInSheet',
		]);
	});

	test('a row with another amount is compared with the payout, not with a return alone', () => {
		expect(resultsOf([sheetRow('ps_1', 90)], [returned, payout])).toEqual([
			'amountDiffers',
			'missingInSheet',
		]);
	});
});

test('a row without a session, or with one that is not in the report, matches by reference', () => {
	const lines = [line('ps_1', 100, { reference: 'A' }), line('ps_2', 200, { reference: 'B' })];
	const findings = describeAll([sheetRow('', 100, ' A '), sheetRow('ps_old', 200, 'B')], lines);
	expect(findings).toMatchObject([
		{ result: 'matched', matchedBy: 'reference', sessionId: 'ps_1' },
		{ result: 'matched', matchedBy: 'reference', sessionId: 'ps_2' },
	]);
	expect(findings[0]).not.toHaveProperty('advice');
	expect(findings[1].advice).toEqual({ code: 'matchedByReference', sheetSessionId: 'ps_old' });
});

test('a session that one row names by id does not match another row by reference', () => {
	const sheet = [sheetRow('ps_failed', 100, 'A'), sheetRow('ps_2', 100, 'A')];
	expect(resultsOf(sheet, [line('ps_2', 100, { reference: 'A' })])).toEqual([
		'missingAtBank',
		'matched',
	]);
});

test('of two sessions with one reference, the row matches the one with its amount', () => {
	const lines = [line('ps_1', 99, { reference: 'A' }), line('ps_2', 100, { reference: 'A' })];
	expect(describeAll([sheetRow('', 100, 'A')], lines)).toMatchObject([
		{ result: 'matched', sessionId: 'ps_2' },
		{ result: 'missingInSheet', sessionId: 'ps_1', reference: 'A' },
	]);
});

test('a line that appears twice in the report counts once', () => {
	const repeated = line('ps_1', 100, { finishedAt: '2026-05-01T10:00:00+03:00' });
	const reconciliation = reconcile([sheetRow('ps_1', 100)], [repeated, { ...repeated }]);
	expect(reconciliation).toMatchObject({ findings: [{ result: 'matched' }], repeatedLines: 1 });
});

test('the summary counts the findings of each result and adds up both sides', () => {
	const sheet = [sheetRow('ps_1', 10000), sheetRow('ps_2', 5)];
	const lines = [line('ps_1', 10000), refund('ps_3', 700)];
	expect(summariseFindings(reconcile(sheet, lines), sheet)).toEqual({
		counts: [
			{ result: 'matched', count: 1 },
			{ result: 'missingAtBank', count: 1 },
			{ result: 'missingInSheet', count: 1 },
		],
		sheetMinorUnits: 10005,
		bankTotals: [{ currency: 'RUB', paid: 10000, returned: 700 }],
		repeatedLines: 0,
		isClean: false,
	});
});

test('the summary of two empty lists is clean', () => {
	expect(summariseFindings(reconcile([], []), [])).toMatchObject({ counts: [], isClean: true });
});

test('the summary of matched rows with a repeated line is not clean', () => {
	const sheet = [sheetRow('ps_1', 100)];
	const repeated = line('ps_1', 100);
	expect(summariseFindings(reconcile(sheet, [repeated, { ...repeated }]), sheet)).toMatchObject({
		counts: [{ result: 'matched', count: 1 }],
		repeatedLines: 1,
		isClean: false,
	});
});

describe('for any sheet and any report', () => {
	const id = fc.constantFrom('', 'ps_1', 'ps_2', 'ps_3', '4');
	const reference = fc.constantFrom('', 'A', 'B', 'C');
	const amount = fc.integer({ min: 1, max: 4 });
	const sheets = fc.array(fc.record({ sessionId: id, reference, minorUnits: amount }), {
		maxLength: 12,
	});
	const reports = fc
		.array(
			fc.record({
				sessionId: id,
				reference,
				amountMinorUnits: amount,
				type: fc.constantFrom('Advice', 'Advice', 'Refund'),
			}),
			{ maxLength: 12 },
		)
		.map((lines) =>
			lines.map(
				(one, index): JsonObject => ({ report: 'payout', payoutId: `po_${index}`, ...one }),
			),
		);

	test('every row of the sheet and every line of the report is in exactly one finding', () => {
		fc.assert(
			fc.property(sheets, reports, (sheet, lines) => {
				const { findings } = reconcile(sheet, lines);
				const rows = findings.flatMap(({ sheetRow }) => sheetRow ?? []);
				expect(rows).toEqual(sheet.map((_, index) => index));
				const bankLines = findings.flatMap(({ operations: bank }) => bank?.lines ?? []);
				expect(new Set(bankLines).size).toBe(bankLines.length);
				expect(bankLines).toHaveLength(lines.length);
				for (const { result, operations: bank, sheetRow: index } of findings) {
					const hasNoBankSide = result === 'missingAtBank' || result === 'duplicateInSheet';
					expect(bank === undefined).toBe(hasNoBankSide);
					expect(index === undefined).toBe(result === 'missingInSheet');
				}
			}),
			{ numRuns: 1000 },
		);
	});

	test('a matched row has the session or reference and the sum of its lines, and none is a return', () => {
		fc.assert(
			fc.property(sheets, reports, (sheet, lines) => {
				for (const { result, sheetRow: index, operations: bank } of reconcile(sheet, lines)
					.findings) {
					if (result !== 'matched' || index === undefined || !bank) continue;
					const row = sheet[index];
					const [{ sessionId, reference }] = bank.lines;
					const references = lines
						.filter((one) => sessionId !== '' && one.sessionId === sessionId)
						.map((one) => one.reference);
					const sameReference =
						row.reference !== '' && [reference, ...references].includes(row.reference);
					expect((sessionId !== '' && sessionId === row.sessionId) || sameReference).toBe(true);
					expect(bank.lines.every(({ type }) => type === 'Advice')).toBe(true);
					const paid = bank.lines.reduce((sum, one) => sum + Number(one.amountMinorUnits), 0);
					expect(paid).toBe(row.minorUnits);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	test('a sheet made from the report matches completely, in any order', () => {
		const distinctSessions = fc
			.uniqueArray(fc.record({ n: fc.integer({ min: 1, max: 99 }), amount }), {
				selector: ({ n }) => n,
			})
			.chain((list) =>
				fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
			);
		fc.assert(
			fc.property(distinctSessions, fc.boolean(), ([list, shuffled], byReference) => {
				const lines = list.map((one) =>
					line(`ps_${one.n}`, one.amount, { reference: `R${one.n}` }),
				);
				const sheet = shuffled.map((one) =>
					byReference ? sheetRow('', one.amount, `R${one.n}`) : sheetRow(`ps_${one.n}`, one.amount),
				);
				expect(resultsOf(sheet, lines).every((result) => result === 'matched')).toBe(true);
				expect(resultsOf(sheet, lines)).toHaveLength(list.length);
			}),
		);
	});
});

test.each([
	['one session and one reference each', (n: number) => `ps_${n}`, (n: number) => `R${n}`],
	['one reference for all', (n: number) => `ps_${n}`, () => 'same'],
])('20,000 rows with %s: linear time', (_name, session, reference) => {
	const compare = (count: number) => {
		const numbers = Array.from({ length: count }, (_, index) => index);
		const lines = numbers.map((n) => line(session(n), n + 1, { reference: reference(n) }));
		const sheet = numbers.map((n) => sheetRow('', n + 1, reference(n)));
		expect(new Set(resultsOf(sheet, lines))).toEqual(new Set(['matched']));
	};
	expect(growth(compare, 2_000)).toBeLessThan(LINEAR);
});

describe('other currencies', () => {
	const usd = { currency: 'USD' };

	test('a row of 100 rubles does not match 100 dollars', () => {
		const [finding] = describeAll([sheetRow('ps_1', 10000)], [line('ps_1', 10000, usd)]);
		expect(finding).toMatchObject({
			result: 'amountDiffers',
			sheetAmount: '100.00',
			bankAmount: '100.00',
			currency: 'USD',
			advice: { code: 'otherCurrency', currencies: ['USD'] },
		});
		expect(finding).not.toHaveProperty('difference');
	});

	test('a returned payout in dollars is returned', () => {
		const lines = [line('ps_1', 10000, usd), refund('ps_1', 10000, usd)];
		expect(resultsOf([sheetRow('ps_1', 10000)], lines)).toEqual(['returned']);
	});

	test.each(['RUB', 'rub', 'RUR', 'руб.', '₽', '643', '810', undefined])(
		'a row in rubles matches a line of the currency %s',
		(currency) => {
			const lines = [line('ps_1', 10000, { currency })];
			expect(resultsOf([sheetRow('ps_1', 10000)], lines)).toEqual(['matched']);
		},
	);

	test('an adjustment in rubles is not advised as another currency', () => {
		const lines = [line('ps_1', 0, { type: 'Adjustment' })];
		expect(describeAll([sheetRow('ps_1', 10000)], lines)).toMatchObject([
			{ result: 'amountDiffers', advice: { code: 'bankPaidLess' } },
		]);
	});

	test('a session of several currencies has no sum and no difference', () => {
		const lines = [line('ps_1', 4000, usd), line('ps_1', 6000)];
		const [finding] = describeAll([sheetRow('ps_1', 10000)], lines);
		expect(finding).toMatchObject({
			result: 'amountDiffers',
			currency: 'RUB, USD',
			advice: { code: 'otherCurrency', currencies: ['RUB', 'USD'] },
		});
		for (const name of ['bankAmount', 'difference']) expect(finding).not.toHaveProperty(name);
	});

	test('of two sessions with one reference and amount, the row matches the one in rubles', () => {
		const lines = [
			line('ps_1', 10000, { reference: 'A-1', ...usd }),
			line('ps_2', 10000, { reference: 'A-1' }),
		];
		expect(describeAll([sheetRow('', 10000, 'A-1')], lines)).toMatchObject([
			{ result: 'matched', sessionId: 'ps_2' },
			{ result: 'missingInSheet', sessionId: 'ps_1', currency: 'USD' },
		]);
	});

	test('of the payouts of one session, each row matches one in rubles', () => {
		const lines = [line('ps_1', 100, usd), line('ps_1', 100), line('ps_1', 200)];
		expect(resultsOf([sheetRow('ps_1', 100), sheetRow('ps_1', 200)], lines)).toEqual([
			'matched',
			'matched',
			'missingInSheet',
		]);
	});

	test('the summary has the sums of each currency, rubles first', () => {
		const lines = [line('ps_1', 10000, usd), refund('ps_3', 100, usd), line('ps_2', 700)];
		const sheet = [sheetRow('ps_1', 10000), sheetRow('ps_2', 700)];
		expect(summariseFindings(reconcile(sheet, lines), sheet)).toMatchObject({
			counts: [
				{ result: 'matched', count: 1 },
				{ result: 'amountDiffers', count: 1 },
				{ result: 'missingInSheet', count: 1 },
			],
			sheetMinorUnits: 10700,
			bankTotals: [
				{ currency: 'RUB', paid: 700, returned: 0 },
				{ currency: 'USD', paid: 10000, returned: 100 },
			],
		});
	});

	test.each([undefined, 'RUR'])(
		'a line of the currency %s is described as RUB, with a difference',
		(currency) => {
			expect(
				describeAll([sheetRow('ps_1', 10000)], [line('ps_1', 10000, { currency })]),
			).toMatchObject([{ result: 'matched', currency: 'RUB', difference: '0.00' }]);
		},
	);
});

test.each([
	['PAY\u20111', 'PAY-1'],
	['PAY-1', 'ＰＡＹ－１'],
	['row\u00a0 1', 'row 1'],
])(
	'a row with the reference %j matches a line with %j, and keeps its form',
	(reference, atBank) => {
		const lines = [line('ps_1', 10000, { reference: atBank })];
		expect(describeAll([sheetRow('', 10000, reference)], lines)).toMatchObject([
			{ result: 'matched', matchedBy: 'reference', reference },
		]);
	},
);
