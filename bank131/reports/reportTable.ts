import { field, type JsonObject } from '../lib/json';
import { ok, type Result } from '../lib/result';
import { isEmptyCell } from './cells';
import { decodeText, parseCsv } from './csv';
import type { Delimiter, Encoding } from './formats';
import type { FileProblem } from './problems';

/** A report as cells, before its columns are recognised: from a CSV file, or from rows of a spreadsheet. */
export interface ReportTable {
	columns: string[];
	lines: ReportLine[];
}

/** One line of the table under the headers. */
export interface ReportLine {
	/** Line of the file or number of the row, from 1, so that the user can find it. */
	number: number;
	cells: unknown[];
}

/** How to read a CSV file. Absent values are detected. */
export interface CsvOptions {
	encoding?: Encoding;
	delimiter?: Delimiter;
}

/** Parses a CSV file. An empty file is an empty table: the bank sends one for a day without operations. */
export function parseCsvTable(
	bytes: Uint8Array,
	options: CsvOptions = {},
): Result<ReportTable, FileProblem> {
	const text = decodeText(bytes, options.encoding);
	if (!text.ok) return text;
	if (text.value.trim() === '') return ok({ columns: [], lines: [] });
	const records = parseCsv(text.value, options.delimiter);
	if (!records.ok) return records;
	const [header, ...rest] = records.value;
	return ok({
		columns: header.cells,
		lines: rest.map(({ line, cells }) => ({ number: line, cells })),
	});
}

/**
 * The table of rows whose keys are headers. Its columns are the keys of all rows, because spreadsheet readers leave out
 * empty cells.
 */
export function tableFromRows(rows: JsonObject[]): ReportTable {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	return {
		columns,
		lines: rows.map((row, index) => ({
			number: index + 1,
			cells: columns.map((column) => field(row, column)),
		})),
	};
}

/** Whether all cells of the line are empty. */
export const isEmptyLine = ({ cells }: ReportLine): boolean => cells.every(isEmptyCell);
