import { invalid, ok } from '../lib/result';
import type { CheckedValue, ValueName, ValueProblem } from './problems';
import { findUnusableText } from './unusableText';

/**
 * Control characters, zero-width characters, line separators, and the letters and symbols that are drawn as nothing or
 * as a blank: Hangul fillers and the empty Braille pattern. They would make two visually equal References different.
 */
const INVISIBLE_CHARACTERS = /[\p{Cc}\p{Cf}\u2028\u2029\u115f\u1160\u3164\uffa0\u2800]/u;

/** A number with an exponent, as spreadsheets write long ones: `7E+11`, `4,1E+19`. A bare `4E19` may be an ID. */
const EXPONENT = /^\d+(?:[.,]\d+)?e\+\d+$|^\d+[.,]\d+e\d+$/i;
/** The same without a sign and a fraction, where only digits are allowed. */
const BARE_EXPONENT = /^\d+e\d+$/i;

/** Blanks and hyphens that people write between the digits of a number. */
export const SEPARATORS = /[\s\u2010-\u2015-]/g;

/**
 * Text of a spreadsheet cell or a form field, without blanks around it. Numbers become text; those of more than 15
 * digits are refused, because spreadsheets store only 15 digits of a number.
 */
export function cellText(input: unknown, what: ValueName): CheckedValue<string> {
	if (input === undefined || input === null) return invalid({ code: 'value.empty', what });
	if (typeof input === 'string') {
		const text = input.trim();
		if (text === '') return invalid({ code: 'value.empty', what });
		const problem = findUnusableText(text, what);
		if (problem) return invalid(problem);
		return EXPONENT.test(text) ? invalid({ code: 'value.digitsLost', what }) : ok(text);
	}
	if (typeof input === 'bigint') return ok(String(input));
	if (typeof input !== 'number') return invalid({ code: 'value.notText', what });
	if (!Number.isFinite(input)) return invalid({ code: 'value.notANumber', what });
	return Math.abs(input) >= 1e15 ? invalid({ code: 'value.digitsLost', what }) : ok(String(input));
}

/**
 * A number, or text that is one. NaN for everything else that JavaScript converts to a number: true, a list, a date.
 */
export function cellNumber(input: unknown): number {
	const isText = typeof input === 'string' && input.trim() !== '';
	return isText || typeof input === 'number' ? Number(input) : NaN;
}

/**
 * The text of one value: text, a number or a boolean; empty if there is none. A list or an object never counts as the
 * value inside it or as what its `toString` gives: it becomes words that no option and no number equals.
 */
export function valueText(input: unknown): string {
	if (input === undefined || input === null) return '';
	if (Array.isArray(input)) return 'a list';
	return typeof input === 'object' || typeof input === 'function'
		? 'an object'
		: String(input).trim();
}

/** The ASCII digits of a cell, without the given separators. */
export function cellDigits(
	input: unknown,
	what: ValueName,
	separators: RegExp = SEPARATORS,
): CheckedValue<string> {
	const text = cellText(input, what);
	if (!text.ok) return text;
	const digits = text.value.replace(separators, '');
	if (/^[0-9]+$/.test(digits)) return ok(digits);
	return invalid({
		code: BARE_EXPONENT.test(digits) ? 'value.digitsLost' : 'value.notDigits',
		what,
	});
}

/**
 * The problem of a number with too few or too many digits.
 * @param expected the allowed number of digits, or the least and the most
 * @param isZeroLost one digit is missing, probably a leading zero that a spreadsheet has dropped
 */
export function wrongLength(
	what: ValueName,
	digits: string,
	expected: number | [min: number, max: number],
	isZeroLost = false,
): { ok: false; problem: ValueProblem } {
	const [min, max] = typeof expected === 'number' ? [expected, expected] : expected;
	return invalid({
		code: 'value.wrongLength',
		what,
		digits: digits.length,
		min,
		max,
		isZeroLost,
	});
}

/**
 * Gives texts that look alike the same spelling: trimmed, Unicode form NFC, and an ordinary space for every kind of
 * space (text copied from web pages has no-break spaces).
 */
export const normalizeSpelling = (text: string): string =>
	text
		.trim()
		.normalize('NFC')
		.replace(/\p{Zs}/gu, ' ');

/** Characters. Longer than any text that the bank documents. */
const MAX_TEXT = 4096;

/**
 * Text of one line without invisible characters, at most `maxLength` characters, as it was entered.
 * A character is a code point of the form NFC, as in PHP's `mb_strlen`. Assumption: the bank counts like that; a count
 * of visible letters could accept a text that the bank refuses.
 */
export function enteredText(
	input: unknown,
	what: ValueName,
	maxLength = MAX_TEXT,
): CheckedValue<string> {
	const text = cellText(input, what);
	if (!text.ok) return text;
	if (INVISIBLE_CHARACTERS.test(text.value)) {
		return invalid({ code: 'value.invisibleCharacter', what });
	}
	// A text has at most as many characters as UTF-16 units: only a long one has to be split into characters.
	const { length } = text.value.length > maxLength ? [...text.value.normalize('NFC')] : text.value;
	return length > maxLength ? invalid({ code: 'value.tooLong', what, length, maxLength }) : text;
}

/** `enteredText` with normalized spelling, as names, purposes and other texts are sent. */
export function cleanText(
	input: unknown,
	what: ValueName,
	maxLength = MAX_TEXT,
): CheckedValue<string> {
	const text = enteredText(input, what, maxLength);
	return text.ok ? ok(normalizeSpelling(text.value)) : text;
}

/** False for `undefined`, `null` and blank text: what a form or a sheet gives for a field without a value. */
export const isGiven = (value: unknown): boolean =>
	value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');
