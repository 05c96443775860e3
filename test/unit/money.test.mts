import fc from 'fast-check';

import {
	checkCurrency,
	formatAmount,
	parseAmount,
	type AmountUnit,
} from '../../bank131/values/money.ts';
import type { ValueProblem } from '../../bank131/values/problems.ts';
import { requestProblemText } from '../../nodes/Bank131/parameters/requestProblemTexts.ts';

/** The minor units of an amount that must be accepted. */
function minorUnits(input: unknown, unit: AmountUnit = 'major', currency = 'rub'): number {
	const result = parseAmount(input, unit, currency);
	if (!result.ok) throw new Error(result.problem.code);
	return result.value.minorUnits;
}

/** The problem of an amount that must be refused. */
function problemOf(input: unknown, unit: AmountUnit = 'major'): ValueProblem | undefined {
	const result = parseAmount(input, unit, 'rub');
	return result.ok ? undefined : result.problem;
}

const empty: ValueProblem = { code: 'amount.empty' };
const notANumber: ValueProblem = { code: 'amount.notANumber' };
const unreadable: ValueProblem = { code: 'amount.unreadable' };
const tooManyDecimals: ValueProblem = { code: 'amount.tooManyDecimals' };
const tooLarge: ValueProblem = { code: 'amount.tooLarge' };
const zero: ValueProblem = { code: 'amount.zero' };
const negative: ValueProblem = { code: 'amount.negative' };
const notExact: ValueProblem = { code: 'amount.notExact' };
const leadingZero: ValueProblem = { code: 'amount.leadingZero' };
const notWhole: ValueProblem = { code: 'amount.notWhole', currency: 'rub' };
const ambiguous = (
	text: string,
	whole: string,
	decimal: string,
	shortDecimal: string,
): ValueProblem => ({ code: 'amount.ambiguous', text, whole, decimal, shortDecimal });

