import { invalid, ok, type Checked } from '../lib/result';

/** Currencies of payouts: rubles, dollars and euros "by agreement" (api/03 §1). */
export const currencies = {
	rub: {
		decimals: 2,
		minor: 'kopecks',
		names: ['₽', 'руб', 'руб.', 'рублей', 'рубля', 'рубль', 'р', 'р.', 'rub', 'rur'],
	},
	usd: { decimals: 2, minor: 'cents', names: ['$', 'usd'] },
	eur: { decimals: 2, minor: 'cents', names: ['€', 'eur', 'евро'] },
} as const;

export type CurrencyCode = keyof typeof currencies;
export type AmountUnit = 'major' | 'minor';

/** An amount: whole minor units (kopecks of rubles, cents of dollars and euros) and an ISO 4217 code in lower case. */
export interface Money {
	minorUnits: number;
	currency: string;
}

/** Assumption: no document states a limit. Ten billion rubles in one payout is a slip, not a payout. */
const MAXIMUM_MINOR_UNITS = 1_000_000_000_000n;
const LONGEST_TEXT = 40;

const SPACES = /[\u00a0\u2007\u2009\u202f]/g;
const APOSTROPHES = /[\u2019\u02bc]/g;
/** Digits in groups of three, parted by one and the same sign, then an optional fraction. */
const GROUPED = /^([1-9]\d{0,2})([ '.,])(\d{3}(?:\2\d{3})*)(?:([.,])(\d+))?$/;
/** A word or sign, the number, a word or sign. Only run on short texts. */
const MARKED = /^([^\d\s,'+\-−(]{0,12}) ?(.*?) ?([^\d\s,')]{0,12})$/su;
const PLAIN = /^(\d+)(?:[.,](\d+))?$/;

const REWRITE = 'Write it with digits and at most one decimal separator, for example 1500.50.';

/**
 * The amount of one payout, exactly, without floating point.
 * `unit` says what `input` counts: `major` = rubles with at most two decimals, `minor` = whole kopecks.
 * Refused: what can be read two ways (`1,500`), more than two decimals, zero, negative, exponents, other scripts' digits.
 */
export function parseAmount(input: unknown, unit: AmountUnit, currency: unknown): Checked<Money> {
	const code = checkCurrency(currency);
	if (!code.ok) return code;
	const text = amountText(input);
	if (!text.ok) return text;
	const bare = withoutCurrency(text.value, unit, code.value);
	if (!bare.ok) return bare;
	const exact = typeof input === 'number';
	const minorUnits =
		unit === 'minor' ? readWhole(bare.value, code.value) : readDecimal(bare.value, exact);
	if (!minorUnits.ok) return minorUnits;
	if (minorUnits.value === 0n) {
		return invalid('The amount is zero', 'Enter an amount above zero, or leave this row out.');
	}
	if (minorUnits.value > MAXIMUM_MINOR_UNITS) {
		return invalid(
			'The amount is above ten billion',
			'Check the amount, and whether it is meant in whole units or in kopecks.',
		);
	}
	return ok({ minorUnits: Number(minorUnits.value), currency: code.value });
}

/** A currency code in any case, as the bank writes it: `rub`. */
export function checkCurrency(currency: unknown): Checked<CurrencyCode> {
	const code = typeof currency === 'string' ? currency.trim().toLowerCase() : '';
	if (Object.prototype.hasOwnProperty.call(currencies, code)) return ok(code as CurrencyCode);
	return invalid(
		code === '' ? 'The currency is empty' : 'Bank 131 pays out in RUB, USD and EUR only',
		'Enter RUB, USD or EUR.',
	);
}

/** `150050` → `'1500.50'`: exact decimal text with a point, no grouping. Anything but a whole number comes back as it is. */
export function formatAmount(minorUnits: number, currency: string): string {
	if (!Number.isSafeInteger(minorUnits)) return String(minorUnits);
	const code = currency.toLowerCase();
	const known = Object.prototype.hasOwnProperty.call(currencies, code);
	const decimals = known ? currencies[code as CurrencyCode].decimals : 2;
	const digits = String(Math.abs(minorUnits)).padStart(decimals + 1, '0');
	const sign = minorUnits < 0 ? '-' : '';
	return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function amountText(input: unknown): Checked<string> {
	if (input === undefined || input === null || input === '') return empty();
	if (typeof input === 'number') {
		if (!Number.isFinite(input)) return invalid('The amount is not a number', REWRITE);
		// The shortest text that means this number: 1500.5 → "1500.5", 0.1 + 0.2 → "0.30000000000000004".
		const text = String(input);
		return text.includes('e')
			? invalid('The amount is too large or too small to be exact', REWRITE)
			: ok(text);
	}
	if (typeof input !== 'string' && typeof input !== 'bigint') {
		return invalid('The amount is not a number', REWRITE);
	}
	const text = String(input).replace(SPACES, ' ').replace(APOSTROPHES, "'").trim();
	if (text === '') return empty();
	if (text.length > LONGEST_TEXT) return invalid('The amount is too long to be an amount', REWRITE);
	return ok(text);
}

const empty = () =>
	invalid('The amount is empty', 'Enter the amount of the payout, for example 1500.50.');

/** Takes a currency sign or word off either end, and refuses the sign of another currency. */
function withoutCurrency(text: string, unit: AmountUnit, code: CurrencyCode): Checked<string> {
	const parts = MARKED.exec(text);
	if (!parts) return ok(text);
	const [, before, number, after] = parts;
	const marks = [before, after].filter((mark) => mark !== '');
	if (marks.length === 0) return ok(text);
	const owner = currencyCodes.find((known) => isNameOf(known, marks[0]));
	if (marks.length > 1 || owner === undefined) return unreadable();
	if (owner !== code) {
		return invalid(
			`The amount is marked "${marks[0]}", but the currency of the payout is ${code.toUpperCase()}`,
			'Correct the amount or the currency.',
		);
	}
	if (unit === 'minor') {
		const { minor } = currencies[code];
		return invalid(
			`The amount is marked "${marks[0]}", but it is to be counted in ${minor}`,
			`Take the mark away, or switch the unit of the amount from ${minor} to ${code.toUpperCase()}.`,
		);
	}
	return ok(number);
}

const currencyCodes = Object.keys(currencies) as CurrencyCode[];

function isNameOf(code: CurrencyCode, word: string): boolean {
	return (currencies[code].names as readonly string[]).includes(word.toLowerCase());
}

const unreadable = () => invalid('The amount cannot be read', REWRITE);

function readWhole(text: string, code: CurrencyCode): Checked<bigint> {
	const { minor } = currencies[code];
	if (/^[-−(]/.test(text)) return negative();
	if (/^(?:0|[1-9]\d*)$/.test(text)) return ok(BigInt(text));
	if (/^[1-9]\d{0,2}(?: \d{3})+$/.test(text)) return ok(BigInt(text.split(' ').join('')));
	if (/^[\d.,' ]+$/.test(text)) {
		return invalid(
			`The amount is not a whole number of ${minor}`,
			`Enter whole ${minor}, for example 150050, or switch the unit of the amount.`,
		);
	}
	return unreadable();
}

function readDecimal(text: string, exact: boolean): Checked<bigint> {
	if (/^[-−(]/.test(text)) return negative();
	const grouped = exact ? null : GROUPED.exec(text);
	if (grouped) return readGrouped(grouped, text);
	const plain = PLAIN.exec(text);
	if (!plain) return unreadable();
	if (/^0\d/.test(text)) {
		return invalid(
			'The amount starts with a zero, as numbers of documents do',
			'Check that the column holds amounts, and write it without the leading zero.',
		);
	}
	return combine(plain[1], plain[2] ?? '');
}

function readGrouped(match: RegExpExecArray, text: string): Checked<bigint> {
	const [, first, separator, rest, decimalSign, fraction] = match;
	const isDecimalSign = separator === '.' || separator === ',';
	if (decimalSign === separator) return unreadable();
	if (isDecimalSign && rest.length === 3 && decimalSign === undefined) {
		return invalid(
			`The amount "${text}" can be read two ways: as ${first}${rest} or as ${first}.${rest}`,
			`Write ${first}${rest} or ${first}.${rest.slice(0, 2)}, without a thousands separator.`,
		);
	}
	return combine(first + rest.split(separator).join(''), fraction ?? '');
}

function combine(whole: string, fraction: string): Checked<bigint> {
	if (fraction.length > 2) {
		return invalid(
			'The amount has more than two decimals',
			'Round it to two decimals, for example 1500.50.',
		);
	}
	return ok(BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0')));
}

const negative = () =>
	invalid('The amount is negative', 'Enter an amount above zero; payouts cannot take money back.');

export const formatMoney = (amount: Money | undefined): string =>
	amount
		? `${formatAmount(amount.minorUnits, amount.currency)} ${amount.currency.toUpperCase()}`
		: 'no amount';
