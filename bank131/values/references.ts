/** A Reference of printable ASCII with single blanks, which folding does not change. */
const IS_FOLDED = /^[!-~]+(?: [!-~]+)*$/;

/** Characters without a shape of their own: the combining grapheme joiner and variation selectors. */
const SHAPELESS = /[\u034f\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** Fullwidth letters, digits and signs, each at a fixed distance from its ASCII character. */
const FULLWIDTH = /[\uff01-\uff5e]/g;
const FULLWIDTH_DISTANCE = 0xfee0;

/** Hyphens, dashes, the hyphen bullet and the minus sign. The fullwidth hyphen is one of `FULLWIDTH`. */
const HYPHENS = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63]/g;

const BLANKS = /\p{Zs}+/gu;

/**
 * The form of a Reference from which its idempotency key comes, and in which References are compared. Two References
 * that look the same have the same form. Exactly this is folded, in this order:
 *
 * 1. U+034F, U+180B–180D, U+180F, U+FE00–FE0F and U+E0100–E01EF are removed.
 * 2. Unicode form NFC.
 * 3. U+FF01–FF5E (fullwidth) become the ASCII characters `!` to `~`.
 * 4. U+2010–2015, U+2043, U+2212, U+FE58 and U+FE63 become `-`.
 * 5. Each run of blanks (Unicode category Zs) becomes one space. Blanks around the text are removed.
 *
 * Case, Cyrillic and Latin letters that look alike, and leading zeros stay as they are.
 */
export function foldReference(reference: string): string {
	if (IS_FOLDED.test(reference)) return reference;
	return reference
		.replace(SHAPELESS, '')
		.normalize('NFC')
		.replace(FULLWIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULLWIDTH_DISTANCE))
		.replace(HYPHENS, '-')
		.replace(BLANKS, ' ')
		.trim();
}

/** Whether two References have the same idempotency key. */
export const isSameReference = (one: string, other: string): boolean =>
	one === other || foldReference(one) === foldReference(other);

/** Cyrillic letters, each followed by the Latin letter that looks the same. */
const CYRILLIC_TWINS = 'АAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSаaеeкkоoрpсcуyхxіiјjѕsһhԁdԛqԝw';
const LATIN_TWINS = new Map(
	(CYRILLIC_TWINS.match(/../gu) ?? []).map(([cyrillic, latin]) => [cyrillic, latin]),
);

/** A whole number with a fraction of zeros, as some programs write the numbers of a sheet. */
const WHOLE_NUMBER = /^(\d+)[.,]0+$/;

/**
 * A form that is also equal for References that people take for the same although their keys differ: Cyrillic letters
 * become the Latin ones that look alike, and `1001.0` becomes `1001`. Only for comparing the rows of one run.
 */
export const confusableForm = (reference: string): string =>
	foldReference(reference)
		.replace(/\p{Script=Cyrillic}/gu, (letter) => LATIN_TWINS.get(letter) ?? letter)
		.replace(WHOLE_NUMBER, '$1');

/**
 * How a reference clashes with another of the same list: it is the same, looks the same, or can be taken for the same.
 */
export type ReferenceClashKind = 'same' | 'looksSame' | 'confusable';

/** A reference that must not be paid beside another. Both are indexes in the list, from 0. */
export interface ReferenceClash {
	kind: ReferenceClashKind;
	index: number;
	other: number;
}

/** Each form is equal for all references for which the one before it is. */
const clashForms: ReadonlyArray<readonly [ReferenceClashKind, (reference: string) => string]> = [
	['same', (reference) => reference],
	['looksSame', foldReference],
	['confusable', confusableForm],
];

/** Every reference that clashes with another, once, by the strongest kind. Empty references are left out. */
export function findReferenceClashes(references: readonly string[]): ReferenceClash[] {
	const clashes: ReferenceClash[] = [];
	for (const indexes of groupSameForms(references, confusableForm)) {
		const texts = indexes.map((index) => references[index]);
		const found = new Set<number>();
		for (const [kind, toForm] of clashForms) {
			for (const group of groupSameForms(texts, toForm)) {
				for (const one of group) {
					if (found.has(one)) continue;
					found.add(one);
					const other = group[0] === one ? group[1] : group[0];
					clashes.push({ kind, index: indexes[one], other: indexes[other] });
				}
			}
		}
	}
	return clashes;
}

/** The indexes of the references that have the same form, for each form that several have. Empty ones are left out. */
export function groupSameForms(
	references: readonly string[],
	toForm: (reference: string) => string,
): number[][] {
	const firstIndexes = new Map<string, number>();
	const groups = new Map<string, number[]>();
	for (const [index, reference] of references.entries()) {
		if (reference === '') continue;
		const form = toForm(reference);
		const first = firstIndexes.get(form);
		const group = groups.get(form);
		if (group) group.push(index);
		else if (first !== undefined) groups.set(form, [first, index]);
		else firstIndexes.set(form, index);
	}
	return [...groups.values()];
}

/** How many more rows than References a list may have that numbers its rows: some of them are not valid. */
const ROWS_LEFT_OUT = 10;

/** The number of a row: `7`, `7.`, `7)`, `007`, and `7.0` of a spreadsheet. */
const ROW_NUMBER = /^(\d{1,6})(?:[.)]|\.0)?$/;

/**
 * Whether the References are those of a list that numbers its rows: 1, 2, 3 … What has no digit is the cell of a line
 * of totals.
 */
export function areRowNumbers(references: readonly string[]): boolean {
	const ids = references.map((one) => one.trim()).filter((one) => /\d/.test(one));
	const highest = references.length + ROWS_LEFT_OUT;
	return ids.length > 0 && ids.every((id) => Number(ROW_NUMBER.exec(id)?.[1]) <= highest);
}
