import { isSameReference } from './references';

/**
 * How a reference that the bank shows is related to our own. `altered`: our own in lower or upper case, HTML-escaped,
 * in Unicode form NFKC, as JSON text, or as a number. `cut`: the beginning of our own, perhaps altered too, which may
 * also be another reference. Assumption: a bank that does not show metadata as they were sent does one of these.
 */
export type ReferenceRelation = 'same' | 'altered' | 'cut' | 'other';

/** Compares a reference that the bank shows with our own. */
export function relationOf(shown: string, own: string): ReferenceRelation {
	if (isSameReference(shown, own)) return 'same';
	const [shownForm, ownForm] = [plainForm(shown), plainForm(own)];
	if (shownForm === '') return 'other';
	if (withoutZeros(shownForm) === withoutZeros(ownForm) || isNumberOf(shown, own)) return 'altered';
	// The text may be cut inside an escape, as `A&am` of `A&amp;B`.
	const beginnings = [shownForm, plainForm(shown.replace(PARTIAL_ESCAPE, ''))];
	const isCut = beginnings.some(
		(form) => form !== '' && (ownForm.startsWith(form) || withoutZeros(ownForm).startsWith(form)),
	);
	return isCut ? 'cut' : 'other';
}

/** Shortest text that counts as the beginning of a reference where nothing else says that it may be ours. */
const MIN_CUT_LENGTH = 10;

/**
 * Whether `shown` can be our own reference, perhaps altered or cut. Two references can have the same altered form, so
 * this says that an operation may be ours, never that it is.
 */
export function mayBeAltered(shown: string, own: string): boolean {
	const relation = relationOf(shown, own);
	return relation === 'cut' ? shown.length >= MIN_CUT_LENGTH : relation !== 'other';
}

const PARTIAL_ESCAPE = /(?:&#?\w{0,8}|\\(?:u[\da-f]{0,3})?)$/i;
/** `&` that was escaped once or several times. */
const ESCAPED_AMPERSAND = /&(?:(?:amp|#0{0,3}38|#x26);)+/gi;
const NUMERIC_ESCAPE = /&#(\d{1,6});|(?:&#x|\\u)([\da-f]{4});?/gi;
const NAMED_ESCAPE = /&[a-z]\w{1,7};/gi;
const NO_LETTERS = /[^\p{L}\p{M}\p{N}]+/gu;

/**
 * The letters and digits of a reference in lower case and Unicode form NFKC, with one space for everything between
 * them, and without escapes.
 */
const plainForm = (reference: string): string =>
	reference
		.replace(ESCAPED_AMPERSAND, '&')
		.replace(NUMERIC_ESCAPE, (_, decimal: string | undefined, hex: string) =>
			String.fromCharCode(decimal === undefined ? parseInt(hex, 16) : Number(decimal)),
		)
		.replace(NAMED_ESCAPE, ' ')
		.normalize('NFKC')
		.toLowerCase()
		.replace(NO_LETTERS, ' ')
		.trim();

const withoutZeros = (form: string): string =>
	/^\d+$/.test(form) ? form.replace(/^0+(?=\d)/, '') : form;

/** Whether `shown` is how a program writes the number `own`: beyond 15 digits it rounds or adds an exponent. */
function isNumberOf(shown: string, own: string): boolean {
	if (!/^\d+(?:\.\d+)?$/.test(own) || !/^[\d.]+(?:e\+?\d+)?$/i.test(shown)) return false;
	const number = Number(own);
	if (/e/i.test(shown)) return Math.abs(Number(shown) - number) <= number * 1e-13;
	return shown === String(number) || (Number.isInteger(number) && shown === number.toFixed(0));
}
