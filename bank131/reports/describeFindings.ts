import { compact, textAt, type JsonObject } from '../lib/json';
import { formatAmount } from '../values/money';
import {
	currencyOf,
	groupByCurrency,
	hasUnknownDirection,
	operationIdOf,
	RUBLES,
	type OperationGroup,
} from './lines';
import type { Finding } from './reconcile';
import type { SheetRow } from './rowComparison';

/** What the user should know or do about a finding. A match needs none, unless the sheet names another session. */
export type FindingAdvice =
	| { code: 'matchedByReference'; sheetSessionId: string }
	/** The codes of the report's currencies, rubles first. The sheet is in rubles. */
	| { code: 'otherCurrency'; currencies: string[] }
	| { code: 'bankPaidMore' }
	| { code: 'bankPaidLess' }
	| { code: 'otherReference' }
	| { code: 'returnedToPayer' }
	| { code: 'returnedByRecipientBank' }
	| { code: 'typeMissing' }
	/** `type`: the first characters of the bank's word for the operation. */
	| { code: 'typeUnknown'; type: string }
	| { code: 'duplicateRow' }
	| { code: 'notInReport' }
	| { code: 'paidInEarlierReport' }
	| { code: 'notInSheet' };

/** A finding as fields of the output item, and its advice. */
export interface FindingDescription {
	/** Amounts as decimal text, and under `<name>MinorUnits` as whole minor units. Absent values have no key. */
	fields: JsonObject;
	advice?: FindingAdvice;
}

const MAX_TYPE_LENGTH = 40;

/** The two sides of a finding, their difference in rubles, and the advice. `sheet` is the list that was reconciled. */
export function describeFinding(finding: Finding, sheet: readonly SheetRow[]): FindingDescription {
	const { result, matchedBy, operations } = finding;
	const row = finding.sheetRow === undefined ? undefined : sheet[finding.sheetRow];
	const ids =
		operations && [...new Set(operations.lines.map(operationIdOf))].filter((id) => id !== '');
	const idName = operations?.lines[0].report === 'payment' ? 'paymentId' : 'payoutId';
	const currencies = operations ? [...groupByCurrency(operations.lines).keys()] : [];
	const inOneCurrency = currencies.length > 1 ? undefined : operations;
	const paid = inOneCurrency?.paid;
	const bankReference = firstText(operations, 'reference');
	const expected = row?.minorUnits;
	const isComparable = paid !== undefined && expected !== undefined && currencies[0] === RUBLES;
	const difference = isComparable ? paid - expected : undefined;
	return {
		fields: compact({
			result,
			matchedBy,
			reference: row?.reference || bankReference,
			bankReference: row?.reference && row.reference !== bankReference ? bankReference : undefined,
			sessionId: firstText(operations, 'sessionId') ?? (row?.sessionId || undefined),
			[idName]: ids?.join(', '),
			...amountFields('sheetAmount', expected),
			...amountFields('bankAmount', paid),
			...amountFields('difference', difference),
			...amountFields('returnedAmount', inOneCurrency?.returned || undefined),
			currency: operations && currencies.join(', '),
			finishedAt: firstText(operations, 'finishedAt'),
		}),
		advice: findingAdvice(finding, row, difference),
	};
}

const firstText = (operations: OperationGroup | undefined, key: string): string | undefined =>
	operations?.lines.map((line) => textAt(line, key)).find((text) => text !== undefined);

const amountFields = (name: string, minorUnits: number | undefined): JsonObject =>
	minorUnits === undefined
		? {}
		: { [name]: formatAmount(minorUnits, 'rub'), [`${name}MinorUnits`]: minorUnits };

/** @param difference what the bank paid beyond the row, in kopecks; `undefined` when they cannot be compared */
function findingAdvice(
	{ result, operations }: Finding,
	row: SheetRow | undefined,
	difference: number | undefined,
): FindingAdvice | undefined {
	switch (result) {
		case 'matched':
			return row?.sessionId && firstText(operations, 'sessionId') !== row.sessionId
				? { code: 'matchedByReference', sheetSessionId: row.sessionId }
				: undefined;
		case 'amountDiffers':
			if (operations && operations.lines.some((line) => currencyOf(line) !== RUBLES)) {
				return { code: 'otherCurrency', currencies: [...groupByCurrency(operations.lines).keys()] };
			}
			if (row?.minorUnits === undefined) return undefined;
			return { code: (difference ?? 0) > 0 ? 'bankPaidMore' : 'bankPaidLess' };
		case 'referenceDiffers':
			return { code: 'otherReference' };
		case 'returned':
			return {
				code:
					operations?.lines[0].report === 'payment' ? 'returnedToPayer' : 'returnedByRecipientBank',
			};
		case 'unclear': {
			const type = textAt(operations?.lines.find(hasUnknownDirection), 'type');
			return type === undefined
				? { code: 'typeMissing' }
				: { code: 'typeUnknown', type: type.slice(0, MAX_TYPE_LENGTH) };
		}
		case 'duplicateInSheet':
			return { code: 'duplicateRow' };
		case 'missingAtBank':
			return { code: 'notInReport' };
		case 'missingInSheet':
			return { code: operations?.paid === undefined ? 'paidInEarlierReport' : 'notInSheet' };
	}
}
