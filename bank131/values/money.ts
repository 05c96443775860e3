import { invalid, ok } from '../lib/result';
import { currencies, type CurrencyCode } from './currencies';
import type { CheckedValue } from './problems';
import { findUnusableText } from './unusableText';

/** Unit of an entered amount: rubles, dollars, euros (`major`) or kopecks, cents (`minor`). */
export type AmountUnit = 'major' | 'minor';

/** An amount: whole minor units (kopecks of rubles, cents of dollars and euros) and an ISO 4217 code in lower case. */
export interface Money {
	minorUnits: number;
	currency: string;
}

/** Assumption: no document states a limit, and more than ten billion rubles in one payout is a typing error. */
const MAXIMUM_MINOR_UNITS = 1_000_000_000_000n;
/** Characters. Longer texts are refused before the regular expressions run. */
const LONGEST_TEXT = 40;

const SPACES = /[\u00a0\u2007\u2009\u202f]/g;
const APOSTROPHES = /[\u2019\u02bc]/g;
/** Digits in groups of three, separated by the same character, then an optional fraction. */
const GROUPED = /^([1-9]\d{0,2})([ '.,])(\d{3}(?:\2\d{3})*)(?:([.,])(\d+))?$/;
/** A currency mark, the number, a currency mark; marks may be empty. Not linear: only for at most `LONGEST_TEXT`. */
const MARKED = /^([^\d\s,'+\-−(]{0,12}) ?(.*?) ?([^\d\s,')]{0,12})$/su;
/** Digits that a spreadsheet and a floating-point number keep of every amount. */
const SIGNIFICANT_DIGITS = 15;
const PLAIN = /^(\d+)(?:[.,](\d+))?$/;

/**
 * The amount of one payout, exactly, without floating point.
 * `unit` is the unit of `input`: `major` = rubles with at most two decimals, `minor` = whole kopecks.
 * Trailing zeros and the noise of floating point are no decimals: `1500.5000`, `1799.1000000000001`.
 * Refused: ambiguous texts (`1,500`), more than two decimals, zero, negative numbers, exponents, non-ASCII digits.
 */
export function parseAmount(
	input: unknown,
	unit: AmountUnit,
	currency: unknown,
): CheckedValue<Money> {
	const code = checkCurrency(currency);
	if (!code.ok) return code;
	const text = amountText(input);
	if (!text.ok) return text;
	const unmarked = withoutCurrency(text.value, unit, code.value);
	if (!unmarked.ok) return unmarked;
	const isFromNumber = typeof input === 'number';
	const minorUnits =
		unit === 'minor'
			? parseMinorUnits(unmarked.value, code.value)
			: parseMajorUnits(unmarked.value, isFromNumber);
	if (!minorUnits.ok) return minorUnits;
	if (minorUnits.value === 0n) return invalid({ code: 'amount.zero' });
	if (minorUnits.value > MAXIMUM_MINOR_UNITS) return invalid({ code: 'amount.tooLarge' });
	return ok({ minorUnits: Number(minorUnits.value), currency: code.value });
}

/** A supported currency code in the bank's form (`rub`), from a code in any case. */
export function checkCurrency(currency: unknown): CheckedValue<CurrencyCode> {
	const code = typeof currency === 'string' ? currency.trim().toLowerCase() : '';
	if (Object.prototype.hasOwnProperty.call(currencies, code)) return ok(code as CurrencyCode);
	return invalid({ code: code === '' ? 'currency.empty' : 'currency.notSupported' });
}

/** Minor units as decimal text with a point and no grouping: `150050` → `'1500.50'`. A fraction stays as it is. */
export function formatAmount(minorUnits: number, currency: string): string {
	if (!Number.isSafeInteger(minorUnits)) return String(minorUnits);
	const code = currency.toLowerCase();
	const known = Object.prototype.hasOwnProperty.call(currencies, code);
	const decimals = known ? currencies[code as CurrencyCode].decimals : 2;
	const digits = String(Math.abs(minorUnits)).padStart(decimals + 1, '0');
	const sign = minorUnits < 0 ? '-' : '';
	return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * Like `formatAmount`, with a no-break space between thousands, as in `579 041.50`: for sums in texts that people read.
 */
export function formatGroupedAmount(minorUnits: number, currency: string): string {
	const [whole, ...decimals] = formatAmount(minorUnits, currency).split('.');
	const groups: string[] = [];
	let rest = whole;
	for (; /\d{4}$/.test(rest); rest = rest.slice(0, -3)) groups.unshift(rest.slice(-3));
	return [[rest, ...groups].join('\u00a0'), ...decimals].join('.');
}

/** An amount with its currency, as in `1500.50 RUB`; `no amount` for `undefined`. */
export const formatMoney = (amount: Money | undefined): string =>
	amount
		? `${formatAmount(amount.minorUnits, amount.currency)} ${amount.currency.toUpperCase()}`
		: 'no amount';

function amountText(input: unknown): CheckedValue<string> {
	if (input === undefined || input === null || input === '') {
		return invalid({ code: 'amount.empty' });
	}
	if (typeof input === 'number') {
		if (!Number.isFinite(input)) return invalid({ code: 'amount.notANumber' });
		// The shortest text that means this number: 1500.5 → "1500.5", 0.1 + 0.2 → "0.30000000000000004".
		const text = String(input);
		return text.includes('e') ? invalid({ code: 'amount.notExact' }) : ok(text);
	}
	if (typeof input !== 'string' && typeof input !== 'bigint') {
		return invalid({ code: 'amount.notANumber' });
	}
	const text = String(input).replace(SPACES, ' ').replace(APOSTROPHES, "'").trim();
	if (text === '') return invalid({ code: 'amount.empty' });
	const problem = findUnusableText(text, 'amount');
	// "NaN" and its like are no numbers, which is what the other problems of an amount say.
	if (problem && problem.code !== 'value.missing') return invalid(problem);
	return text.length > LONGEST_TEXT ? invalid({ code: 'amount.tooLong' }) : ok(text);
}

/** Removes a currency sign or word from either end, and refuses the sign of another currency. */
function withoutCurrency(text: string, unit: AmountUnit, code: CurrencyCode): CheckedValue<string> {
	const parts = MARKED.exec(text);
	if (!parts) return ok(text);
	const [, before, number, after] = parts;
	const marks = [before, after].filter((mark) => mark !== '');
	if (marks.length === 0) return ok(text);
	const [mark] = marks;
	const marked = currencyCodes.find((known) => isNameOf(known, mark));
	if (marks.length > 1 || marked === undefined) return unreadableAmount;
	if (marked !== code) return invalid({ code: 'amount.otherCurrency', mark, currency: code });
	return unit === 'minor'
		? invalid({ code: 'amount.markedAsMajor', mark, currency: code })
		: ok(number);
}

const currencyCodes = Object.keys(currencies) as CurrencyCode[];

function isNameOf(code: CurrencyCode, word: string): boolean {
	return (currencies[code].names as readonly string[]).includes(word.toLowerCase());
}

const unreadableAmount: CheckedValue<never> = invalid({ code: 'amount.unreadable' });
const negativeAmount: CheckedValue<never> = invalid({ code: 'amount.negative' });

function parseMinorUnits(text: string, code: CurrencyCode): CheckedValue<bigint> {
	if (/^[-−(]/.test(text)) return negativeAmount;
	if (/^(?:0|[1-9]\d*)$/.test(text)) return ok(BigInt(text));
	if (/^[1-9]\d{0,2}(?: \d{3})+$/.test(text)) return ok(BigInt(text.split(' ').join('')));
	return /^[\d.,' ]+$/.test(text)
		? invalid({ code: 'amount.notWhole', currency: code })
		: unreadableAmount;
}

/** @param isFromNumber whether the text is that of a JavaScript number, which has no thousands separators */
function parseMajorUnits(text: string, isFromNumber: boolean): CheckedValue<bigint> {
	if (/^[-−(]/.test(text)) return negativeAmount;
	const grouped = isFromNumber ? null : GROUPED.exec(text);
	if (grouped) return parseGrouped(grouped, text);
	const plain = PLAIN.exec(text);
	if (!plain) return unreadableAmount;
	if (/^0\d/.test(text)) return invalid({ code: 'amount.leadingZero' });
	return toMinorUnits(plain[1], plain[2] ?? '');
}

function parseGrouped(match: RegExpExecArray, text: string): CheckedValue<bigint> {
	const [, first, separator, rest, decimalSign, fraction] = match;
	const isDecimalSign = separator === '.' || separator === ',';
	if (decimalSign === separator) return unreadableAmount;
	if (isDecimalSign && rest.length === 3 && decimalSign === undefined) {
		return invalid({
			code: 'amount.ambiguous',
			text,
			whole: `${first}${rest}`,
			decimal: `${first}.${rest}`,
			shortDecimal: `${first}.${rest.slice(0, 2)}`,
		});
	}
	return toMinorUnits(first + rest.split(separator).join(''), fraction ?? '');
}

function toMinorUnits(whole: string, fraction: string): CheckedValue<bigint> {
	const [exactWhole, decimals] = withoutNoise(whole, fraction);
	if (decimals.length > 2) return invalid({ code: 'amount.tooManyDecimals' });
	return ok(BigInt(exactWhole) * 100n + BigInt(decimals.padEnd(2, '0')));
}

/**
 * The whole part and the fraction without trailing zeros and without the noise of floating point: digits after the
 * 15th, which is as many as a spreadsheet keeps, are rounded away. `1799.1000000000001` → `1799` and `1`. Digits of the
 * whole part are never rounded, and amounts up to the maximum keep at least four decimals: a third decimal is always
 * seen.
 */
function withoutNoise(whole: string, fraction: string): [whole: string, fraction: string] {
	const digits = BigInt(whole + fraction);
	const excess = Math.min(String(digits).length - SIGNIFICANT_DIGITS, fraction.length);
	const places = fraction.length - Math.max(excess, 0);
	const scale = 10n ** BigInt(fraction.length - places);
	const rounded = String((digits + scale / 2n) / scale).padStart(places + 1, '0');
	const end = rounded.length - places;
	return [rounded.slice(0, end), withoutTrailingZeros(rounded.slice(end))];
}

function withoutTrailingZeros(digits: string): string {
	let end = digits.length;
	while (digits[end - 1] === '0') end--;
	return digits.slice(0, end);
}
