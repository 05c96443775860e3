import { invalid, ok, type Result } from '../lib/result';
import type { Delimiter, Encoding, OtherFileFormat } from './formats';
import type { FileProblem } from './problems';

/** One record of a CSV file. */
export interface CsvRecord {
	/** Line of the file on which the record begins, from 1. A quoted cell may span several lines. */
	line: number;
	cells: string[];
}

const DELIMITERS: readonly Delimiter[] = [';', ',', '\t'];
/** Assumption: no document states a limit. */
const MAX_FILE_MEGABYTES = 50;
/** Characters that are searched for the header line. */
const MAX_HEADER_LENGTH = 64 * 1024;

/** First bytes of the file formats that are often taken for CSV. */
const FILE_SIGNATURES: ReadonlyArray<readonly [bytes: number[], format: OtherFileFormat]> = [
	[[0x50, 0x4b, 0x03, 0x04], 'zip'],
	[[0xd0, 0xcf, 0x11, 0xe0], 'xls'],
	[[0x25, 0x50, 0x44, 0x46], 'pdf'],
	[[0x1f, 0x8b], 'gzip'],
];

/** First bytes of a text in UTF-16: the byte order mark, or an ASCII character without one. */
const isUtf16 = {
	'utf-16le': (bytes: Uint8Array) =>
		startsWith(bytes, [0xff, 0xfe]) || (bytes[0] > 0 && bytes[1] === 0),
	'utf-16be': (bytes: Uint8Array) =>
		startsWith(bytes, [0xfe, 0xff]) || (bytes[0] === 0 && bytes[1] > 0),
};
/** A first line in which Excel reads and writes the delimiter. */
const DELIMITER_LINE = /^"?sep=([;,\t])"?(?:\r\n|\r|\n|$)/i;

/**
 * Decodes a text file of at most 50 MB.
 * @param encoding Without it the first two bytes decide whether it is UTF-16. Otherwise it is UTF-8 if valid, otherwise Windows-1251.
 * @returns the text without its byte order mark, or why the bytes are not the text of a CSV file
 */
export function decodeText(bytes: Uint8Array, encoding?: Encoding): Result<string, FileProblem> {
	if (bytes.length > MAX_FILE_MEGABYTES * 1024 * 1024) {
		return invalid({ code: 'file.tooLarge', maxMegabytes: MAX_FILE_MEGABYTES });
	}
	const signature = FILE_SIGNATURES.find(([start]) => startsWith(bytes, start));
	if (signature) return invalid({ code: 'file.notCsv', format: signature[1] });
	if (encoding === undefined) {
		for (const [name, matches] of Object.entries(isUtf16)) {
			if (matches(bytes)) return ok(new TextDecoder(name).decode(bytes));
		}
	}
	const text = encoding === 'windows-1251' ? undefined : decodeUtf8(bytes);
	if (text !== undefined) return ok(text);
	return encoding === 'utf-8'
		? invalid({ code: 'file.notUtf8' })
		: ok(new TextDecoder('windows-1251').decode(bytes));
}

/**
 * The delimiter that occurs most often in the first line that is not empty. Quoted text is ignored.
 * @returns a comma for a line without any delimiter
 */
export function detectDelimiter(text: string): Delimiter {
	const start = text.slice(0, MAX_HEADER_LENGTH).replace(/"[^"]*"?/g, '');
	const line = /[^\r\n]+/.exec(start)?.[0] ?? '';
	const cellCounts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
	const highest = Math.max(...cellCounts);
	return highest === 1 ? ',' : DELIMITERS[cellCounts.indexOf(highest)];
}

/**
 * Parses CSV text (RFC 4180) in one pass. Lines may end with CRLF, LF or CR; empty lines are skipped.
 * A first line `sep=;` is not data: it names the delimiter, unless the caller does.
 * One deviation from the RFC: a quote inside an unquoted cell is an ordinary character, because the bank's sample
 * (api/12 §12.6) writes `{"test_data":"test"}` without quotes around the cell.
 */
export function parseCsv(text: string, delimiter?: Delimiter): Result<CsvRecord[], FileProblem> {
	const [delimiterLine, named] = DELIMITER_LINE.exec(text) ?? [''];
	const parser = new CsvParser(
		text,
		delimiter ?? (named as Delimiter | undefined) ?? detectDelimiter(text),
		delimiterLine,
	);
	const records: CsvRecord[] = [];
	for (let next = parser.nextRecord(); next; next = parser.nextRecord()) {
		if (!next.ok) return next;
		records.push(next.value);
	}
	return ok(records);
}

const startsWith = (bytes: Uint8Array, start: number[]): boolean =>
	start.every((byte, index) => bytes[index] === byte);

function decodeUtf8(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

class CsvParser {
	private position: number;

	private line: number;

	private readonly unquotedCell: RegExp;

	constructor(
		private readonly text: string,
		private readonly delimiter: Delimiter,
		skippedLine: string,
	) {
		this.position = skippedLine.length;
		this.line = skippedLine === '' ? 1 : 2;
		this.unquotedCell = new RegExp(`[^${delimiter}\r\n]*`, 'y');
	}

	/** The next record; `undefined` at the end of the text. */
	nextRecord(): Result<CsvRecord, FileProblem> | undefined {
		while (this.skipLineBreak());
		if (this.position >= this.text.length) return undefined;
		const record: CsvRecord = { line: this.line, cells: [] };
		do {
			const isQuoted = this.text[this.position] === '"';
			const cell = isQuoted ? this.readQuotedCell() : ok(this.readUnquotedCell());
			if (!cell.ok) return cell;
			record.cells.push(cell.value);
		} while (this.skipText(this.delimiter));
		if (this.position < this.text.length && !this.skipLineBreak()) {
			const { line, delimiter } = this;
			return invalid({ code: 'csv.textAfterQuote', line, delimiter });
		}
		return ok(record);
	}

	private readUnquotedCell(): string {
		this.unquotedCell.lastIndex = this.position;
		const [cell] = this.unquotedCell.exec(this.text) ?? [''];
		this.position += cell.length;
		return cell;
	}

	private readQuotedCell(): Result<string, FileProblem> {
		const start = this.position + 1;
		let end = this.text.indexOf('"', start);
		while (end >= 0 && this.text[end + 1] === '"') end = this.text.indexOf('"', end + 2);
		if (end < 0) return invalid({ code: 'csv.unclosedQuote', line: this.line });
		const content = this.text.slice(start, end);
		this.line += content.match(/\r\n|\r|\n/g)?.length ?? 0;
		this.position = end + 1;
		return ok(content.replace(/""/g, '"'));
	}

	/** Moves past `text` if it comes next. */
	private skipText(text: string): boolean {
		if (!this.text.startsWith(text, this.position)) return false;
		this.position += text.length;
		return true;
	}

	private skipLineBreak(): boolean {
		const isSkipped = this.skipText('\r\n') || this.skipText('\n') || this.skipText('\r');
		if (isSkipped) this.line++;
		return isSkipped;
	}
}
