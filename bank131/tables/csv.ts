import { invalid, ok, type Result } from '../lib/result';
import type { Delimiter } from './formats';
import type { FileProblem } from './problems';

/** One record of a CSV file. */
export interface CsvRecord {
	/** Line of the file on which the record begins, from 1. A quoted cell may span several lines. */
	line: number;
	cells: string[];
}

const DELIMITERS: readonly Delimiter[] = [';', ',', '\t'];
/** Characters and records by which the delimiter is recognised. */
const SAMPLE_LENGTH = 64 * 1024;
const SAMPLE_RECORDS = 20;

/** A first line in which Excel reads and writes the delimiter. */
const DELIMITER_LINE = /^"?sep=([;,\t])"?(?:\r\n|\r|\n|$)/i;

/**
 * The delimiter with which the most of the first records have the same number of cells, the wider ones first: a comma
 * inside a header or an amount is no delimiter.
 * @returns a comma for a text without any delimiter
 */
export function detectDelimiter(text: string): Delimiter {
	const sample = text.slice(0, SAMPLE_LENGTH);
	let best: { delimiter: Delimiter; records: number; width: number } = {
		delimiter: ',',
		records: 0,
		width: 1,
	};
	for (const delimiter of DELIMITERS) {
		const { records, width } = commonWidth(sample, delimiter);
		const isBetter = records > best.records || (records === best.records && width > best.width);
		if (width > 1 && isBetter) best = { delimiter, records, width };
	}
	return best.delimiter;
}

/** The number of cells that most of the first records have, and how many records have it. */
function commonWidth(sample: string, delimiter: Delimiter): { records: number; width: number } {
	const parser = new CsvParser(sample, delimiter, '');
	const counts = new Map<number, number>();
	for (let read = 0; read < SAMPLE_RECORDS; read++) {
		const record = parser.nextRecord();
		if (!record?.ok) break;
		const width = record.value.cells.length;
		counts.set(width, (counts.get(width) ?? 0) + 1);
	}
	let common = { records: 0, width: 1 };
	for (const [width, records] of counts) {
		const isMore = records > common.records || (records === common.records && width > common.width);
		if (width > 1 && isMore) common = { records, width };
	}
	return common;
}

/**
 * Parses CSV text (RFC 4180), record by record. Lines may end with CRLF, LF or CR; empty lines are skipped. The last
 * result is a problem if the rest of the text is no CSV.
 * A first line `sep=;` is not data: it names the delimiter, unless the caller does.
 * One deviation from the RFC: a quote inside an unquoted cell is an ordinary character, because the bank's sample
 * (api/12 §12.6) writes `{"test_data":"test"}` without quotes around the cell.
 */
export function* parseCsv(
	text: string,
	delimiter?: Delimiter,
): Generator<Result<CsvRecord, FileProblem>, undefined> {
	const [delimiterLine, named] = DELIMITER_LINE.exec(text) ?? [''];
	const parser = new CsvParser(
		text,
		delimiter ?? (named as Delimiter | undefined) ?? detectDelimiter(text),
		delimiterLine,
	);
	for (let next = parser.nextRecord(); next; next = parser.nextRecord()) {
		yield next;
		if (!next.ok) return;
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
