import { compact, isObject, type JsonObject } from '../lib/json';
import { invalid, ok, type Result } from '../lib/result';
import { dropEmptyCellsBeyond, type TableLine } from '../tables/table';
import type { CellReader } from './cells';
import { findColumnIndexes, findMissingColumns, REPORT_COLUMNS } from './columns';
import { reportKinds, type ReportKind } from './formats';
import type { ColumnsProblem, LineProblem } from './problems';

/** The row of one line, or every problem of the line. */
export type LineResult = { ok: true; row: JsonObject } | { ok: false; problems: LineProblem[] };

/** Limits of the header list in a problem. */
const MAX_LISTED_COLUMNS = 30;
const MAX_LISTED_HEADER_LENGTH = 40;

/**
 * Recognises the report by its columns and returns a reader for its lines. Known columns become the fields of
 * `REPORT_COLUMNS`, under the names that the rest of the package uses. Other columns keep their header and value.
 * @param kind Without it the first kind whose required columns are all there.
 */
export function createLineReader(
	columns: string[],
	kind?: ReportKind,
): Result<(line: TableLine) => LineResult, ColumnsProblem> {
	const candidates = kind ? [kind] : reportKinds;
	const recognised = candidates.find((one) => findMissingColumns(columns, one).length === 0);
	if (!recognised) return invalid(unknownColumns(columns, kind));
	const located = REPORT_COLUMNS[recognised].map((column) => ({
		column,
		indexes: findColumnIndexes(columns, column),
	}));
	const duplicate = located.find(({ indexes }) => indexes.length > 1);
	if (duplicate) {
		return invalid({ code: 'columns.duplicate', column: columns[duplicate.indexes[0]] });
	}
	const known = located.flatMap(({ column, indexes }) =>
		indexes.map((index) => ({ index, header: columns[index].trim(), read: column.read })),
	);
	const others = nameOtherColumns(columns, new Set(known.map(({ index }) => index)), recognised);
	const layout = { kind: recognised, width: columns.length, known, others };
	return ok((line) => readLine(line, layout));
}

/** Whether `row` is a row that a line reader returned, also after it was serialised as JSON. */
export function isReportRow(row: unknown): row is JsonObject {
	return (
		isObject(row) &&
		(reportKinds as readonly unknown[]).includes(row.report) &&
		Number.isSafeInteger(row.amountMinorUnits)
	);
}

/** Where the fields of a line are. `index` is the position of the cell, from 0. */
interface Layout {
	kind: ReportKind;
	/** Number of headers. */
	width: number;
	known: Array<{ index: number; header: string; read: CellReader }>;
	others: Array<{ index: number; name: string }>;
}

function readLine(line: TableLine, { kind, width, known, others }: Layout): LineResult {
	const cells = dropEmptyCellsBeyond(width, line.cells);
	if (cells.length !== width) {
		const problem = { code: 'line.wrongCellCount', cells: cells.length, expected: width } as const;
		return { ok: false, problems: [problem] };
	}
	const problems: LineProblem[] = [];
	const fields: JsonObject = { report: kind };
	for (const { index, header, read } of known) {
		const result = read(cells[index]);
		if (result.ok) Object.assign(fields, result.value);
		else problems.push({ ...result.problem, column: header });
	}
	if (problems.length > 0) return { ok: false, problems };
	const { metadata, currency = 'RUB', ...plain } = fields;
	const other = Object.fromEntries(others.map(({ index, name }) => [name, cells[index]]));
	return {
		ok: true,
		row: { ...compact({ ...plain, currency, metadata }), ...other } as JsonObject,
	};
}

function unknownColumns(columns: string[], kind?: ReportKind): ColumnsProblem {
	const listed = {
		columns: columns
			.slice(0, MAX_LISTED_COLUMNS)
			.map((column) => column.trim().slice(0, MAX_LISTED_HEADER_LENGTH)),
		hasMore: columns.length > MAX_LISTED_COLUMNS,
	};
	return kind
		? { code: 'columns.missing', kind, missing: findMissingColumns(columns, kind), ...listed }
		: { code: 'columns.unknown', ...listed };
}

/** Field names for the unknown columns. A number is added to a name that a known field or another column has. */
function nameOtherColumns(columns: string[], known: Set<number>, kind: ReportKind) {
	const used = new Set([
		'report',
		'currency',
		...REPORT_COLUMNS[kind].flatMap(({ fields }) => fields),
	]);
	return columns.flatMap((column, index) => {
		if (known.has(index)) return [];
		const header = column.trim() || `column ${index + 1}`;
		let name = header;
		for (let count = 2; used.has(name); count++) name = `${header} (${count})`;
		used.add(name);
		return [{ index, name }];
	});
}
