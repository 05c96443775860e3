import fc from 'fast-check';

import {
	checkCurrency,
	formatAmount,
	parseAmount,
	type AmountUnit,
} from '../../bank131/values/money.ts';

function minorUnits(input: unknown, unit: AmountUnit = 'major', currency = 'rub'): number | string {
	const result = parseAmount(input, unit, currency);
	return result.ok ? result.value.minorUnits : result.problem.message;
}

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
	])('reads %p as %p kopecks', (input, expected) => {
		expect(minorUnits(input)).toBe(expected);
	});

	it.each<[unknown, RegExp]>([
		['', /is empty/],
		['   ', /is empty/],
		[undefined, /is empty/],
		[null, /is empty/],
		['1,500', /read two ways: as 1500 or as 1.500/],
		['1.500', /two ways/],
		['12,500', /two ways/],
		['999.999', /two ways/],
		['1,500 ₽', /two ways/],
		['1234,500', /more than two decimals/],
		['0.500', /more than two decimals/],
		['1500.505', /more than two decimals/],
		['1 500.505', /more than two decimals/],
		['1500.000', /more than two decimals/],
		[0.1 + 0.2, /more than two decimals/],
		[1.005, /more than two decimals/],
		[1234.567, /more than two decimals/],
		[0, /is zero/],
		[-0, /is zero/],
		['0', /is zero/],
		['0.00', /is zero/],
		[-1, /is negative/],
		['-5', /is negative/],
		['−5', /is negative/],
		['(500)', /is negative/],
		[NaN, /not a number/],
		[Infinity, /not a number/],
		[1e21, /too large or too small/],
		[1e-7, /too large or too small/],
		[true, /not a number/],
		[{}, /not a number/],
		[[1500], /not a number/],
		['1e3', /cannot be read/],
		['0x10', /cannot be read/],
		['1 5 0 0', /cannot be read/],
		['12 34', /cannot be read/],
		['1  500', /cannot be read/],
		['1500.', /cannot be read/],
		['.5', /cannot be read/],
		['₽.50', /cannot be read/],
		['1500.50.', /cannot be read/],
		['+500', /cannot be read/],
		['1,50,000', /cannot be read/],
		['1.500.00', /cannot be read/],
		['1,500 000', /cannot be read/],
		['1,2,3', /cannot be read/],
		['1.500.50,5', /cannot be read/],
		['１５００', /cannot be read/],
		['١٥٠٠', /cannot be read/],
		['१५००', /cannot be read/],
		['1\n500', /cannot be read/],
		['1500 руб 50 коп', /cannot be read/],
		['fifteen', /cannot be read/],
		['$1500', /marked "\$", but the currency of the payout is RUB/],
		['1500 EUR', /marked "EUR"/],
		['0100', /starts with a zero/],
		['00.50', /starts with a zero/],
		['10000000000.01', /above ten billion/],
		['99999999999999999999', /above ten billion/],
		[Number.MAX_SAFE_INTEGER, /above ten billion/],
		['9'.repeat(50), /too long/],
	])('refuses %p', (input, message) => {
		expect(minorUnits(input)).toMatch(message);
	});

	it('agrees with the currency of the payout', () => {
		expect(parseAmount('$15', 'major', 'USD')).toEqual({
			ok: true,
			value: { minorUnits: 1500, currency: 'usd' },
		});
		expect(parseAmount('15 евро', 'major', 'eur')).toMatchObject({ ok: true });
		expect(parseAmount('15', 'major', 'KZT')).toMatchObject({ ok: false });
		expect(parseAmount('15', 'major', 'toString')).toMatchObject({ ok: false });
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

	it.each<[unknown, RegExp]>([
		[1500.5, /not a whole number of kopecks/],
		[19.99 * 100, /not a whole number/],
		['1500.00', /not a whole number/],
		['1,500', /not a whole number/],
		['0150', /not a whole number/],
		['1500 ₽', /marked "₽", but it is to be counted in kopecks/],
		[0, /is zero/],
		[-4, /is negative/],
		['abc', /cannot be read/],
	])('refuses %p', (input, message) => {
		expect(minorUnits(input, 'minor')).toMatch(message);
	});
});

describe('amounts in general', () => {
	const kopecks = fc.integer({ min: 1, max: 1_000_000_000_000 });
	const grouped = (text: string, separator: string) =>
		text.replace(/\B(?=(\d{3})+(?!\d))/g, separator);

	it('come back from their text', () => {
		fc.assert(
			fc.property(kopecks, (amount) => {
				expect(minorUnits(formatAmount(amount, 'rub'))).toBe(amount);
			}),
		);
	});

	it('are read in every way of grouping with two decimals', () => {
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

	it('are exact from JavaScript numbers of two decimals', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (amount) => {
				expect(minorUnits(amount / 100)).toBe(amount);
			}),
		);
	});

	it('are never guessed: one separator before three digits', () => {
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

	it('are whole, positive and safe, or refused in words', () => {
		const hostile = fc.oneof(
			fc.anything(),
			fc.string({ unit: fc.constantFrom(..."0123456789., '₽р-+e\u00a0"), maxLength: 12 }),
		);
		fc.assert(
			fc.property(hostile, fc.constantFrom<AmountUnit>('major', 'minor'), (input, unit) => {
				const result = parseAmount(input, unit, 'rub');
				if (!result.ok)
					return result.problem.message.length > 5 && result.problem.remedy.length > 5;
				return Number.isSafeInteger(result.value.minorUnits) && result.value.minorUnits > 0;
			}),
			{ numRuns: 5000 },
		);
	});

	it('have the value a careful reader gives them', () => {
		// An accepted text, stripped of everything but digits and the last separator before 1 or 2 digits, is the value.
		const text = fc.string({ unit: fc.constantFrom(..."0123456789., '"), maxLength: 12 });
		fc.assert(
			fc.property(text, (input) => {
				const result = parseAmount(input, 'major', 'rub');
				fc.pre(result.ok);
				const match = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(input.trim())!;
				const whole = match[1].replace(/\D/g, '');
				expect(result.ok && result.value.minorUnits).toBe(
					Number(BigInt(whole) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'))),
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
	])('format %p %s as %s', (amount, currency, text) => {
		expect(formatAmount(amount, currency)).toBe(text);
	});
});