describe('parseAmount in major units', () => {
	it.each<[unknown, number]>([
		[1500, 150000],
		[1500.5, 150050],
		[0.01, 1],
		[0.07, 7],
		[1.1, 110],
		[522.56, 52256],
		[9.95, 995],
		[8.2, 820],
		[1.234e3, 123400],
		[9_007_199_254.99, 900719925499],
		[10n, 1000],
		['1500', 150000],
		['  1500 ', 150000],
		['1500.5', 150050],
		['1500,5', 150050],
		['1500.50', 150050],
		['0,01', 1],
		['1 500,50', 150050],
		['1\u00a0500,50', 150050],
		['1\u202f500,50', 150050],
		['1\u2009500,50', 150050],
		['1 500', 150000],
		['1 500 000.00', 150000000],
		["1'500.50", 150050],
		['1’500.50', 150050],
		['1,500.50', 150050],
		['1.500,50', 150050],
		['1,500,000', 150000000],
		['1.500.000', 150000000],
		['1.500.000,5', 150000050],
		['12,500.00', 1250000],
		['1 500 ₽', 150000],
		['₽1500', 150000],
		['1500 руб.', 150000],
		['1500руб', 150000],
		['1500 рублей', 150000],
		['1500р.', 150000],
		['1500 RUB', 150000],
		['rub 1 500,50', 150050],
		['1234,500', 123450],
		['0.500', 50],
		['1500.000', 150000],
		['1500.5000', 150050],
		['1 500,5000', 150050],
		['1500.500000000000000000', 150050],
		[0.1 + 0.2, 30],
		[1799.1000000000001, 179910],
		['1799.1000000000001', 179910],
		['1799,1000000000001', 179910],
		[3.3000000000000003, 330],
		['3.3000000000000003', 330],
		['1799.0999999999999', 179910],
		['0.99999999999999999', 100],
		['999.99999999999999', 100000],
		[4.35 * 100, 43500],
		[1.15 + 2.3, 345],
		['1 799.1000000000001 ₽', 179910],
	])('reads %p as %p kopecks', (input, expected) => {
		expect(minorUnits(input)).toBe(expected);
	});

	it.each<[unknown, ValueProblem]>([
		['', empty],
		['   ', empty],
		[undefined, empty],
		[null, empty],
		['1,500', ambiguous('1,500', '1500', '1.500', '1.50')],
		['1.500', ambiguous('1.500', '1500', '1.500', '1.50')],
		['12,500', ambiguous('12,500', '12500', '12.500', '12.50')],
		['999.999', ambiguous('999.999', '999999', '999.999', '999.99')],
		['1,500 ₽', ambiguous('1,500', '1500', '1.500', '1.50')],
		['1500.505', tooManyDecimals],
		['1 500.505', tooManyDecimals],
		[1.005, tooManyDecimals],
		['1.005', ambiguous('1.005', '1005', '1.005', '1.00')],
		['1.0050', tooManyDecimals],
		[1395.0527999999997, tooManyDecimals],
		['1395.0527999999997', tooManyDecimals],
		['1234.567', tooManyDecimals],
		['9999999999.9951', tooManyDecimals],
		['1.00500000000000001', tooManyDecimals],
		['0.000000000000001', tooManyDecimals],
		[1234.567, tooManyDecimals],
		[0, zero],
		[-0, zero],
		['0', zero],
		['0.00', zero],
		[-1, negative],
		['-5', negative],
		['−5', negative],
		['(500)', negative],
		[NaN, notANumber],
		[Infinity, notANumber],
		[1e21, notExact],
		[1e-7, notExact],
		[true, notANumber],
		[{}, notANumber],
		[[1500], notANumber],
		['1e3', unreadable],
		['0x10', unreadable],
		['1 5 0 0', unreadable],
		['12 34', unreadable],
		['1  500', unreadable],
		['1500.', unreadable],
		['.5', unreadable],
		['₽.50', unreadable],
		['1500.50.', unreadable],
		['+500', unreadable],
		['1,50,000', unreadable],
		['1.500.00', unreadable],
		['1,500 000', unreadable],
		['1,2,3', unreadable],
		['1.500.50,5', unreadable],
		['１５００', unreadable],
		['١٥٠٠', unreadable],
		['१५००', unreadable],
		['1\n500', unreadable],
		['1500 руб 50 коп', unreadable],
		['fifteen', unreadable],
		['$1500', { code: 'amount.otherCurrency', mark: '$', currency: 'rub' }],
		['1500 EUR', { code: 'amount.otherCurrency', mark: 'EUR', currency: 'rub' }],
		['0100', leadingZero],
		['00.50', leadingZero],
		['10000000000.01', tooLarge],
		['99999999999999999999', tooLarge],
		[Number.MAX_SAFE_INTEGER, tooLarge],
		['9'.repeat(50), { code: 'amount.tooLong' }],
	])('refuses %p: %p', (input, problem) => {
		expect(problemOf(input)).toEqual(problem);
	});

	it.each<[unknown, string, number]>([
		['$15', 'USD', 1500],
		['15 евро', 'eur', 1500],
	])('reads %p for a payout in %s as %p cents', (input, currency, amount) => {
		expect(parseAmount(input, 'major', currency)).toEqual({
			ok: true,
			value: { minorUnits: amount, currency: currency.toLowerCase() },
		});
	});

	it.each<[string, ValueProblem]>([
		['KZT', { code: 'currency.notSupported' }],
		['toString', { code: 'currency.notSupported' }],
		['', { code: 'currency.empty' }],
	])('refuses an amount in the currency %p: %p', (currency, problem) => {
		expect(parseAmount('15', 'major', currency)).toEqual({ ok: false, problem });
	});

	it('accepts a currency code in any case and with spaces around it', () => {
		expect(checkCurrency(' Rub ')).toEqual({ ok: true, value: 'rub' });
	});
});

describe('parseAmount in minor units', () => {
	it.each<[unknown, number]>([
		[150050, 150050],
		['150050', 150050],
		['150 050', 150050],
		[1, 1],
		[1_000_000_000_000, 1_000_000_000_000],
	])('reads %p as %p kopecks', (input, expected) => {
		expect(minorUnits(input, 'minor')).toBe(expected);
	});

	it.each<[unknown, ValueProblem]>([
		[1500.5, notWhole],
		[19.99 * 100, notWhole],
		['1500.00', notWhole],
		['1,500', notWhole],
		['0150', notWhole],
		['1500 ₽', { code: 'amount.markedAsMajor', mark: '₽', currency: 'rub' }],
		[0, zero],
		[-4, negative],
		['abc', unreadable],
	])('refuses %p: %p', (input, problem) => {
		expect(problemOf(input, 'minor')).toEqual(problem);
	});
});

