import { invalid, ok } from '../lib/result';
import { findUnusableText } from './unusableText';
import type { CheckedValue, ValueName, ValueProblem } from './problems';

/**
 * Control characters, zero-width characters and line separators. Zero-width characters would make two visually equal
 * references different and pay both.
 */
const CONTROL_CHARACTERS = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

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
		const isScientific = /^\d[.,]\d+e\+?\d+$/i.test(text);
		return isScientific ? invalid({ code: 'value.digitsLost', what }) : ok(text);
	}
	if (typeof input === 'bigint') return ok(String(input));
	if (typeof input !== 'number') return invalid({ code: 'value.notText', what });
	if (!Number.isFinite(input)) return invalid({ code: 'value.notANumber', what });
	return Math.abs(input) >= 1e15 ? invalid({ code: 'value.digitsLost', what }) : ok(String(input));
}

/** A number, or text that is one. NaN for everything else that JavaScript converts to a number: true, a list, a date. */
export function cellNumber(input: unknown): number {
	const isText = typeof input === 'string' && input.trim() !== '';
	return isText || typeof input === 'number' ? Number(input) : NaN;
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
	return /^[0-9]+$/.test(digits) ? ok(digits) : invalid({ code: 'value.notDigits', what });
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

/** Text of one line without invisible characters, at most `maxLength` characters (not bytes, not UTF-16 units). */
export function cleanText(
	input: unknown,
	what: ValueName,
	maxLength = MAX_TEXT,
): CheckedValue<string> {
	const text = cellText(input, what);
	if (!text.ok) return text;
	if (CONTROL_CHARACTERS.test(text.value)) {
		return invalid({ code: 'value.invisibleCharacter', what });
	}
	// A text has at most as many characters as UTF-16 units: only a long one has to be split into characters.
	const { length } = text.value.length > maxLength ? [...text.value] : text.value;
	return length > maxLength ? invalid({ code: 'value.tooLong', what, length, maxLength }) : text;
}

/** False for `undefined`, `null` and blank text: what a form or a sheet gives for a field without a value. */
export const isGiven = (value: unknown): boolean =>
	value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');
