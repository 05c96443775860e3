import type { INodeProperties } from 'n8n-workflow';

import type { SheetRow } from '../../../../bank131/reports/rowComparison';
import { parseAmount, type Money } from '../../../../bank131/values/money';
import type { BulkItems, ItemFailure } from '../../contract/operation';
import { readAmountUnit } from '../../fields/amount';
import { labelOf } from '../../form/labels';
import type { ItemParameters } from '../../parameters/itemParameters';
import { problemSentences } from '../../parameters/problemSentence';

/** Rows read before n8n's event loop can do other work. */
const ROWS_PER_TURN = 200;

/** The user's own records: the input items of Reconcile. */
export interface Sheet {
	rows: SheetRow[];
	/** The input item of each row, from 0. Empty items have no row. */
	itemIndexes: number[];
	/** By input item: why its row is invalid. An invalid row is compared too, but its result is not output. */
	failures: Map<number, ItemFailure>;
}

/**
 * Reads the sheet from the input items. Problems are collected by item.
 * @param fields the parameters of the operation; messages use their labels
 */
export async function readSheet(bulk: BulkItems, fields: INodeProperties[]): Promise<Sheet> {
	const sheet: Sheet = { rows: [], itemIndexes: [], failures: new Map() };
	for (const [itemIndex, item] of bulk.items.entries()) {
		if (itemIndex % ROWS_PER_TURN === ROWS_PER_TURN - 1) await bulk.yieldToEventLoop();
		// "Always Output Data" gives one empty item for an empty sheet.
		if (Object.keys(item).length === 0) continue;
		const param = bulk.param(itemIndex);
		sheet.rows.push(readRow(param));
		sheet.itemIndexes.push(itemIndex);
		if (param.problems.length > 0) {
			const row = bulk.items.length === 1 ? '' : `Row ${itemIndex + 1}`;
			sheet.failures.set(itemIndex, rowFailure(param, row, fields));
		}
	}
	return sheet;
}

function rowFailure(
	{ problems }: ItemParameters,
	row: string,
	fields: INodeProperties[],
): ItemFailure {
	const named = problems.map((problem) => ({
		...problem,
		field: labelOf(fields, problem.field),
	}));
	return {
		message: problemSentences(named, row),
		description: problems[0].remedy,
	};
}

/** n8n throws when an expression fails. That is a problem of its row like any other. */
function readRow(param: ItemParameters): SheetRow {
	try {
		return readRowParameters(param);
	} catch (error) {
		param.addExpressionError(error);
		return { sessionId: '', reference: '' };
	}
}

function readRowParameters(param: ItemParameters): SheetRow {
	const unit = readAmountUnit(param);
	const sessionId = param.text('sheetSessionId');
	const reference = param.enteredText('sheetReference');
	if (sessionId === '' && reference === '') {
		param.addProblem(
			'sheetSessionId',
			'The row has neither a session ID nor a reference',
			'Enter one of them, or leave this row out.',
		);
	}
	const amount = parseAmount(param.raw('sheetAmount'), unit, 'RUB');
	const money = param.checked<Money | undefined>('sheetAmount', amount, undefined);
	return { sessionId, reference, minorUnits: money?.minorUnits };
}
