import { isGiven, valueText } from '../values/text';
import { methodsNamed } from './chooseMethod';
import { sourceColumns, type ListColumn, type PayoutField, type PayoutMethod } from './fields';
import { matchName } from './matchName';
import { readWord } from './words';

/** A column of the input that would be recognised by its name, and that the user has mapped to nothing. */
export interface UnmappedColumn {
	column: ListColumn;
	header: string;
}

/** The unmapped columns among these headers. A column is none if a field that it can be the source of is mapped. */
export function findUnmapped(
	headers: readonly string[],
	mapped: readonly PayoutField[],
): UnmappedColumn[] {
	const covered = new Set<string>(mapped.flatMap((id) => [id, ...(sourceColumns[id] ?? [])]));
	return headers.flatMap((header) => {
		const column = matchName(header)?.column;
		return column !== undefined && !covered.has(column) ? [{ column, header }] : [];
	});
}

/** How a row would be paid. */
export interface PlannedPayout {
	method?: PayoutMethod;
	/** A code in capitals. */
	currency: string;
	hasReceipt: boolean;
	/** It is left for a person to confirm. */
	isLeft: boolean;
}

/**
 * Whether the cell of an unmapped column says that the row is not to be paid in this way: it is to be approved first,
 * to have a receipt, or another method or currency. A word that is not understood counts as another one.
 */
export function contradicts(column: ListColumn, cell: unknown, planned: PlannedPayout): boolean {
	if (!isGiven(cell)) return false;
	switch (column) {
		case 'confirmation':
			return !planned.isLeft && !isWord('confirmation', cell, 'automatic');
		case 'issueReceipt':
			return !isWord('issueReceipt', cell, planned.hasReceipt);
		case 'selfEmployedInn':
			return !planned.hasReceipt;
		case 'currency':
			return !isWord('currency', cell, planned.currency);
		case 'payoutMethod': {
			const { method } = planned;
			return method !== undefined && !methodsNamed(valueText(cell))?.includes(method);
		}
		default:
			return false;
	}
}

function isWord(
	field: 'confirmation' | 'issueReceipt' | 'currency',
	cell: unknown,
	value: string | boolean,
): boolean {
	const word = readWord(field, cell);
	return word.ok && word.value === value;
}
