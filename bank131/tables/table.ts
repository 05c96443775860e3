import { field, type JsonObject } from '../lib/json';
import { ok, type Result } from '../lib/result';
import { isGiven } from '../values/text';
import { parseCsv, type CsvRecord } from './csv';
import { decodeText } from './decodeText';
import type { Delimiter, Encoding } from './formats';
import type { FileProblem } from './problems';

/** A table as cells, before its columns are recognised: from a CSV file, or from rows of a spreadsheet. */
export interface Table {
	columns: string[];
	/**
	 * Read one by one, because a file is parsed on the way. A problem is the last one: the rest of the file is no CSV.
	 */
	lines: Iterable<Result<TableLine, FileProblem>>;
}

/** One line of the table under the headers. */
export interface TableLine {
	/** Line of the file or number of the row, from 1, so that the user can find it. */
	number: number;
	cells: unknown[];
}

/** How to read a CSV file. Absent values are detected. */
export interface CsvOptions {
	encoding?: Encoding;
	delimiter?: Delimiter;
	/** Recognises the header, which may have a title above it. Without it the first line is the header. */
	isHeader?(cells: string[]): boolean;
}

/** Lines in which a header is searched. */
const MAX_HEADER_LINES = 20;

/** Opens a CSV file. An empty file is an empty table: the bank sends one for a day without operations. */
export function parseCsvTable(
	bytes: Uint8Array,
	{ encoding, delimiter, isHeader = () => true }: CsvOptions = {},
): Result<Table, FileProblem> {
	const text = decodeText(bytes, encoding);
	if (!text.ok) return text;
	if (text.value.trim() === '') return ok({ columns: [], lines: [] });
	const records = parseCsv(text.value, delimiter);
	const start: CsvRecord[] = [];
	for (let next = records.next(); !next.done; next = records.next()) {
		const record = next.value;
		if (!record.ok) return record;
		if (isHeader(record.value.cells)) {
			return ok({ columns: record.value.cells, lines: linesOf([], records) });
		}
		start.push(record.value);
		if (start.length === MAX_HEADER_LINES) break;
	}
	const [first, ...rest] = start;
	return ok({ columns: first?.cells ?? [], lines: linesOf(rest, records) });
}

function* linesOf(
	first: CsvRecord[],
	records: Iterable<Result<CsvRecord, FileProblem>>,
): Generator<Result<TableLine, FileProblem>, undefined> {
	for (const { line, cells } of first) yield ok({ number: line, cells });
	for (const record of records) {
		yield record.ok ? ok({ number: record.value.line, cells: record.value.cells }) : record;
	}
}

/**
 * The table of rows whose keys are headers. Its columns are the keys of all rows, because spreadsheet readers leave out
 * empty cells.
 */
export function tableFromRows(rows: JsonObject[]): Table {
	const columnSet = new Set<string>();
	for (const row of rows) for (const key of Object.keys(row)) columnSet.add(key);
	const columns = [...columnSet];
	return { columns, lines: linesFromRows(rows, columns) };
}

function* linesFromRows(
	rows: JsonObject[],
	columns: string[],
): Generator<Result<TableLine, FileProblem>, undefined> {
	for (const [index, row] of rows.entries()) {
		yield ok({ number: index + 1, cells: columns.map((column) => field(row, column)) });
	}
}

/** Whether all cells of the line are absent, null or blank text. */
export const isEmptyLine = ({ cells }: TableLine): boolean => !cells.some(isGiven);

/** The cells without empty ones beyond the header, which trailing delimiters give. Cells with content stay. */
export function dropEmptyCellsBeyond(width: number, cells: readonly unknown[]): unknown[] {
	let length = cells.length;
	while (length > width && !isGiven(cells[length - 1])) length--;
	return cells.slice(0, length);
}
