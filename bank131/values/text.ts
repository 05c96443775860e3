import { invalid, ok, type Checked } from '../lib/result';

const AS_TEXT = 'Format the column as text in the spreadsheet and enter the value again.';
export const COPY_AGAIN =
	'One digit may be wrong or two exchanged: copy the number again from the source.';

/** Control characters, those without width (of two references that look alike each would be paid), two that end a line. */
const CONTROL_CHARACTERS = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
export const SEPARATORS = /[\s\u2010-\u2015-]/g;

export const empty = (what: string) =>
	invalid(`${what} is empty`, `Enter the ${lowerFirst(what)}.`);
const lowerFirst = (text: string) =>
	/^[A-Z][a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
export const digitCount = (text: string) =>
	text.length === 1 ? '1 digit' : `${text.length} digits`;

/** Text of a cell. Spreadsheets keep 15 digits of a number, so longer numbers are refused rather than trusted. */
export function cellText(input: unknown, what: string): Checked<string> {
	if (input === undefined || input === null) return empty(what);
	if (typeof input === 'string') {
		const text = input.trim();
		if (text === '') return empty(what);
		return /^\d[.,]\d+e\+?\d+$/i.test(text) ? lostDigits(what) : ok(text);
	}
	if (typeof input === 'bigint') return ok(String(input));
	if (typeof input !== 'number') return invalid(`${what} is not text`, 'Enter it as text.');
	if (!Number.isFinite(input)) return invalid(`${what} is not a number`, AS_TEXT);
	return Math.abs(input) >= 1e15 ? lostDigits(what) : ok(String(input));
}

const lostDigits = (what: string) =>
	invalid(
		`${what} came as a number, and spreadsheets keep only 15 digits of a number: the last ones may be lost`,
		AS_TEXT,
	);

/** A number, or text that is one; NaN for all that JavaScript would make a number of: true, a list, a date. */
export function cellNumber(input: unknown): number {
	const isText = typeof input === 'string' && input.trim() !== '';
	return isText || typeof input === 'number' ? Number(input) : NaN;
}

/** Digits of a cell, with the given separators taken out. */
export function cellDigits(
	input: unknown,
	what: string,
	separators: RegExp = SEPARATORS,
): Checked<string> {
	const text = cellText(input, what);
	if (!text.ok) return text;
	const digits = text.value.replace(separators, '');
	return /^[0-9]+$/.test(digits)
		? ok(digits)
		: invalid(`${what} holds something other than the digits 0 to 9`, 'Enter digits only.');
}

/** "INN has 9 digits": with the one explanation that is nearly always right when exactly one zero is missing. */
export function wrongLength(what: string, digits: string, expected: string, lost: boolean) {
	return invalid(
		`${what} has ${digitCount(digits)}, not ${expected}`,
		lost
			? `Spreadsheets drop a leading zero. ${AS_TEXT}`
			: 'Copy the number again from the source.',
	);
}

/** Texts that look alike are alike: one Unicode form, one kind of blank (web pages bring those that do not break). */
export const oneSpelling = (text: string): string =>
	text
		.trim()
		.normalize('NFC')
		.replace(/\p{Zs}/gu, ' ');

/** Longer than anything that the bank documents. */
const MAX_TEXT = 4096;

/** Text of one line, in which everything can be seen. */
export function cleanText(input: unknown, what: string, maxLength = MAX_TEXT): Checked<string> {
	const text = cellText(input, what);
	if (!text.ok) return text;
	if (CONTROL_CHARACTERS.test(text.value)) {
		return invalid(`${what} holds a line break or an invisible character`, 'Write it in one line.');
	}
	// Counted in characters, which are never more than UTF-16 has units.
	const { length } = text.value.length > maxLength ? [...text.value] : text.value;
	return length > maxLength
		? invalid(`${what} has ${length} characters, ${maxLength} are allowed`, 'Shorten it.')
		: text;
}

export const isGiven = (value: unknown): boolean =>
	value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');
