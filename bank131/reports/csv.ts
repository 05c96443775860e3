import { invalid, ok, type Checked } from '../lib/result';

export type Encoding = 'utf-8' | 'windows-1251';
export type Delimiter = ';' | ',' | '\t';

/** One record of a CSV file and the line of the file on which it begins. */
export interface CsvRecord {
	line: number;
	cells: string[];
}

const DELIMITERS: readonly Delimiter[] = [';', ',', '\t'];
const LARGEST_FILE = 50 * 1024 * 1024;
const LONGEST_HEADER = 64 * 1024;

/** First bytes of what people take for a CSV file. */
const OTHER_FILES: ReadonlyArray<readonly [start: number[], what: string, remedy: string]> = [
	[
		[0x50, 0x4b, 0x03, 0x04],
		'an XLSX or ZIP file',
		'Unpack a ZIP file first. Put Extract From File before this node for an XLSX file, and choose Rows of a Spreadsheet under Read From.',
	],
	[
		[0xd0, 0xcf, 0x11, 0xe0],
		'an XLS file',
		'Put Extract From File before this node, and choose Rows of a Spreadsheet under Read From.',
	],
	[[0x25, 0x50, 0x44, 0x46], 'a PDF file', 'The daily reports are CSV or XLSX files.'],
	[[0x1f, 0x8b], 'a compressed file', 'Unpack it first.'],
];

/** Text of a file. Left to itself it takes a byte order mark's word, then UTF-8, and Windows-1251 for what is not UTF-8. */
export function decodeText(bytes: Uint8Array, encoding?: Encoding): Checked<string> {
	if (bytes.length > LARGEST_FILE) {
		return invalid('The file is larger than 50 MB', 'Ask the bank for split files.');
	}
	const other = OTHER_FILES.find(([start]) => startsWith(bytes, start));
	if (other) return invalid(`This is ${other[1]}, not a CSV file`, other[2]);
	if (encoding === undefined && startsWith(bytes, [0xff, 0xfe])) {
		return ok(new TextDecoder('utf-16le').decode(bytes));
	}
	const text = encoding === 'windows-1251' ? undefined : decodeUtf8(bytes);
	if (text !== undefined) return ok(text);
	return encoding === 'utf-8'
		? invalid('The file is not UTF-8 text', 'Set the option Encoding to Automatic.')
		: ok(new TextDecoder('windows-1251').decode(bytes));
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

/** The delimiter that parts the first line with anything on it; quoted text does not count. */
export function detectDelimiter(text: string): Delimiter {
	const start = text.slice(0, LONGEST_HEADER).replace(/"[^"]*"?/g, '');
	const line = /[^\r\n]+/.exec(start)?.[0] ?? '';
	const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
	const most = Math.max(...counts);
	return most === 1 ? ',' : DELIMITERS[counts.indexOf(most)];
}

/**
 * RFC 4180 in one pass, with any of the three line ends; empty lines are left out. One liberty: a quote in the middle of an
 * unquoted cell is an ordinary character, for the bank's own sample shows `{"test_data":"test"}` bare.
 */
export function parseCsv(
	text: string,
	delimiter: Delimiter = detectDelimiter(text),
): Checked<CsvRecord[]> {
	const reader = new CsvReader(text, delimiter);
	const records: CsvRecord[] = [];
	for (let next = reader.next(); next; next = reader.next()) {
		if (!next.ok) return next;
		records.push(next.value);
	}
	return ok(records);
}

class CsvReader {
	private at = 0;

	private line = 1;

	private readonly bareCell: RegExp;

	constructor(
		private readonly text: string,
		private readonly delimiter: Delimiter,
	) {
		this.bareCell = new RegExp(`[^${delimiter}\r\n]*`, 'y');
	}

	next(): Checked<CsvRecord> | undefined {
		while (this.endLine());
		if (this.at >= this.text.length) return undefined;
		const record: CsvRecord = { line: this.line, cells: [] };
		do {
			const cell = this.text[this.at] === '"' ? this.quoted() : ok(this.bare());
			if (!cell.ok) return cell;
			record.cells.push(cell.value);
		} while (this.skip(this.delimiter));
		if (this.at < this.text.length && !this.endLine()) {
			return invalid(
				`Line ${this.line}: there is text between a closing quote and the next "${shown(this.delimiter)}"`,
				'Ask for the file again, or put that cell right: a quote inside quotes is written twice.',
			);
		}
		return ok(record);
	}

	private bare(): string {
		this.bareCell.lastIndex = this.at;
		const [cell] = this.bareCell.exec(this.text) ?? [''];
		this.at += cell.length;
		return cell;
	}

	private quoted(): Checked<string> {
		const start = this.at + 1;
		let end = this.text.indexOf('"', start);
		while (end >= 0 && this.text[end + 1] === '"') end = this.text.indexOf('"', end + 2);
		if (end < 0) {
			return invalid(
				`Line ${this.line}: the quote that opens here is never closed`,
				'The file may be cut off. Ask for it again, or put that line right.',
			);
		}
		const inside = this.text.slice(start, end);
		this.line += inside.match(/\r\n|\r|\n/g)?.length ?? 0;
		this.at = end + 1;
		return ok(inside.replace(/""/g, '"'));
	}

	private skip(text: string): boolean {
		if (!this.text.startsWith(text, this.at)) return false;
		this.at += text.length;
		return true;
	}

	private endLine(): boolean {
		const ended = this.skip('\r\n') || this.skip('\n') || this.skip('\r');
		if (ended) this.line++;
		return ended;
	}
}

const shown = (delimiter: Delimiter) => (delimiter === '\t' ? 'tab' : delimiter);
