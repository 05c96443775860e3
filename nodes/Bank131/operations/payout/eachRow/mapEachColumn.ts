import { field, objectAt, type JsonObject } from '../../../../../bank131/lib/json';
import { foldName } from '../../../../../bank131/payoutList/foldName';
import type { PayoutField } from '../../../../../bank131/payoutList/fields';
import {
	readAmountHeader,
	type ListLayout,
} from '../../../../../bank131/payoutList/recogniseColumns';
import {
	contradicts,
	findUnmapped,
	type PlannedPayout,
	type UnmappedColumn,
} from '../../../../../bank131/payoutList/unmappedColumns';
import { isGiven } from '../../../../../bank131/values/text';
import { problemText } from '../../../../shared/messages/problemText';
import type { ItemParameters } from '../../../parameters/itemParameters';
import { parseSimpleExpression } from '../../../parameters/simpleExpression';
import { columnLabel } from '../list/columnLabels';
import { listColumnsProblemTexts } from '../list/listProblemTexts';
import { unmappedText } from '../list/listSummaryText';
import { amountUnitOf, headersOf, ignoredColumnsOf, type MappedRow } from './mappedRow';

/** Map Each Column: the columns that the user has filled in. */
export function mapEachColumn(param: ItemParameters, mapping: JsonObject): MappedRow | undefined {
	const given = objectAt(mapping, 'value') ?? {};
	const ids = Object.keys(given).filter((id) => isGiven(given[id])) as PayoutField[];
	const layout = param.once('columns', () => layoutOf(ids, given, param));
	if (!layout) return undefined;
	param.rejectTemplateGaps('columns');
	const unmapped = param.once('unmapped', (inputs) => unmappedColumns(inputs, ids, param));
	return { layout, cells: ids.map((id) => param.mappedValue('columns', id)), unmapped };
}

function layoutOf(
	ids: PayoutField[],
	given: JsonObject,
	param: ItemParameters,
): ListLayout | undefined {
	const missing = (['reference', 'amount'] as const).filter((id) => !ids.includes(id));
	if (missing.length > 0) {
		return param.rejectAll({
			message: `Columns: ${missing.map(columnLabel).join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not mapped`,
			remedy: 'Drag the column of your list there.',
		});
	}
	const amounts = readAmountHeader(plainColumn(given.amount), { amountUnit: amountUnitOf(param) });
	if (!amounts.ok) {
		const { message, remedy } = problemText(listColumnsProblemTexts, amounts.problem);
		return param.rejectAll({ message: `Columns: ${message}`, remedy });
	}
	const columns = new Map(ids.map((id, index) => [id, { index, header: columnLabel(id) }]));
	return { width: ids.length, columns, unused: [], ...amounts.value };
}

/** The column that an expression passes on as it is. One that calculates may change the unit of an amount. */
function plainColumn(expression: unknown): string {
	const { columns, texts } = parseSimpleExpression(expression) ?? { columns: [], texts: [] };
	return columns.length === 1 && texts.join('') === '' ? columns[0] : '';
}

/** The columns that Map Automatically would use, and that neither the form nor Columns to Ignore names. */
function unmappedColumns(
	inputs: JsonObject[],
	ids: PayoutField[],
	param: ItemParameters,
): UnmappedColumn[] {
	const used = param.usedColumns;
	const ignored = new Set(ignoredColumnsOf(param).map(foldName));
	const headers = headersOf(inputs).filter(
		(header) => !used.has(header) && !ignored.has(foldName(header)),
	);
	const unmapped = findUnmapped(headers, ids);
	if (unmapped.length > 0) param.addHint(unmappedText(unmapped));
	return unmapped;
}

/** Collects the cells of unmapped columns that say otherwise than the row would be paid: a mapping was forgotten. */
export function rejectContradictions(
	param: ItemParameters,
	unmapped: readonly UnmappedColumn[],
	planned: PlannedPayout,
): void {
	for (const { column, header } of unmapped) {
		if (!contradicts(column, field(param.input, header), planned)) continue;
		param.addProblem(
			`Column "${header.trim()}"`,
			`It is not mapped to ${columnLabel(column)}, and the row would be paid otherwise than it says`,
			'Map it, or enter its name under Columns to Ignore.',
		);
	}
}
