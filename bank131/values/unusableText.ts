import type { Json } from '../lib/json';
import type { ValueName, ValueProblem } from './problems';

/** Half of a surrogate pair. UTF-8 cannot encode it: every half becomes the same three bytes, in the key too. */
const HALF_SURROGATE = /\p{Cs}/u;

/** What a decoder puts where the bytes are not valid in its encoding (Unicode, U+FFFD). */
const REPLACEMENT_CHARACTER = '\ufffd';

/**
 * Cyrillic in a wrong encoding: bytes of UTF-8 read as Windows-1251 (`РРІР°РЅ`) or as Latin-1 (`ÐÐ²Ð°Ð½`), and bytes of
 * Windows-1251 read as Latin-1 (`Èâàíîâ`). No language has four accented letters of Latin-1 in a row.
 */
const GARBLED =
	/(?:[РС][\u0080-\u00bf\u0402-\u040f\u0452-\u045f\u0490\u0491\u2010-\u203a\u20ac\u2116\u2122]){3}|(?:[ÐÑ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2010-\u203a\u20ac\u2122]){3}|[À-ÖØ-öø-ÿ]{4}/u;
/** Characters of garbled text that a problem shows. */
const GARBLED_SAMPLE = 12;

/** What JavaScript makes of a missing value and of an object. */
const JAVASCRIPT_WORDS = /(?<!\p{L})undefined(?!\p{L})|\[object [A-Z]\w*\]/u;
/** `null` and `NaN` are refused as the whole text only: both occur in ordinary words and names. */
const MISSING_VALUE = /^(?:null|NaN)$/;
/** The same as one part of an ID: `PAY-null`, not `annulled-7`. */
const MISSING_PART = /(?<![\p{L}\p{N}])(?:null|NaN)(?![\p{L}\p{N}])/u;

/** Error values of Excel, Google Sheets and LibreOffice, in English and in Russian. */
const SPREADSHEET_ERRORS = [
	'N/A',
	'REF!',
	'VALUE!',
	'NAME?',
	'DIV/0!',
	'NUM!',
	'NULL!',
	'SPILL!',
	'CALC!',
	'FIELD!',
	'BLOCKED!',
	'CONNECT!',
	'UNKNOWN!',
	'BUSY!',
	'ERROR!',
	'GETTING_DATA',
	'Н/Д',
	'ССЫЛКА!',
	'ЗНАЧ!',
	'ИМЯ?',
	'ДЕЛ/0!',
	'ЧИСЛО!',
	'ПУСТО!',
	'ПЕРЕНОС!',
	'ВЫЧИСЛ!',
	'ПОЛЕ!',
	'ЗАБЛОКИРОВАНО!',
	'СОЕДИНЕНИЕ!',
	'НЕИЗВЕСТНО!',
	'ЗАНЯТО!',
	'ОШИБКА!',
	'ОЖИДАНИЕ_ДАННЫХ',
];
const SPREADSHEET_ERROR = new RegExp(
	`#(?:${SPREADSHEET_ERRORS.join('|').replace(/[?/]/g, '\\$&')})(?![\\p{L}\\p{N}])`,
	'iu',
);

/**
 * Why a text is the trace of a mistake and not a value: a file read in the wrong encoding, half a character, or a word
 * that a program or a spreadsheet writes where a value is missing. `undefined` for a text that can be used.
 */
export function findUnusableText(text: string, what: ValueName): ValueProblem | undefined {
	if (text.includes(REPLACEMENT_CHARACTER)) return { code: 'value.wrongEncoding', what };
	const garbled = GARBLED.exec(text);
	if (garbled) {
		const sample = text.slice(garbled.index, garbled.index + GARBLED_SAMPLE);
		return { code: 'value.garbled', what, sample };
	}
	if (HALF_SURROGATE.test(text)) return { code: 'value.brokenCharacter', what };
	const word = (JAVASCRIPT_WORDS.exec(text) ?? MISSING_VALUE.exec(text))?.[0];
	if (word !== undefined) return { code: 'value.missing', what, word };
	const error = SPREADSHEET_ERROR.exec(text)?.[0];
	return error === undefined ? undefined : { code: 'value.spreadsheetError', what, error };
}

/** `findUnusableText` for a text that is an ID: `null` and `NaN` are refused between separators as well. */
export function findUnusableId(text: string, what: ValueName): ValueProblem | undefined {
	const word = MISSING_PART.exec(text)?.[0];
	return word === undefined ? findUnusableText(text, what) : { code: 'value.missing', what, word };
}

/** The first problem of a text inside JSON, names of fields included. */
export function findUnusableJson(value: Json, what: ValueName): ValueProblem | undefined {
	if (typeof value === 'string') return findUnusableText(value, what);
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [name, inside] of Object.entries(value)) {
		const problem = findUnusableText(name, what) ?? findUnusableJson(inside as Json, what);
		if (problem) return problem;
	}
	return undefined;
}
