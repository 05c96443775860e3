import type { ResultAdvice } from '../../../bank131/flows/reasons';
import { adviceOf } from '../../../bank131/session/advice';
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
const USE_SAME_REFERENCE = "Run it again with the same Reference: it can't be paid twice.";

/** The bank keeps the key of a start that it refuses, or an earlier run has used the key. */
const KEY_MAY_BE_USED_UP =
	'The key of this Reference may be used up by this refusal. Look into the daily report: only if it shows no payout under this Reference, pay under a new one.';

/** The recipient's bank returned a payout. */
export const CHECK_RECIPIENT_DETAILS =
	"The recipient's bank sent the money back. Check the recipient's details; to pay again, use a new Reference.";

/** What to do next, for the person who runs the payouts. */
const adviceTexts: AdviceTexts = {
	payOnlyTheRest: () =>
		'Part of this session is paid: "operations" says which. Pay only the rest again, under a new Reference.',
	useNewReference: ({ errorCode }) =>
		errorAdviceWithReference(errorCode, USE_NEW_REFERENCE) ?? USE_NEW_REFERENCE,
	useSameReference: ({ errorCode }) =>
		errorAdviceWithReference(errorCode, USE_SAME_REFERENCE) ?? USE_SAME_REFERENCE,
	nothingStarted: () =>
		"Nothing was started in this session. To pay, run again with the same Reference: it can't be paid twice.",
	checkRecipientDetails: () => CHECK_RECIPIENT_DETAILS,
	confirmOrCancel: () =>
		'Check the amount and the recipient, then use Session: Confirm or Session: Cancel. What nobody confirms is cancelled by the bank after a while.',
	captureOrCancel: () =>
		"The payer's money is held. Take it with Payment: Capture or let it go with Session: Cancel.",
	sendPayerToBank: () => 'Send the payer to the redirect URL, or show the QR code.',
	waitForResult: () =>
		'The bank is still working on it. Use Session: Wait, Session: Get or the Bank 131 Trigger to learn the result. Do not pay again.',
	readRefunds: ({ sessionId }) =>
		`Money of this payment went back to the payer, and the bank does not say how much. Look at its refunds with Session: Get (${sessionId}).`,
	askAboutSession: ({ sessionId }) =>
		`The bank's answer holds a payout, payment or refund that can't be read. Do not pay again; look into the daily report, or ask the bank's support about session ${sessionId}.`,
	contactSupport: ({ sessionId }) =>
		`The bank itself does not know the result yet. Do not pay again; contact the bank's support with session ${sessionId}.`,
	readSession: ({ sessionId }) =>
		`Do not pay again under another Reference. Read the session with Session: Get (${sessionId}) to learn what happened, or run again with the same Reference: it can't be paid twice.`,
	confirmLater: () =>
		'The time limit came before the bank was ready, so the node has not confirmed it. Unless your project confirms by itself, use Session: Wait (Ready to Confirm) and Session: Confirm. Do not pay again.',
	findEarlierOperation: ({ kind }) => startedBeforeText(kind),
	keyMayBeUsedUp: ({ errorCode }) =>
		[errorAdvice(errorCode), KEY_MAY_BE_USED_UP].filter(Boolean).join(' '),
	otherAmountPaid: ({ actual, expected, isPaid }) =>
		`The bank ${isPaid ? 'paid' : 'shows'} ${formatMoney(actual)}, ${formatMoney(expected)} was asked for. Ask the bank's support why before you pay the difference.`,
	askWhyRefundFailed: () =>
		"The bank did not make this refund. Ask the bank's support why; to try again, use a new Reference.",
	waitForRefund: () =>
		'The bank is working on the refund. The Bank 131 Trigger (Refunded or Returned) or Session: Get tells when it is done.',
};

/** The sentence of a code of advice; undefined without one. */
export function adviceText(advice: ResultAdvice | undefined): string | undefined {
	if (!advice) return undefined;
	const text = adviceTexts[advice.code] as (facts: ResultAdvice) => string;
	return text(advice);
}

/** What to do after a session was read, as a sentence; undefined when nothing is to be done. */
export const sessionAdviceText = (view: SessionView): string | undefined =>
	adviceText(adviceOf(view));
