import type { BankClient } from '../client/bankClient';
import { toResult, type Unread } from '../client/sessionReader';
import type { BankError } from '../client/transport';
import type { SessionRequest } from '../requests/order';
import type { Outcome, SessionView } from '../session/session';

/** The end of a payout as far as this run saw it. */
export interface SessionResult {
	outcome: Outcome;
	/** Absent when not even a session could be opened. */
	sessionId?: string;
	/** The session as last read; absent when it never was. */
	view?: SessionView;
	/** Why the outcome is `rejected` or `unknown`, in words. */
	reason?: string;
	error?: BankError;
	/** Overrides the general advice for the outcome. */
	advice?: string;
}

export const resultOf = (view: SessionView): SessionResult => ({
	outcome: view.outcome,
	sessionId: view.sessionId,
	view,
});

export const unknownResult = (
	{ what = 'payout' }: SessionRequest,
	sessionId: string,
	reason: string,
	view?: SessionView,
): SessionResult => ({
	outcome: 'unknown',
	sessionId,
	view,
	reason: `Nobody knows yet whether the bank started this ${what}. ${reason}`.trim(),
});

export const notStarted = ({ what = 'payout' }: SessionRequest, reason: string): string =>
	`The ${what} was not started. ${reason}`.trim();

/** The amount that was asked for, or an agent's limit, is in another currency. */
export const otherCurrency = (currency: string): string =>
	`The payment is in ${currency.toUpperCase()}, the amount or its limit is not.`;

export const unreadableResult = (view: SessionView, reason: string): SessionResult => ({
	outcome: 'unknown',
	sessionId: view.sessionId,
	view,
	reason: `${view.outcome === 'created' ? 'The session' : 'It is at the bank, but its state'} can't be read. ${reason}`,
});

/** Nothing was sent, because the session could not be read first. `notDone`: what was not, e.g. `Not confirmed`. */
export const notSentResult = (
	sessionId: string,
	notDone: string,
	unread: Unread,
): SessionResult => ({
	outcome: 'rejected',
	sessionId,
	error: unread.error,
	reason: `${notDone}. ${unread.reason}`,
	advice: unread.error ? undefined : 'The bank was only asked. Try again later.',
});

/**
 * The session before something is asked of it; or, if it cannot be read, how that ends: unknown where an earlier try may
 * have asked already.
 */
export async function readSessionBeforeActing(
	sessionId: string,
	bank: BankClient,
	{ notDone, isSent }: { notDone: string; isSent: boolean },
): Promise<{ view: SessionView } | { end: SessionResult }> {
	const seen = await toResult(() => bank.readSession(sessionId));
	if ('view' in seen) return seen;
	return {
		end: isSent
			? { outcome: 'unknown', sessionId, reason: seen.reason }
			: notSentResult(sessionId, notDone, seen),
	};
}
