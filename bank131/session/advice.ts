import { explain, NEW_REFERENCE } from '../protocol/errorCodes';
import { refundedMinorUnits, type OperationView } from './operation';
import type { Outcome, SessionView } from './session';

export const SAME_REFERENCE = "Run it again with the same Reference: it can't be paid twice.";

export const NOTHING_IN_IT =
	"Nothing was started in this session. To pay, run again with the same Reference: it can't be paid twice.";

export const PARTLY =
	'Part of this session is paid: "operations" says which. Pay only the rest again, under a new Reference.';

export const OVER: ReadonlySet<string> = new Set<Outcome>(['failed', 'cancelled', 'returned']);

export const isPaidBeside = (one: OperationView, main: OperationView | undefined): boolean =>
	one !== main &&
	one.kind === main?.kind &&
	one.status === 'succeeded' &&
	refundedMinorUnits(one) === 0;

/** What to do next, in words for a payouts manager; undefined when there is nothing to say. */
export function adviceFor(
	view: Pick<
		SessionView,
		'outcome' | 'sessionId' | 'errorCode' | 'sessionStatus' | 'operation' | 'operations'
	>,
): string | undefined {
	const explained = explain(view.errorCode)?.advice;
	if (OVER.has(view.outcome) && view.operations.some((one) => isPaidBeside(one, view.operation)))
		return PARTLY;
	switch (view.outcome) {
		case 'failed':
			return explained ?? NEW_REFERENCE;
		case 'cancelled':
			// An empty session says nothing about its reference: another one may hold the payout.
			return view.operation ? (explained ?? NEW_REFERENCE) : NOTHING_IN_IT;
		case 'rejected':
			// An earlier run may have paid under this reference, which only the same reference finds out.
			return explained?.replace(NEW_REFERENCE, SAME_REFERENCE) ?? SAME_REFERENCE;
		case 'returned':
			return "The recipient's bank sent the money back. Check the recipient's details; to pay again, use a new Reference.";
		case 'awaitingConfirmation':
			return 'Check the amount and the recipient, then use Session: Confirm or Session: Cancel. What nobody confirms is cancelled by the bank after a while.';
		case 'awaitingCapture':
			return "The payer's money is held. Take it with Payment: Capture or let it go with Session: Cancel.";
		case 'actionRequired':
			return 'Send the payer to the redirect URL, or show the QR code.';
		case 'processing':
			return 'The bank is still working on it. Use Session: Wait, Session: Get or the Bank 131 Trigger to learn the result. Do not pay again.';
		case 'unknown':
			if (view.operation?.kind === 'payment' && view.operation.status === 'succeeded') {
				return `Money of this payment went back to the payer, and the bank does not say how much. Look at its refunds with Session: Get (${view.sessionId}).`;
			}
			return view.sessionStatus === 'error'
				? `The bank itself does not know the result yet. Do not pay again; contact the bank's support with session ${view.sessionId}.`
				: `Do not pay again under another Reference. Read the session with Session: Get (${view.sessionId}) to learn what happened, or run again with the same Reference: it can't be paid twice.`;
		default:
			return undefined;
	}
}
