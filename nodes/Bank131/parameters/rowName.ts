import { integerAt, type JsonObject } from '../../../bank131/lib/json';

/** Fields of the items of Payout: Read List: the line of the file, or the row, in which the payout stands. */
export const PLACE_FIELDS = ['line', 'row'] as const;

/**
 * What messages call the row of an input item: `Row 3`, or `Row 3 (line 5 of the list)` if Read List has left out
 * others before it. Empty for a single row.
 */
export function rowName(itemIndex: number, itemCount: number, input?: JsonObject): string {
	if (itemCount === 1) return '';
	const row = itemIndex + 1;
	const field = PLACE_FIELDS.find((name) => integerAt(input, name) !== undefined);
	const place = field && integerAt(input, field);
	return place === undefined || (field === 'row' && place === row)
		? `Row ${row}`
		: `Row ${row} (${field} ${place} of the list)`;
}