describe('parseAmount and formatAmount', () => {
	const kopecks = fc.integer({ min: 1, max: 1_000_000_000_000 });
	const grouped = (text: string, separator: string) =>
		text.replace(/\B(?=(\d{3})+(?!\d))/g, separator);

	it('parseAmount reads back what formatAmount wrote', () => {
		fc.assert(
			fc.property(kopecks, (amount) => {
				expect(minorUnits(formatAmount(amount, 'rub'))).toBe(amount);
			}),
		);
	});

	it('an amount with two decimals is read with every kind of thousands separator', () => {
		const styles = fc.constantFrom(
			[' ', ','],
			[' ', '.'],
			['\u00a0', ','],
			["'", '.'],
			[',', '.'],
			['.', ','],
			['', '.'],
		);
		fc.assert(
			fc.property(kopecks, styles, (amount, [separator, point]) => {
				const [whole, fraction] = formatAmount(amount, 'rub').split('.');
				expect(minorUnits(grouped(whole, separator) + point + fraction)).toBe(amount);
			}),
		);
	});

	it('a JavaScript number with two decimals is read exactly', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (amount) => {
				expect(minorUnits(amount / 100)).toBe(amount);
			}),
		);
	});

	it('a text with one separator before three digits is refused', () => {
		const group = fc.integer({ min: 0, max: 999 }).map((n) => String(n).padStart(3, '0'));
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 999 }),
				fc.constantFrom('.', ','),
				group,
				(head, sign, tail) => {
					expect(parseAmount(`${head}${sign}${tail}`, 'major', 'rub').ok).toBe(false);
				},
			),
		);
	});

	it('any input gives a positive safe integer, or a problem with a sentence', () => {
		const hostile = fc.oneof(
			fc.anything(),
			fc.string({ unit: fc.constantFrom(..."0123456789., '₽р-+e\u00a0"), maxLength: 12 }),
		);
		fc.assert(
			fc.property(hostile, fc.constantFrom<AmountUnit>('major', 'minor'), (input, unit) => {
				const result = parseAmount(input, unit, 'rub');
				if (!result.ok) {
					const { message, remedy } = requestProblemText(result.problem);
					return message.length > 5 && remedy.length > 5;
				}
				return Number.isSafeInteger(result.value.minorUnits) && result.value.minorUnits > 0;
			}),
			{ numRuns: 5000 },
		);
	});

	it('an accepted text has the value of its digits, with a last separator of its own, or before 1 or 2 digits, as decimal sign', () => {
		const text = fc.string({ unit: fc.constantFrom(..."0123456789., '"), maxLength: 12 });
		fc.assert(
			fc.property(text, (input) => {
				const result = parseAmount(input, 'major', 'rub');
				fc.pre(result.ok);
				const match = /^(.*?)(?:([.,])(\d+))?$/.exec(input.trim())!;
				const [, before, sign, after = ''] = match;
				const isDecimalSign = after.length < 3 || !before.includes(sign);
				const whole = (isDecimalSign ? before : input).replace(/\D/g, '');
				const decimals = isDecimalSign ? after.replace(/0+$/, '') : '';
				expect(result.ok && result.value.minorUnits).toBe(
					Number(BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))),
				);
			}),
			{ numRuns: 2000 },
		);
	});

	it.each<[number, string, string]>([
		[150050, 'rub', '1500.50'],
		[5, 'RUB', '0.05'],
		[0, 'usd', '0.00'],
		[-105, 'eur', '-1.05'],
		[100, 'xyz', '1.00'],
		[1.5, 'rub', '1.5'],
	])('formatAmount writes %p %s as %s', (amount, currency, text) => {
		expect(formatAmount(amount, currency)).toBe(text);
	});
});
