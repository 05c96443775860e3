import fc from 'fast-check';

import { describeFinding, summariseFindings } from '../../bank131/reports/describeFindings.ts';
import type { JsonObject } from '../../bank131/lib/json.ts';
import { reconcile, type SheetRow } from '../../bank131/reports/reconcile.ts';

const own = (sessionId: string, minorUnits: number, reference = ''): SheetRow => ({
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

const compared = (sheet: SheetRow[], lines: JsonObject[]) =>
	reconcile(sheet, lines).findings.map((finding) => describeFinding(finding, sheet));
const results = (sheet: SheetRow[], lines: JsonObject[]) =>
	compared(sheet, lines).map(({ result }) => result);

test('matched, differs, missing on either side, in the order of the sheet', () => {
	const sheet = [own('ps_4', 100), own('ps_1', 10000), own('ps_2', 20000)];
	const lines = [line('ps_9', 700), line('ps_2', 20001), line('ps_1', 10000)];
	expect(compared(sheet, lines)).toMatchObject([
		{ result: 'missingAtBank', sessionId: 'ps_4', sheetAmount: '1.00' },
		{ result: 'matched', sessionId: 'ps_1', difference: '0.00', payoutId: lines[2].payoutId },
		{
			result: 'amountDiffers',
			sheetAmount: '200.00',
			sheetAmountMinorUnits: 20000,
			bankAmount: '200.01',
			bankAmountMinorUnits: 20001,
			difference: '0.01',
			differenceMinorUnits: 1,
		},
		{ result: 'missingInSheet', sessionId: 'ps_9', bankAmount: '7.00' },
	]);
});

test('paid and sent back is returned, with both sums', () => {
	const lines = [line('ps_1', 10000), refund('ps_1', 10000)];
	expect(compared([own('ps_1', 10000)], lines)).toMatchObject([
		{ result: 'returned', bankAmount: '100.00', returnedAmount: '100.00', difference: '0.00' },
	]);
});

test.each([
	['Reversal', '"Reversal"'],
	[undefined, 'all columns'],
])('an operation of the type %s is unclear: it may be a payout or a return', (type, words) => {
	const sheet = [own('ps_1', 10000)];
	const lines = [line('ps_1', 10000, { type }), line('ps_2', 700, { type })];
	expect(compared(sheet, lines)).toMatchObject([
		{ result: 'unclear', bankAmount: '100.00', advice: expect.stringContaining(words) },
		{ result: 'unclear', bankAmount: '7.00', advice: expect.stringContaining(words) },
	]);
	expect(summariseFindings(reconcile(sheet, lines), sheet)).toEqual({
		message: '2 unclear. In the sheet 100.00, at the bank 107.00, returned 0.00 RUB.',
		clean: false,
	});
	expect(results(sheet, [line('ps_1', 10000), line('ps_1', -10000, { type })])).toEqual([
		'returned',
	]);
});

test('a return whose payout is in an earlier report is told, without a difference', () => {
	const [known, unknown] = compared(
		[own('ps_1', 10000)],
		[refund('ps_1', -10000), refund('ps_2', 5)],
	);
	expect(known).toMatchObject({ result: 'returned', returnedAmount: '100.00' });
	expect(known).not.toHaveProperty('difference');
	expect(known).not.toHaveProperty('bankAmount');
	expect(unknown).toMatchObject({ result: 'missingInSheet', returnedAmount: '0.05' });
});

test('two payouts of one session against one row: the sum differs', () => {
	const found = compared([own('ps_1', 100)], [line('ps_1', 100), line('ps_1', 100)]);
	expect(found).toMatchObject([{ result: 'amountDiffers', differenceMinorUnits: 100 }]);
});

test('a row that stands twice in the sheet matches once', () => {
	const sheet = [own('ps_1', 100), own('ps_1', 100)];
	expect(results(sheet, [line('ps_1', 100)])).toEqual(['matched', 'duplicateInSheet']);
	expect(
		results([own('', 100, 'A'), own('', 100, 'A')], [line('ps_1', 100, { reference: 'A' })]),
	).toEqual(['matched', 'duplicateInSheet']);
	expect(results([own('ps_1', 90), own('ps_1', 100)], [line('ps_1', 100)])).toEqual([
		'duplicateInSheet',
		'matched',
	]);
});

test('several rows and several payouts of one session are matched one by one', () => {
	const sheet = [own('ps_1', 50), own('ps_1', 100), own('ps_1', 7)];
	const [a, b, c] = [line('ps_1', 100), line('ps_1', 50), line('ps_1', 8)];
	const back = refund('ps_1', 50);
	expect(compared(sheet, [a, b, c, back])).toMatchObject([
		{ result: 'returned', bankAmountMinorUnits: 50, returnedAmountMinorUnits: 50 },
		{ result: 'matched', payoutId: a.payoutId },
		{ result: 'amountDiffers', payoutId: c.payoutId, differenceMinorUnits: 1 },
	]);
	expect(results(sheet.slice(0, 2), [a, b, c])).toEqual(['matched', 'matched', 'missingInSheet']);
});

test('a payment and a payout of one session, in reports of both kinds, are not added up', () => {
	const both = [line('ps_1', 100, { report: 'payment', paymentId: 'pm_1' }), line('ps_1', 95)];
	for (const lines of [both, [...both].reverse()]) {
		expect(compared([own('ps_1', 95)], lines)).toMatchObject([
			{ result: 'matched', bankAmountMinorUnits: 95 },
			{ result: 'missingInSheet', bankAmountMinorUnits: 100 },
		]);
		expect(results([own('ps_1', 100), own('ps_1', 95)], lines)).toEqual(['matched', 'matched']);
		expect(results([own('ps_1', 90)], lines)).toEqual(['amountDiffers', 'missingInSheet']);
		expect(results([own('ps_1', 195)], lines)).not.toContain('matched');
	}
	const back = refund('ps_1', 100, { report: 'payment' });
	expect(results([own('ps_1', 95)], [...both, back])).toEqual(['matched', 'missingInSheet']);
	expect(results([own('ps_1', 90)], [back, both[1]])).toEqual(['amountDiffers', 'missingInSheet']);
});

test('the reference helps where the session is missing or another', () => {
	const lines = [line('ps_1', 100, { reference: 'A' }), line('ps_2', 200, { reference: 'B' })];
	const found = compared([own('', 100, ' A '), own('ps_old', 200, 'B')], lines);
	expect(found).toMatchObject([
		{ result: 'matched', matchedBy: 'reference', sessionId: 'ps_1' },
		{ result: 'matched', matchedBy: 'reference', sessionId: 'ps_2' },
	]);
	expect(found[0]).not.toHaveProperty('advice');
	expect(found[1].advice).toContain('the sheet names session ps_old');
});

test('a session that a row names by id is not taken by another row through its reference', () => {
	const sheet = [own('ps_failed', 100, 'A'), own('ps_2', 100, 'A')];
	expect(results(sheet, [line('ps_2', 100, { reference: 'A' })])).toEqual([
		'missingAtBank',
		'matched',
	]);
});

test('one reference paid in two sessions: the equal amount matches, the other one is shown', () => {
	const lines = [line('ps_1', 99, { reference: 'A' }), line('ps_2', 100, { reference: 'A' })];
	expect(compared([own('', 100, 'A')], lines)).toMatchObject([
		{ result: 'matched', sessionId: 'ps_2' },
		{ result: 'missingInSheet', sessionId: 'ps_1', reference: 'A' },
	]);
});

test('a line that was read twice counts once', () => {
	const twice = line('ps_1', 100, { finishedAt: '2026-05-01T10:00:00+03:00' });
	const reconciliation = reconcile([own('ps_1', 100)], [twice, { ...twice }]);
	expect(reconciliation).toMatchObject({ findings: [{ result: 'matched' }], repeatedLines: 1 });
});

test('the summary counts and adds up', () => {
	const sheet = [own('ps_1', 10000), own('ps_2', 5)];
	const lines = [line('ps_1', 10000), refund('ps_3', 700)];
	expect(summariseFindings(reconcile(sheet, lines), sheet)).toEqual({
		message:
			'1 matched, 1 missing at the bank, 1 missing in the sheet. In the sheet 100.05, at the bank 100.00, returned 7.00 RUB.',
		clean: false,
	});
	expect(summariseFindings(reconcile([], []), [])).toMatchObject({ clean: true });
});

describe('for any two lists', () => {
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

	test('every row of the sheet and every line of the report is accounted for exactly once', () => {
		fc.assert(
			fc.property(sheets, reports, (sheet, lines) => {
				const { findings } = reconcile(sheet, lines);
				const rows = findings.flatMap(({ sheetRow }) => sheetRow ?? []);
				expect(rows).toEqual(sheet.map((_, index) => index));
				const used = findings.flatMap(({ bank }) => bank?.lines ?? []);
				expect(new Set(used).size).toBe(used.length);
				expect(used).toHaveLength(lines.length);
				for (const { result, bank, sheetRow } of findings) {
					const without = result === 'missingAtBank' || result === 'duplicateInSheet';
					expect(bank === undefined).toBe(without);
					expect(sheetRow === undefined).toBe(result === 'missingInSheet');
				}
			}),
			{ numRuns: 1000 },
		);
	});

	test('matched means: same session or reference, the same sum, nothing returned', () => {
		fc.assert(
			fc.property(sheets, reports, (sheet, lines) => {
				for (const { result, sheetRow, bank } of reconcile(sheet, lines).findings) {
					if (result !== 'matched' || sheetRow === undefined || !bank) continue;
					const row = sheet[sheetRow];
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

	test('a sheet made of the report itself matches it whole, in any order', () => {
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
					byReference ? own('', one.amount, `R${one.n}`) : own(`ps_${one.n}`, one.amount),
				);
				expect(results(sheet, lines).every((result) => result === 'matched')).toBe(true);
				expect(results(sheet, lines)).toHaveLength(list.length);
			}),
		);
	});
});

test.each([
	['sessions of their own', (n: number) => `ps_${n}`, (n: number) => `R${n}`],
	['one reference for all', (n: number) => `ps_${n}`, () => 'same'],
])('20,000 rows with %s take no long time', (_name, session, reference) => {
	const numbers = Array.from({ length: 20_000 }, (_, index) => index);
	const lines = numbers.map((n) => line(session(n), n + 1, { reference: reference(n) }));
	const sheet = numbers.map((n) => own('', n + 1, reference(n)));
	const began = performance.now();
	expect(new Set(results(sheet, lines))).toEqual(new Set(['matched']));
	expect(performance.now() - began).toBeLessThan(5000);
});

describe('other currencies', () => {
	const usd = { currency: 'USD' };

	test('a hundred rubles are not matched by a hundred dollars', () => {
		const found = compared([own('ps_1', 10000)], [line('ps_1', 10000, usd)]);
		expect(found).toMatchObject([
			{
				result: 'amountDiffers',
				sheetAmount: '100.00',
				bankAmount: '100.00',
				currency: 'USD',
				advice: expect.stringContaining('The report is in USD, the sheet in rubles'),
			},
		]);
		expect(found[0]).not.toHaveProperty('difference');
		const returned = [line('ps_1', 10000, usd), refund('ps_1', 10000, usd)];
		expect(results([own('ps_1', 10000)], returned)).toEqual(['returned']);
	});

	test.each(['RUB', 'rub', 'RUR', 'руб.', '₽', '643', '810', undefined])(
		'rubles are also called %s',
		(currency) => {
			const lines = [line('ps_1', 10000, { currency })];
			expect(results([own('ps_1', 10000)], lines)).toEqual(['matched']);
		},
	);

	test('what is in rubles is not told to be in another currency', () => {
		const lines = [line('ps_1', 0, { type: 'Adjustment' })];
		const [found] = compared([own('ps_1', 10000)], lines);
		expect(found.result).toBe('amountDiffers');
		expect(found.advice).not.toContain('The report is in');
	});

	test('a session of several currencies has no sum', () => {
		const lines = [line('ps_1', 4000, usd), line('ps_1', 6000)];
		const [found] = compared([own('ps_1', 10000)], lines);
		expect(found).toMatchObject({ result: 'amountDiffers', currency: 'RUB, USD' });
		expect(found.advice).toContain('RUB and USD');
		for (const name of ['bankAmount', 'difference']) expect(found).not.toHaveProperty(name);
	});

	test('of two sessions with one reference and size the row means the one in rubles', () => {
		const lines = [
			line('ps_1', 10000, { reference: 'A-1', ...usd }),
			line('ps_2', 10000, { reference: 'A-1' }),
		];
		expect(compared([own('', 10000, 'A-1')], lines)).toMatchObject([
			{ result: 'matched', sessionId: 'ps_2' },
			{ result: 'missingInSheet', sessionId: 'ps_1', currency: 'USD' },
		]);
	});

	test('of two payouts in one session each row means one in rubles', () => {
		const lines = [line('ps_1', 100, usd), line('ps_1', 100), line('ps_1', 200)];
		expect(results([own('ps_1', 100), own('ps_1', 200)], lines)).toEqual([
			'matched',
			'matched',
			'missingInSheet',
		]);
	});

	test('the sums are told for each currency, rubles first', () => {
		const lines = [line('ps_1', 10000, usd), refund('ps_3', 100, usd), line('ps_2', 700)];
		const sheet = [own('ps_1', 10000), own('ps_2', 700)];
		expect(summariseFindings(reconcile(sheet, lines), sheet).message).toBe(
			'1 matched, 1 with another amount, 1 missing in the sheet. In the sheet 107.00, at the bank 7.00, returned 0.00 RUB; at the bank 100.00, returned 1.00 USD.',
		);
	});

	test('a report without currencies, or with the old code of the ruble, is in rubles', () => {
		for (const currency of [undefined, 'RUR']) {
			const lines = [line('ps_1', 10000, { currency })];
			expect(compared([own('ps_1', 10000)], lines)).toMatchObject([
				{ result: 'matched', currency: 'RUB', difference: '0.00' },
			]);
		}
	});
});
