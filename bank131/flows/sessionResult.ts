import type { BankClient } from '../client/bankClient';
import type { BankError } from '../client/bankError';
import type { RequestFailure } from '../client/requestFailure';
import { toResult } from '../client/sessionReader';
import { knownErrorCode } from '../protocol/errorCodes';
import type { RequestKind, SessionRequest } from '../requests/order';
import type { Outcome } from '../session/outcomes';
import { withOperationOf, type SessionView } from '../session/session';
import { isOwnAmount } from './requestMatch';
import type { CheckedAction, ResultAdvice, ResultReason, UnrecognisedOperation } from './reasons';

/** The result of an operation, as far as this attempt knows it. */
export interface SessionResult {
	outcome: Outcome;
	/** Absent when no session could be opened. */
	sessionId?: string;
	/** The session as last read; absent when it could not be read or is another operation's. */
	view?: SessionView;
	/** Why the outcome is `rejected` or `unknown`, or why a requested action was not done. */
	reason?: ResultReason;
	/** The bank's error that led to the outcome. */
	error?: BankError;
	/** Replaces the advice that follows from the outcome (`adviceOf`). */
	advice?: ResultAdvice;
}

/** The result that a session shows. */
export const resultOf = (view: SessionView): SessionResult => ({
	outcome: view.outcome,
	sessionId: view.sessionId,
	view,
});

/** The result of a flow that started an operation of this kind in the session. */
export function ownResultOf(view: SessionView, kind: RequestKind): SessionResult {
	const own = withOperationOf(kind, view);
	const isHidden = own.outcome === 'unknown' && own.sessionStatus === 'accepted';
	return isHidden
		? { ...resultOf(own), reason: { code: 'operationNotShown', kind, sessionId: own.sessionId } }
		: resultOf(own);
}

/** The result of a flow whose request started the operation. Says so if the bank shows another amount. */
export function resultOfRequest(
	view: SessionView,
	{ kind, amount: expected }: Pick<SessionRequest, 'kind' | 'amount'>,
): SessionResult {
	const result = ownResultOf(view, kind);
	const { outcome, reason } = result;
	const actual = view.operation?.amount;
	const isTold = reason !== undefined || (outcome !== 'succeeded' && outcome !== 'processing');
	if (isTold || !actual || isOwnAmount(view, expected)) return result;
	const isPaid = outcome === 'succeeded';
	return { ...result, advice: { code: 'otherAmountPaid', actual, expected, isPaid } };
}

/** Nothing of this operation is at the bank. */
export const rejectedResult = (view: SessionView, reason: ResultReason): SessionResult => ({
	outcome: 'rejected',
	sessionId: view.sessionId,
	view,
	reason,
});

/** The bank refused with a code that excludes that it acted. `session`: what is known of it. */
export const refusedResult = (
	error: BankError,
	session: Pick<SessionResult, 'sessionId' | 'view'> = {},
): SessionResult => ({
	outcome: 'rejected',
	...session,
	error,
	reason: { code: 'refused', error },
});

/** The bank refused the start because the session was cancelled before: the operation needs a new session. */
export const sessionCancelledResult = (error: BankError, view: SessionView): SessionResult => ({
	...rejectedResult(view, { code: 'sessionCancelled' }),
	error,
});

/**
 * Refused, and a repeated start would only meet the used key: the bank may keep the key of a start that it refuses. An
 * earlier run may have used the key as well.
 */
export const keyUsedUpResult = (
	error: BankError,
	session: Pick<SessionResult, 'sessionId' | 'view'> = {},
): SessionResult => ({
	...refusedResult(error, session),
	advice: { code: 'keyMayBeUsedUp', errorCode: knownErrorCode(error.code) },
});

/** It is not known whether the bank started the operation. */
export const startUnknownResult = (
	request: SessionRequest,
	sessionId: string,
	cause: RequestFailure | UnrecognisedOperation | undefined,
	view?: SessionView,
): SessionResult => ({
	outcome: 'unknown',
	sessionId,
	view,
	reason: { code: 'startUnknown', kind: request.kind, cause },
});

/** The session cannot be read any more. `view`: the last reading. */
export const unreadableResult = (view: SessionView, cause: RequestFailure): SessionResult => ({
	outcome: 'unknown',
	sessionId: view.sessionId,
	view,
	reason: { code: 'stateUnreadable', isAtBank: view.outcome !== 'created', cause },
});

/**
 * Reads the session before an action on it, or returns the result without it: `unknown` if an earlier attempt may
 * have sent the action, otherwise `rejected`, because nothing was sent.
 */
export async function readSessionBeforeActing(
	sessionId: string,
	bank: BankClient,
	{ action, isSent }: { action: CheckedAction; isSent: boolean },
): Promise<{ view: SessionView } | { result: SessionResult & { reason: ResultReason } }> {
	const reading = await toResult(() => bank.readSession(sessionId));
	if ('view' in reading) return reading;
	const cause = reading.reason;
	if (isSent) return { result: { outcome: 'unknown', sessionId, reason: cause } };
	const error = cause.code === 'refused' ? cause.error : undefined;
	const reason = { code: 'sessionNotRead', action, cause } as const;
	return { result: { outcome: 'rejected', sessionId, error, reason } };
}
