import { invalid, ok, type Result } from '../../../bank131/lib/result';
import type { FileProblem } from '../../../bank131/tables/problems';
import {
	parseCsvTable,
	tableFromRows,
	type CsvOptions,
	type Table,
} from '../../../bank131/tables/table';
import { fileProblemTexts } from '../../shared/messages/fileProblemTexts';
import { problemText } from '../../shared/messages/problemText';
import { toItemFailure } from '../contract/itemFailure';
import type { BulkItems, ItemFailure } from '../contract/operation';
import { binaryField, readCsvOptions, readFrom } from '../fields/tableFields';
import type { ItemParameters } from '../parameters/itemParameters';

/** A table of the input, how messages name it and its lines, and the input items that its lines come from. */
export interface OpenedTable {
	table: Result<Table, ItemFailure>;
	param: ItemParameters;
	name: string;
	/** Empty for a single row. */
	nameOfLine(number: number): string;
	/** Index of the input item of a line, from 0. */
	itemOfLine(number: number): number;
	/** Name of the file. Absent when the lines are input items. */
	file?: string;
}

/**
 * Opens the tables of the input: all items as the rows of one table, or the file of each item, as Read From says.
 * @param isHeader recognises the header of a file; without it the first line is the header
 */
export async function* openTables(
	bulk: BulkItems,
	isHeader?: CsvOptions['isHeader'],
): AsyncGenerator<OpenedTable, undefined> {
	if (bulk.param(0).optionValue(readFrom.name) === 'rows') {
		const table = tableFromRows(bulk.items);
		const hasHeader = isHeader === undefined || isHeader(table.columns);
		if (!hasHeader && bulk.items.every((_, item) => bulk.binaryFields(item).length > 0)) {
			yield noTable(FILES_ONLY, bulk.param(0), 0);
			return;
		}
		yield {
			table: ok(table),
			param: bulk.param(0),
			name: 'The rows',
			nameOfLine: (number) => (bulk.items.length === 1 ? '' : `Row ${number}`),
			itemOfLine: (number) => number - 1,
		};
		return;
	}
	const items = [...bulk.items.keys()];
	if (items.every((itemIndex) => bulk.binaryFields(itemIndex).length === 0)) {
		yield noTable(NO_FILES, bulk.param(0), 0);
		return;
	}
	for (const itemIndex of items) yield await openFile(bulk, itemIndex, isHeader);
}

const NO_FILES: ItemFailure = {
	message: 'The input has no file',
	description: 'If each item is a row of the table, choose Rows of a Spreadsheet under Read From.',
};

const FILES_ONLY: ItemFailure = {
	message: 'The input is a file, not the rows of a spreadsheet',
	description:
		'Choose CSV File under Read From. An XLSX file needs Extract From File before this node.',
};

const noTable = (failure: ItemFailure, param: ItemParameters, itemIndex: number): OpenedTable => ({
	table: invalid(failure),
	param,
	name: '',
	nameOfLine: () => '',
	itemOfLine: () => itemIndex,
});

/** The binary field that Input Binary Field names. While it has its initial value, the only file of the item counts. */
function chooseBinaryField(
	fields: string[],
	param: ItemParameters,
	itemIndex: number,
): Result<string, ItemFailure> {
	const wanted = param.optionValue(binaryField.name);
	if (fields.includes(wanted)) return ok(wanted);
	if (wanted === binaryField.default && fields.length === 1) return ok(fields[0]);
	return invalid({
		message: `Item ${itemIndex + 1} has no file "${wanted}", only: ${fields.join(', ') || 'none'}`,
		description:
			fields.length > 1
				? 'Upload one file at a time, or enter the name of the one to be read under Input Binary Field.'
				: 'Enter the name of the file under Input Binary Field.',
	});
}

async function openFile(
	bulk: BulkItems,
	itemIndex: number,
	isHeader: CsvOptions['isHeader'],
): Promise<OpenedTable> {
	const param = bulk.param(itemIndex);
	try {
		const chosen = chooseBinaryField(bulk.binaryFields(itemIndex), param, itemIndex);
		if (!chosen.ok) return noTable(chosen.problem, param, itemIndex);
		const { name: fileName, bytes } = await bulk.file(itemIndex, chosen.value);
		const name = fileName === '' ? `File of item ${itemIndex + 1}` : fileName;
		const table = parseCsvTable(bytes, { ...readCsvOptions(param), isHeader });
		return {
			table: table.ok ? table : invalid(fileFailure(name, table.problem)),
			param,
			name,
			nameOfLine: (number) => `${name}, line ${number}`,
			itemOfLine: () => itemIndex,
			file: name,
		};
	} catch (error) {
		// n8n throws when an expression of the item's parameters fails.
		return noTable(toItemFailure(error), param, itemIndex);
	}
}

/** The failure of a file that has no table, or whose rest has none. */
export function fileFailure(name: string, problem: FileProblem): ItemFailure {
	const { message, remedy } = problemText(fileProblemTexts, problem);
	return { message: `${name}: ${message}`, description: remedy };
}
