import type { OtherEncoding } from './formats';

type CyrillicEncoding = 'windows-1251' | OtherEncoding;

const ENCODINGS: readonly CyrillicEncoding[] = [
	'windows-1251',
	'ibm866',
	'koi8-r',
	'x-mac-cyrillic',
];

/** Bytes that are looked at. */
const SAMPLE_BYTES = 256 * 1024;

/** Words, and signs outside ASCII. */
const TOKEN = /[\p{L}\p{M}]+|[^\p{ASCII}\p{L}\p{M}]/gu;
const ASCII_ONLY = /^\p{ASCII}*$/u;
/** A Russian word as people write it: in small letters, with one capital at its beginning, or in capitals. */
const RUSSIAN_WORD = /^(?:[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+)$/;
/** The Russian words of one letter; a capital may be an initial. */
const SHORT_WORD = /^[авикосуяА-Я]$/;
/** Signs that Russian texts have beside letters. */
const SIGN = /^[«»„“”‘’–—…№§°\u00a0]$/;
/** A quote or a dash for the capital of a word: Macintosh has capitals where Windows has these. */
const SIGN_FOR_CAPITAL = /^[„“”‘’–—…](?=[а-яё])/;

/**
 * The Russian letters, the most frequent first (Национальный корпус русского языка). In a wrong encoding the rare
 * letters are frequent.
 */
const BY_FREQUENCY = 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё';

/** Least mean value of the characters outside ASCII. */
const MIN_PLAUSIBILITY = 0.2;
/** Least distance to the next encoding. */
const MIN_DISTANCE = 0.05;

/**
 * The encoding in which these bytes, which are not UTF-8, are clearly the most plausible Russian text; `undefined` if
 * there is none.
 */
export function detectCyrillicEncoding(bytes: Uint8Array): CyrillicEncoding | undefined {
	const sample = bytes.subarray(0, SAMPLE_BYTES);
	const scores = ENCODINGS.map((encoding) =>
		plausibilityOf(new TextDecoder(encoding).decode(sample)),
	);
	const [highest, next] = [...scores].sort((a, b) => b - a);
	const isClear = highest >= MIN_PLAUSIBILITY && highest - next >= MIN_DISTANCE;
	return isClear ? ENCODINGS[scores.indexOf(highest)] : undefined;
}

/** The mean value of the characters outside ASCII, between −1 and 1.5. */
function plausibilityOf(text: string): number {
	let sum = 0;
	let count = 0;
	for (const { 0: token, index } of text.matchAll(TOKEN)) {
		if (ASCII_ONLY.test(token)) continue;
		count += token.length;
		sum += SIGN_FOR_CAPITAL.test(text.slice(index, index + 2)) ? -1 : valueOf(token);
	}
	return count === 0 ? 0 : sum / count;
}

function valueOf(token: string): number {
	if (SIGN.test(token)) return 0.4;
	if (token.length === 1) return SHORT_WORD.test(token) ? 0.5 : -1;
	if (!RUSSIAN_WORD.test(token)) return -token.length;
	let sum = 0;
	for (const letter of token.toLowerCase()) {
		sum += 1.5 - (2.5 * BY_FREQUENCY.indexOf(letter)) / BY_FREQUENCY.length;
	}
	return sum;
}
