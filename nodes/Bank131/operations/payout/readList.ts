import { compact, type JsonObject } from '../../../../bank131/lib/json';
import { isListHeader, headerOf } from '../../../../bank131/payoutList/recogniseColumns';
import { summariseList } from '../../../../bank131/payoutList/summary';
import { areRowNumbers, findReferenceClashes } from '../../../../bank131/values/references';
import { valueText } from '../../../../bank131/values/text';
import { referenceClashText } from '../../../shared/messages/referenceClashTexts';
import { toItemFailure } from '../../contract/itemFailure';
import type {
	BulkItemResult,
	BulkItems,
	BulkOperation,
	BulkResult,
} from '../../contract/operation';
import { binaryField, readFrom } from '../../fields/tableFields';
import { openTables } from '../openTables';
import { problemSentences } from '../../parameters/problemSentence';
import { columnLabel } from './list/columnLabels';
import { listOptions } from './list/listFields';
import { listSummaryText } from './list/listSummaryText';
import { readListTable, type ListRow, type ListTable } from './list/readListTable';

/** Rows that become items before n8n's event loop can do other work. */
const ROWS_PER_TURN = 1000;

export const readList: BulkOperation = {
	resource: 'payout',
	value: 'readList',
	name: 'Read List',
	action: 'Read a list of payouts',
	description:
		'Check a list before anything is sent: recognises its columns and gives one clean item per row, for Send',
	fields: [readFrom, binaryField, listOptions],
	async runBulk(bulk) {
		const tables: ListTable[] = [];
		for await (const opened of openTables(bulk, isListHeader)) {
			tables.push(
				// n8n throws when an expression of the options fails.
				await readListTable(bulk, opened).catch((error) => ({
					ok: false,
					failures: [toItemFailure(error)],
					itemIndex: opened.itemOfLine(1),
				})),
			);
		}
		await bulk.yieldToEventLoop();
		rejectClashes(tables.flatMap((table) => (table.ok ? table.rows : [])));
		return await toResult(bulk, tables);
	},
};

/** Rejects all rows of the run whose references are the same or can be taken for the same, as the payment would. */
function rejectClashes(rows: ListRow[]): void {
	const references = rows.map(({ row }) => valueText(row.values.reference));
	for (const { kind, index, other } of findReferenceClashes(references)) {
		const text = referenceClashText(kind, columnLabel('reference'), {
			row: nameOf(rows[other]),
			other: references[other],
		});
		rows[index].problems.push({ field: 'reference', ...text });
	}
}

const nameOf = ({ table, number }: ListRow): string => table.opened.nameOfLine(number);

async function toResult(bulk: BulkItems, tables: ListTable[]): Promise<BulkResult> {
	const results: BulkItemResult[] = [];
	const valid: ListRow[] = [];
	const restoredBiks: Array<{ row: string; bik: string }> = [];
	const setOnce = new Set<string>();
	for (const table of tables) {
		const { itemIndex, failures } = table.ok ? { itemIndex: 0, failures: [] } : table;
		for (const failure of failures) results.push({ json: {}, failure, itemIndex });
		for (const row of table.ok ? table.rows : []) {
			if (results.length % ROWS_PER_TURN === 0) await bulk.yieldToEventLoop();
			results.push(toItem(row));
			if (row.problems.length > 0) continue;
			valid.push(row);
			for (const field of row.setOnce) setOnce.add(field);
			const { restoredBik: bik } = row.row;
			if (bik !== undefined) restoredBiks.push({ row: nameOf(row), bik });
		}
	}
	const read = tables.filter((table) => table.ok);
	const failures = results.flatMap(({ failure }) => failure?.message ?? []);
	const references = valid.map(({ row }) => valueText(row.values.reference));
	const hasRowNumbers = areRowNumbers(references);
	const message = listSummaryText({
		summary: summariseList(valid.map(({ row }) => row)),
		failures,
		hasRowNumbers,
		tables: read.map(({ opened, layout }) => ({ name: opened.name, layout })),
		restoredBiks,
		setOnce: [...setOnce],
		checkDigits: read.every(({ checkDigits }) => checkDigits),
	});
	const isClean = failures.length === 0 && restoredBiks.length === 0 && !hasRowNumbers;
	return { results, summary: { message, isClean } };
}

/** A clean item, or the failure of a row with all its problems. Both say which line or row of the list it is. */
function toItem(listRow: ListRow): BulkItemResult {
	const { row, problems, number, table } = listRow;
	const { file, itemOfLine } = table.opened;
	const itemIndex = itemOfLine(number);
	const values = row.values as JsonObject;
	const place = { [file === undefined ? 'row' : 'line']: number };
	if (problems.length === 0) return { json: compact({ ...values, ...place }), itemIndex };
	const named = problems.map(({ field, ...text }) => ({
		field: field === '' ? '' : (headerOf(table.layout, field) ?? columnLabel(field)),
		...text,
	}));
	const { reference, recipientName, amount } = values;
	return {
		json: compact({ reference, recipientName, amount, file, ...place }),
		itemIndex,
		failure: {
			message: problemSentences(named, nameOf(listRow)),
			description: [...new Set(named.map(({ remedy }) => remedy))].join(' '),
		},
	};
}
