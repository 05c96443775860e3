/** Cyrillic letters, each followed by the Latin letter that looks the same as it or as its capital. */
const TWINS = 'аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕs';
const LATIN_TWINS = new Map(
	(TWINS.match(/../gu) ?? []).map(([cyrillic, latin]) => [cyrillic, latin]),
);

/** Everything but letters, digits and currency signs. */
const BETWEEN = /[^\p{L}\p{N}\p{Sc}]+/gu;

/**
 * The form in which names of columns, and words in cells, are compared: without blanks, signs and marks, in small
 * letters, without accents (ё as е), and Cyrillic letters as the Latin ones that look alike, because headers are often
 * typed in both.
 */
export const foldName = (name: string): string =>
	name
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(BETWEEN, '')
		.replace(/[\u0430-\u0458]/g, (letter) => LATIN_TWINS.get(letter) ?? letter);

/** The folded names of `list`, a text with a name or several between vertical lines. */
export const foldedNames = (list: string): string[] => list.split('|').map(foldName);
