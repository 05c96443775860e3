import type { JsonObject } from '../../../../../bank131/lib/json';
import type { ListLayout } from '../../../../../bank131/payoutList/recogniseColumns';
import type { UnmappedColumn } from '../../../../../bank131/payoutList/unmappedColumns';
import { valueText } from '../../../../../bank131/values/text';
import type { ItemParameters } from '../../../parameters/itemParameters';

/** The cells of a row, and which column each of them is. */
export interface MappedRow {
	layout: ListLayout;
	cells: unknown[];
	/** Columns that are recognised and mapped to nothing. */
	unmapped: readonly UnmappedColumn[];
}

/** The names of all columns that some item has. */
export function headersOf(inputs: JsonObject[]): string[] {
	const headers = new Set<string>();
	for (const input of inputs) for (const header of Object.keys(input)) headers.add(header);
	return [...headers];
}

/** The names under Columns to Ignore. */
export const ignoredColumnsOf = (param: ItemParameters): string[] =>
	[param.raw('ignoredColumns')].flat().map(valueText).filter(Boolean);

/** The unit of amounts whose column states none. */
export const amountUnitOf = (param: ItemParameters): ListLayout['amountUnit'] =>
	param.collection('options').amountUnit === 'minor' ? 'minor' : 'major';
