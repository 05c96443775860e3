import type { ListColumnsProblem } from '../../../../../bank131/payoutList/problems';
import { readRow, type PayoutRow } from '../../../../../bank131/payoutList/readRow';
import {
	findRowNumbers,
	recogniseColumns,
	type ListLayout,
} from '../../../../../bank131/payoutList/recogniseColumns';
import { isEmptyLine } from '../../../../../bank131/tables/table';
import { valueText } from '../../../../../bank131/values/text';
import { problemText } from '../../../../shared/messages/problemText';
import type { BulkItems, ItemFailure } from '../../../contract/operation';
import { labelOf } from '../../../form/labels';
import { fileFailure, type OpenedTable } from '../../openTables';
import { checkRow, type CheckedRow } from './checkRow';
import { listOptions, readListOptions } from './listFields';
import { problemSentence } from '../../../parameters/problemSentence';
import { listColumnsProblemTexts } from './listProblemTexts';

/** Lines read before n8n's event loop can do other work. */
const LINES_PER_TURN = 200;

/** A row of a list, with its problems. */
export interface ListRow extends CheckedRow {
	row: PayoutRow;
	/** Line of the file or number of the row, from 1. */
	number: number;
	table: ReadTable;
}

/** A table whose columns were recognised. */
export interface ReadTable {
	ok: true;
	opened: OpenedTable;
	layout: ListLayout;
	checkDigits: boolean;
	rows: ListRow[];
}

/** A table that was read, or why it was not. */
export type ListTable = ReadTable | { ok: false; failures: ItemFailure[]; itemIndex: number };

/** Reads and checks the rows of one table. */
export async function readListTable(bulk: BulkItems, opened: OpenedTable): Promise<ListTable> {
	const { table, param, name } = opened;
	const failed = (...failures: ItemFailure[]): ListTable => ({
		ok: false,
		failures,
		itemIndex: opened.itemOfLine(1),
	});
	if (!table.ok) return failed(table.problem);
	const options = readListOptions(param);
	if (param.problems.length > 0) {
		const [problem] = param.problems;
		const message = problemSentence({ ...problem, field: labelOf([listOptions], problem.field) });
		return failed({ message, description: problem.remedy });
	}
	const { columns, lines } = table.value;
	if (columns.length === 0) return failed(tableFailure(name, { code: 'table.empty' }));
	const layout = recogniseColumns(columns, options.layout);
	if (!layout.ok) return failed(...layout.problems.map((problem) => tableFailure(name, problem)));
	const { checkDigits } = options.settings;
	const read: ReadTable = { ok: true, opened, layout: layout.value, checkDigits, rows: [] };
	let count = 0;
	for (const line of lines) {
		if (!line.ok) return failed(fileFailure(name, line.problem));
		if (++count % LINES_PER_TURN === 0) await bulk.yieldToEventLoop();
		if (isEmptyLine(line.value)) continue;
		const row = readRow(layout.value, line.value.cells, options.row);
		const checked = checkRow(param, layout.value, row, options.settings);
		read.rows.push({ ...checked, row, number: line.value.number, table: read });
	}
	if (read.rows.length === 0) return failed(tableFailure(name, { code: 'table.noRows' }));
	const references = read.rows.map(({ row }) => valueText(row.values.reference));
	const rowNumbers = findRowNumbers(layout.value, references);
	return rowNumbers ? failed(tableFailure(name, rowNumbers)) : read;
}

function tableFailure(name: string, problem: ListColumnsProblem): ItemFailure {
	const { message, remedy } = problemText(listColumnsProblemTexts, problem);
	return { message: `${name}: ${message}`, description: remedy };
}
