import { textAt, type JsonObject } from '../lib/json';
import { foldReference, isSameReference } from '../values/references';
import { mayBeAltered } from '../values/shownReference';
import { hasUnknownDirection, sumPaidRubles, type OperationGroup } from './lines';

/** One row of the user's own records. At least one of `sessionId` and `reference` is not empty. */
export interface SheetRow {
	sessionId: string;
	reference: string;
	/**
	 * The amount in kopecks. Absent when it could not be parsed: the row still matches its session, so that the session
	 * is not reported as missing in the sheet.
	 */
	minorUnits?: number;
}

/** The output word `result` of Reconcile. */
export type FindingResult =
	| 'matched'
	| 'amountDiffers'
	/** Matched by session ID, and the report shows a reference that clearly is another. */
	| 'referenceDiffers'
	| 'returned'
	| 'unclear'
	| 'duplicateInSheet'
	| 'missingAtBank'
	| 'missingInSheet';

/** How a row of the sheet compares with the operations that were matched to it. */
export function resultOf({ lines, returned }: OperationGroup, row: SheetRow): FindingResult {
	if (lines.some(hasUnknownDirection)) return 'unclear';
	if (returned > 0) return 'returned';
	if (!hasSameAmount(lines, row)) return 'amountDiffers';
	return hasNoOtherReference(lines, row) ? 'matched' : 'referenceDiffers';
}

/** Amounts of which one is not known are not the same. */
export const hasSameAmount = (lines: JsonObject[], { minorUnits }: SheetRow): boolean =>
	minorUnits !== undefined && sumPaidRubles(lines) === minorUnits;

const referencesIn = (lines: JsonObject[]): string[] =>
	lines.flatMap((line) => textAt(line, 'reference') ?? []);

/** Whether the reference of the row is shown. */
export const hasSameReference = (lines: JsonObject[], { reference }: SheetRow): boolean =>
	referencesIn(lines).some((shown) => isSameReference(shown, reference));

/** Whether no reference, or one that may be an altered form of the row's, is shown. */
export function hasNoOtherReference(lines: JsonObject[], { reference }: SheetRow): boolean {
	const shown = referencesIn(lines);
	return (
		foldReference(reference) === '' ||
		shown.length === 0 ||
		shown.some((one) => mayBeAltered(one, reference))
	);
}
