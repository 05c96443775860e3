import { decodeText, parseCsv, type Delimiter, type Encoding } from './csv';
import { compact, field, isObject, type JsonObject } from '../lib/json';
import { formatAmount } from '../values/money';
import { invalid, ok, type Checked, type Problem } from '../lib/result';
import { isEmptyCell, type CellReader } from './cells';
import { byCurrency } from './lines';
import { columnsOf, reportKinds, type Column, type ReportKind } from './columns';

/** A report before anybody has looked at its columns: from a CSV file, or rows that somebody else took from a workbook. */
export interface ReportTable {
	columns: string[];
	lines: ReportLine[];
}

export interface ReportLine {
	/** Line of the file or number of the row, from 1: how the user finds it. */
	number: number;
	cells: unknown[];
}

export interface CsvOptions {
	encoding?: Encoding;
	delimiter?: Delimiter;
}

/** One line of a report, read; or what is wrong with which of its columns. */
export type ReadLine = { ok: true; row: JsonObject } | { ok: false; problems: Problem[] };

const MOST_LISTED = 30;

/** The table of a CSV file. An empty file, as the bank sends on a day without operations, is an empty table. */
export function tableOfCsv(bytes: Uint8Array, options: CsvOptions = {}): Checked<ReportTable> {
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

/** The table of rows whose cells have names. Spreadsheet readers leave empty cells out, so the rows' columns may differ. */
export function tableOfRows(rows: JsonObject[]): ReportTable {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	return {
		columns,
		lines: rows.map((row, index) => ({
			number: index + 1,
			cells: columns.map((column) => field(row, column)),
		})),
	};
}

export const isEmptyLine = ({ cells }: ReportLine): boolean => cells.every(isEmptyCell);

/**
 * Reads lines of a report with these columns: known ones under the names that the rest of the package uses, all others
 * untouched under their own.
 * @param wanted found out from the columns when it is not given
 */
export function lineReader(
	columns: string[],
	wanted?: ReportKind,
): Checked<(line: ReportLine) => ReadLine> {
	const kind = (wanted ? [wanted] : reportKinds).find(
		(one) => missingColumns(columns, one).length === 0,
	);
	if (!kind) return unknownColumns(columns, wanted);
	const places = columnsOf[kind].map((column) => ({ column, at: placesOf(columns, column) }));
	const twice = places.find(({ at }) => at.length > 1);
	if (twice) {
		return invalid(
			`The column "${columns[twice.at[0]]}" stands there twice`,
			'Remove the one that the bank did not write.',
		);
	}
	const known = places.flatMap(({ column, at }) =>
		at.map((index) => ({ index, name: columns[index].trim(), read: column.read })),
	);
	const others = otherColumns(columns, new Set(known.map(({ index }) => index)), kind);
	return ok((line) => readLine(line, columns.length, { kind, known, others }));
}

interface Layout {
	kind: ReportKind;
	known: Array<{ index: number; name: string; read: CellReader }>;
	others: Array<{ index: number; name: string }>;
}

function readLine(line: ReportLine, width: number, { kind, known, others }: Layout): ReadLine {
	const cells = withoutEmptyEnd(line.cells, width);
	if (cells.length !== width) {
		return {
			ok: false,
			problems: [
				{
					field: '',
					message: `It has ${cells.length} cells, the header has ${width}`,
					remedy:
						'The file may be cut off, or a cell holds the delimiter without being quoted. Ask for the file again, or put that line right.',
				},
			],
		};
	}
	const problems: Problem[] = [];
	const fields: JsonObject = { report: kind };
	for (const { index, name, read } of known) {
		const result = read(cells[index]);
		if (result.ok) Object.assign(fields, result.value);
		else problems.push({ field: name, ...result.problem });
	}
	if (problems.length > 0) return { ok: false, problems };
	const { metadata, currency = 'RUB', ...plain } = fields;
	const own = Object.fromEntries(others.map(({ index, name }) => [name, cells[index]]));
	return { ok: true, row: { ...compact({ ...plain, currency, metadata }), ...own } as JsonObject };
}

/** Cells beyond the header count only when something stands in them. */
function withoutEmptyEnd(cells: unknown[], width: number): unknown[] {
	let length = cells.length;
	while (length > width && isEmptyCell(cells[length - 1])) length--;
	return cells.slice(0, length);
}

const normal = (header: string): string => header.trim().replace(/\s+/g, ' ').toLowerCase();

function placesOf(columns: string[], { headers }: Column): number[] {
	return columns.flatMap((column, index) => (headers.includes(normal(column)) ? [index] : []));
}

function missingColumns(columns: string[], kind: ReportKind): string[] {
	return columnsOf[kind]
		.filter((column) => column.label && placesOf(columns, column).length === 0)
		.map((column) => column.label ?? '');
}

function unknownColumns(columns: string[], kind?: ReportKind) {
	const found = columns.slice(0, MOST_LISTED).map((column) => `"${column.trim().slice(0, 40)}"`);
	const more = columns.length > MOST_LISTED ? ', …' : '';
	const what = kind
		? `This is not a ${kind} report: it has no column ${missingColumns(columns, kind).join(', ')}`
		: 'This is no report of Bank 131';
	const needed = reportKinds.map(
		(one) => `a ${one} report has ${missingColumns([], one).join(', ')}`,
	);
	return invalid(
		`${what}. Columns found: ${found.join(', ')}${more}`,
		`Check the file and its delimiter: ${needed.join('; ')}.`,
	);
}

/** Names for the columns that nobody knows; one that would hide a known field or another column gets a number. */
function otherColumns(columns: string[], known: Set<number>, kind: ReportKind) {
	const taken = new Set(['report', 'currency', ...columnsOf[kind].flatMap(({ fields }) => fields)]);
	return columns.flatMap((column, index) => {
		if (known.has(index)) return [];
		const wanted = column.trim() || `column ${index + 1}`;
		let name = wanted;
		for (let count = 2; taken.has(name); count++) name = `${wanted} (${count})`;
		taken.add(name);
		return [{ index, name }];
	});
}

/** A row as this module wrote it, after a way through n8n. */
export function isReportRow(row: unknown): row is JsonObject {
	return (
		isObject(row) &&
		(reportKinds as readonly unknown[]).includes(row.report) &&
		Number.isSafeInteger(row.amountMinorUnits)
	);
}

/** A report in one sentence: how many operations of each type, and how much money. `errors`: of lines and whole files. */
export function summariseReport(rows: JsonObject[], errors: number): string {
	const unread = `${errors === 1 ? '1 error' : `${errors} errors`}: ${rows.length === 0 ? 'nothing' : 'not all'} was read.`;
	if (rows.length === 0)
		return errors > 0 ? unread : 'The report is empty: there were no operations.';
	const parts = [...byCurrency(rows)].map(([currency, own]) => `${sumsByType(own)} ${currency}`);
	return `${rows.length} operations: ${parts.join('; ')}.${errors > 0 ? ` ${unread}` : ''}`;
}

function sumsByType(rows: JsonObject[]): string {
	const sums = new Map<string, { count: number; minorUnits: number }>();
	for (const { type, amountMinorUnits } of rows) {
		const word = typeof type === 'string' ? type : 'other';
		const sum = sums.get(word) ?? { count: 0, minorUnits: 0 };
		sums.set(word, {
			count: sum.count + 1,
			minorUnits: sum.minorUnits + Number(amountMinorUnits),
		});
	}
	const parts = [...sums].map(
		([word, { count, minorUnits }]) => `${count} ${word} ${formatAmount(minorUnits, 'rub')}`,
	);
	return parts.join(', ');
}
