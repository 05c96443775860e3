import type { ResultAdvice } from '../../../bank131/flows/reasons';
import { adviceOf } from '../../../bank131/session/advice';
import type { DescribedAdvice } from '../../../bank131/session/describe';
import type { SessionView } from '../../../bank131/session/session';
import { formatMoney } from '../../../bank131/values/money';
import { errorAdvice, errorAdviceWithReference, startedBeforeText } from './errorCodeTexts';

/** A sentence for every code of advice. A code without a sentence does not compile. */
type AdviceTexts = {
	readonly [C in ResultAdvice['code']]: (facts: Extract<ResultAdvice, { code: C }>) => string;
};

/** The bank accepted an operation and declined it: its Reference is used up. */
export const USE_NEW_REFERENCE = 'To pay again, use a new Reference.';

/** Only the same Reference shows whether an earlier run has paid. */
const USE_SAME_REFERENCE = 'Run again with the same Reference; it is paid only once.';

/** The bank keeps the key of a start that it refuses, or an earlier run has used the key. */
const KEY_MAY_BE_USED_UP =
	'The key may be used up. If the report does not show it, use a new Reference.';

/** The recipient's bank returned a payout. */
export const CHECK_RECIPIENT_DETAILS =
	'The money came back. Check the details; to pay again, use a new Reference.';

/** What to do next, for the person who runs the payouts. The reasons are in docs/reference/advice.md, by code. */
export const adviceTexts: AdviceTexts = {
	payOnlyTheRest: () => 'Part is paid, see "operations". Pay only the rest, under a new Reference.',
	useNewReference: ({ errorCode }) =>
		errorAdviceWithReference(errorCode, USE_NEW_REFERENCE) ?? USE_NEW_REFERENCE,
	useSameReference: ({ errorCode }) =>
		errorAdviceWithReference(errorCode, USE_SAME_REFERENCE) ?? USE_SAME_REFERENCE,
	nothingStarted: () => 'Nothing was started here. To pay, run again with the same Reference.',
	checkRecipientDetails: () => CHECK_RECIPIENT_DETAILS,
	confirmOrCancel: () => 'Check it, then confirm or cancel it; the bank cancels it after a while.',
	captureOrCancel: () =>
		'Take the held money with Payment: Capture, or let it go with Session: Cancel.',
	sendPayerToBank: ({ hasRedirect, hasQr }) => {
		if (hasRedirect === hasQr) return 'Send the payer to the redirect URL, or show the QR code.';
		return hasQr ? 'Show the payer the QR code.' : 'Send the payer to the redirect URL.';
	},
	waitForResult: () => 'The bank is working on it. Look it up later; do not pay again.',
	readRefunds: () => 'Some of this payment was refunded. Look at its refunds.',
	askAboutSession: () =>
		"The answer can't be read in full. Do not pay again; look into the daily report.",
	contactSupport: () =>
		"The bank does not know the result yet. Do not pay again; ask the bank's support.",
	readSession: () =>
		'Do not pay again. Look it up with Session: Get, or run again with the same Reference.',
	confirmLater: () =>
		'Not confirmed yet: use Session: Wait, then Session: Confirm. Do not pay again.',
	confirmFromEvent: () =>
		'Not confirmed: its transfer is not shown. Confirm it by the event Ready to Confirm.',
	findEarlierOperation: ({ kind }) => startedBeforeText(kind),
	keyMayBeUsedUp: ({ errorCode }) =>
		[errorAdvice(errorCode), KEY_MAY_BE_USED_UP].filter(Boolean).join(' '),
	otherAmountPaid: ({ actual, expected, isPaid }) =>
		`The bank ${isPaid ? 'paid' : 'shows'} ${formatMoney(actual)} instead of ${formatMoney(expected)}. Ask it why.`,
	askWhyRefundFailed: () => 'Not refunded. Ask the bank why; to try again, use a new Reference.',
	waitForRefund: () => 'The bank is working on the refund. Look it up later with Session: Get.',
};

/** The sentence of a code of advice; undefined without one. */
export function adviceText(advice: ResultAdvice | undefined): string | undefined {
	if (!advice) return undefined;
	const text = adviceTexts[advice.code] as (facts: ResultAdvice) => string;
	return text(advice);
}

/** The sentence of a code of advice with the code (docs/reference/advice.md); undefined without one. */
export function adviceOfCode(advice: ResultAdvice | undefined): DescribedAdvice | undefined {
	const text = adviceText(advice);
	return advice && text !== undefined ? { advice: text, adviceCode: advice.code } : undefined;
}

/** What to do after a session was read; undefined when nothing is to be done. */
export const sessionAdvice = (view: SessionView): DescribedAdvice | undefined =>
	adviceOfCode(adviceOf(view));
