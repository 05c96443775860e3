import type { FindingAdvice } from '../../../../bank131/reports/describeFindings';
import type { FindingResult } from '../../../../bank131/reports/rowComparison';
import { CHECK_RECIPIENT_DETAILS } from '../../../shared/messages/adviceTexts';

/** A sentence for every code of advice. A code without a sentence does not compile. */
type AdviceTexts = {
	readonly [C in FindingAdvice['code']]: (facts: Extract<FindingAdvice, { code: C }>) => string;
};

const findingAdviceTexts: AdviceTexts = {
	matchedByReference: ({ sheetSessionId }) =>
		`Matched by reference: the sheet names session ${sheetSessionId}. Correct the session ID.`,
	otherCurrency: ({ currencies }) =>
		`The report is in ${currencies.join(' and ')}, the sheet in rubles: they can't be compared. Check this row by hand.`,
	bankPaidMore: () =>
		'The bank moved more than the sheet says. Check whether it was paid twice, or the amount of this row.',
	bankPaidLess: () => 'The bank moved less than the sheet says. Check the amount of this row.',
	otherReference: () =>
		'The session and the amount are the same, but the report shows another reference ("bankReference"). Check which payment this row means.',
	returnedToPayer: () => 'Given back to the payer, in whole or in part.',
	returnedByRecipientBank: () => CHECK_RECIPIENT_DETAILS,
	typeMissing: () =>
		"The report does not say the type of this operation (typeOfPayment), so a return can't be distinguished from a payout. Read the file with all columns; if the bank uses another name for that column, rename it.",
	typeUnknown: ({ type }) =>
		`The report calls this operation "${type}", which this node does not know. It is counted as paid: check whether it was, or ask the bank's support.`,
	duplicateRow: () =>
		'Another row of the sheet already matches what the bank paid. Remove one of them.',
	notInReport: () =>
		'Not in this report, which holds finished operations only. Look it up with Session: Get, or in the report of a later day. Do not pay again before that.',
	paidInEarlierReport: () => 'Sent back now; the payment itself is in an earlier report.',
	notInSheet: () =>
		'The bank moved this money and the sheet does not have it. Find out who started it.',
};

/** The sentence of one code of advice. */
export function findingAdviceText(advice: FindingAdvice): string {
	const text = findingAdviceTexts[advice.code] as (facts: FindingAdvice) => string;
	return text(advice);
}

/** The word after the count of a result in the summary. It has no verb, so it fits one row and many. */
export const findingResultTexts: Readonly<Record<FindingResult, string>> = {
	matched: 'matched',
	amountDiffers: 'with another amount',
	referenceDiffers: 'with another reference',
	returned: 'returned',
	unclear: 'unclear',
	duplicateInSheet: 'twice in the sheet',
	missingAtBank: 'missing at the bank',
	missingInSheet: 'missing in the sheet',
};
