import { invalid, ok, type Result } from '../lib/result';
import { detectCyrillicEncoding } from './cyrillicEncoding';
import type { Encoding, OtherFileFormat } from './formats';
import type { FileProblem } from './problems';

/** Assumption: no document states a limit. */
const MAX_FILE_MEGABYTES = 50;

/** First bytes of the file formats that are often taken for CSV. */
const FILE_SIGNATURES: ReadonlyArray<readonly [bytes: number[], format: OtherFileFormat]> = [
	[[0x50, 0x4b, 0x03, 0x04], 'zip'],
	[[0xd0, 0xcf, 0x11, 0xe0], 'xls'],
	[[0x25, 0x50, 0x44, 0x46], 'pdf'],
	[[0x1f, 0x8b], 'gzip'],
];

/** First characters of texts that are no tables. 1C saves "Excel" files that are HTML or XML inside. */
const TEXT_SIGNATURES: ReadonlyArray<readonly [start: RegExp, format: OtherFileFormat]> = [
	[/^\{\\rtf/, 'rtf'],
	[/^\s*<(?:!doctype|html|head|meta|table)\b/i, 'html'],
	[/^\s*<\?xml\b/i, 'xml'],
	[/^\s*[[{]\s*["{]/, 'json'],
	[/^1CClientBankExchange/, 'clientBank'],
];

/** Characters that no text file has. Tab, the line breaks and the end mark of DOS are allowed. */
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\x00-\x08\x0b\x0c\x0e-\x19\x1b-\x1f]/;

const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16LE_MARK = [0xff, 0xfe];
const UTF16BE_MARK = [0xfe, 0xff];

/** Bytes in which the zero bytes of UTF-16 are searched. */
const ZERO_SAMPLE_BYTES = 4096;

/**
 * Decodes a text file of at most 50 MB.
 * @param encoding Without it a byte order mark decides, or the zero bytes of UTF-16. Otherwise it is UTF-8 if valid, or
 * Windows-1251 if the letters are plausible in it.
 * @returns the text without its byte order mark, or why the bytes are not the text of a table
 */
export function decodeText(bytes: Uint8Array, encoding?: Encoding): Result<string, FileProblem> {
	if (bytes.length > MAX_FILE_MEGABYTES * 1024 * 1024) {
		return invalid({ code: 'file.tooLarge', maxMegabytes: MAX_FILE_MEGABYTES });
	}
	const signature = FILE_SIGNATURES.find(([start]) => startsWith(bytes, start));
	if (signature) return invalid({ code: 'file.notCsv', format: signature[1] });
	const text = decodeAs(bytes, encoding);
	if (!text.ok) return text;
	const format = TEXT_SIGNATURES.find(([start]) => start.test(text.value.slice(0, 200)));
	if (format) return invalid({ code: 'file.notCsv', format: format[1] });
	return CONTROL_CHARACTER.test(text.value) ? invalid({ code: 'file.notText' }) : text;
}

function decodeAs(bytes: Uint8Array, encoding?: Encoding): Result<string, FileProblem> {
	if (encoding === 'windows-1251') return ok(new TextDecoder(encoding).decode(bytes));
	const utf16 = encoding === undefined ? findUtf16(bytes) : undefined;
	const unicode = decodeStrictly(bytes, utf16 ?? 'utf-8');
	if (unicode !== undefined) return ok(unicode);
	if (utf16) return invalid({ code: 'file.notText' });
	if (encoding === 'utf-8' || startsWith(bytes, UTF8_MARK))
		return invalid({ code: 'file.notUtf8' });
	const detected = detectCyrillicEncoding(bytes);
	return detected === 'windows-1251'
		? ok(new TextDecoder(detected).decode(bytes))
		: invalid({ code: 'file.unknownEncoding', looksLike: detected });
}

/**
 * The form of UTF-16 in which the bytes are, if they have its byte order mark, or zero bytes in one half of the pairs
 * only: delimiters, digits and line breaks have them there. No other text has zero bytes.
 */
function findUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
	if (startsWith(bytes, UTF16LE_MARK)) return 'utf-16le';
	if (startsWith(bytes, UTF16BE_MARK)) return 'utf-16be';
	const zeros = [0, 0];
	for (const [index, byte] of bytes.subarray(0, ZERO_SAMPLE_BYTES).entries()) {
		if (byte === 0) zeros[index % 2]++;
	}
	const [first, second] = zeros;
	if (first > 0 === second > 0) return undefined;
	return first > 0 ? 'utf-16be' : 'utf-16le';
}

const startsWith = (bytes: Uint8Array, start: number[]): boolean =>
	start.every((byte, index) => bytes[index] === byte);

/** `undefined` if the bytes are not valid in this encoding. */
function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
