import { failureOf, type BankClient } from '../client/bankClient';
import { pollSession, readSessionWithRetry, tryReadSession } from '../client/sessionReader';
import type { BankResponse } from '../client/transport';
import { compact, type JsonObject } from '../lib/json';
import { endpoints, type Endpoint } from '../protocol/endpoints';
import { isCertainRefusal, knownErrorCode } from '../protocol/errorCodes';
import { spellConfirmInformation } from '../requests/confirmInformation';
import type { OperationView } from '../session/operation';
import {
	asConfirmable,
	isClosed,
	readSession,
	withSomeOperation,
	type SessionView,
} from '../session/session';
import type { Money } from '../values/money';
import { amountMismatch, transferMismatch } from './requestMatch';
import type { FlowContext } from './context';
import {
	ownResultOf,
	readSessionBeforeActing,
	refusedResult,
	rejectedResult,
	resultOf,
	unreadableResult,
	type SessionResult,
} from './sessionResult';

/**
 * Confirms a session. A retry does no harm, because the bank accepts one confirmation. After every response that is not
 * a clear success the session is read. `confirm_information` is echoed unchanged, as the bank's pages on escrow
 * and settlement accounts require.
 */
export async function confirmSession(
	sessionId: string,
	confirmInformation: JsonObject | undefined,
	bank: BankClient,
): Promise<SessionResult> {
	const body = compact({ session_id: sessionId, confirm_information: confirmInformation });
	return requestSessionAction(
		{ endpoint: endpoints.sessionConfirm, body, sessionId },
		bank,
		(view) => !awaitsConfirmation(view),
	);
}

/** The session does not show the effect of a confirmation. */
function awaitsConfirmation(view: SessionView): boolean {
	const { outcome } = asConfirmable(view);
	return outcome === 'awaitingConfirmation' || outcome === 'created';
}

/** What the user wants to confirm. */
export interface Confirmation {
	sessionId: string;
	/** The session must show this amount; absent: any. */
	expected?: Money;
	/** `confirm_information` for a session that does not show its own; in the field names of either version. */
	information?: JsonObject;
}

/**
 * Confirms a session after reading it: it must await a confirmation and show the expected amount. The account in
 * `confirm_information` must be that of the payout.
 */
export async function confirmChecked(
	{ sessionId, expected, information }: Confirmation,
	{ bank, progressStore }: FlowContext,
): Promise<SessionResult> {
	const isSent = progressStore.load()?.step === 'confirming';
	const reading = await readSessionBeforeActing(sessionId, bank, { action: 'confirm', isSent });
	if ('result' in reading) return reading.result;
	const view = isSent ? reading.view : asConfirmable(reading.view);
	const isAwaiting = view.outcome === 'awaitingConfirmation';
	const isCompared = isAwaiting || (expected && view.operation?.amount);
	const mismatch = isCompared
		? ((expected && amountMismatch(view, expected)) ??
			transferMismatch(view.confirmInformation ?? information, {
				amount: expected,
				account: isAwaiting ? view.operation?.account : undefined,
			}))
		: undefined;
	if (mismatch) return rejectedResult(view, mismatch);
	if (isAwaiting) {
		progressStore.save({ sessionId, step: 'confirming' });
		const confirmed = await confirmSession(
			sessionId,
			view.confirmInformation ??
				(information &&
					spellConfirmInformation(information, bank.versionOf(endpoints.sessionConfirm))),
			bank,
		);
		// This refusal shows that no confirmation was accepted, so the next attempt may send one.
		const isRefused =
			confirmed.error?.code === 'session_wrong_state' &&
			confirmed.view !== undefined &&
			awaitsConfirmation(confirmed.view);
		if (isRefused && !isSent) progressStore.save({ sessionId, step: 'created' });
		return withExpectedOperation(confirmed, view.operation?.kind);
	}
	const isConfirmed = isSent || view.outcome === 'succeeded' || view.outcome === 'returned';
	if (isConfirmed) return withExpectedOperation(resultOf(view), view.operation?.kind);
	return rejectedResult(
		view,
		view.outcome === 'processing'
			? { code: 'notAwaitingConfirmation' }
			: { code: 'notConfirmable', sessionStatus: view.sessionStatus },
	);
}

/**
 * The result for a session that held an operation to confirm: of this kind, if one was seen. A closed session must still
 * show it.
 */
const withExpectedOperation = (
	result: SessionResult,
	kind: OperationView['kind'] = 'payout',
): SessionResult =>
	result.view && !result.reason && isClosed(result.view)
		? { ...result, ...ownResultOf(result.view, kind) }
		: result;

/**
 * Reads a session until it is final (or, without `untilFinal`, can be confirmed), at most `timeLimitMs`.
 * @throws BankRefusal, BankUnreachable when the session could not be read even once
 */
export async function waitForSession(
	sessionId: string,
	{ untilFinal, timeLimitMs }: { untilFinal: boolean; timeLimitMs: number },
	bank: BankClient,
): Promise<SessionResult> {
	const isDone = (view: SessionView) =>
		isClosed(view) || (!untilFinal && asConfirmable(view).outcome === 'awaitingConfirmation');
	const resultWhenRead = (view: SessionView) => resultOf(untilFinal ? view : asConfirmable(view));
	const deadline = bank.clock.now() + timeLimitMs;
	const first = await readSessionWithRetry(sessionId, bank, deadline);
	if (isDone(first)) return resultWhenRead(first);
	const reading = await pollSession(first, bank, deadline, isDone);
	return 'reason' in reading
		? unreadableResult(first, reading.reason)
		: resultWhenRead(reading.view);
}

/** Cancels a session that awaits a confirmation or was never started. */
export async function cancelSession(sessionId: string, bank: BankClient): Promise<SessionResult> {
	return requestSessionAction(
		{ endpoint: endpoints.sessionCancel, body: { session_id: sessionId }, sessionId },
		bank,
		(view) => view.outcome === 'cancelled',
		withSomeOperation,
	);
}

/** An action that a session accepts once: the request, and its session. */
export interface SessionAction {
	endpoint: Endpoint;
	body: JsonObject;
	sessionId: string;
}

/**
 * Sends an action that the session accepts once. After every response that does not show its effect the session is
 * read.
 * @param isDone the session shows the effect of the action
 * @param selectView the part of the session that the action is about
 */
export async function requestSessionAction(
	{ endpoint, body, sessionId }: SessionAction,
	bank: BankClient,
	isDone: (view: SessionView) => boolean,
	selectView: (view: SessionView) => SessionView = (view) => view,
): Promise<SessionResult> {
	let response: BankResponse | undefined;
	let view: SessionView | undefined;
	// The response to an earlier attempt was lost or left it open: a refusal may be the consequence of it.
	let mayHaveActed = false;
	for (let attempt = 1; attempt <= bank.maxTries; attempt++) {
		response = await bank.send(endpoint, body);
		if (response.kind === 'ok') {
			const returned = readSession(response.body);
			if (returned?.sessionId === sessionId) {
				return acceptedButNotShown(selectView(returned), isDone);
			}
		}
		const reading = await tryReadSession(bank, sessionId);
		if ('reason' in reading) {
			return response.kind === 'refused' && !mayHaveActed && isCertainRefusal(response.error.code)
				? refusedResult(response.error, { sessionId })
				: { outcome: 'unknown', sessionId, reason: reading.reason };
		}
		view = selectView(reading.view);
		if (isDone(view)) return resultOf(view);
		const error = response.kind === 'refused' ? response.error : undefined;
		const isWrongState = error?.code === 'session_wrong_state';
		if (error && (isWrongState ? !mayHaveActed : isCertainRefusal(error.code))) {
			return { ...refusedResult(error, { sessionId, view }), outcome: view.outcome };
		}
		// A cancellation takes the bank a while: the lost request was accepted.
		if (isWrongState && view.outcome === 'processing') return resultOf(view);
		const isUnknownCode = error !== undefined && knownErrorCode(error.code) === undefined;
		if (response.kind === 'ok' || isUnknownCode || (response.kind === 'unknown' && response.isSent))
			mayHaveActed = true;
		if (attempt < bank.maxTries) await bank.pause(attempt, response);
	}
	const outcome = mayHaveActed || !view ? 'unknown' : view.outcome;
	const reason = (response && failureOf(response)) ?? ({ code: 'effectNotShown' } as const);
	return { outcome, sessionId, view, reason };
}

/**
 * In the bank's samples the response to an accepted request still shows the state before it. The result is then
 * `processing`.
 */
const acceptedButNotShown = (
	view: SessionView,
	isDone: (view: SessionView) => boolean,
): SessionResult =>
	!isDone(view) && (view.outcome === 'awaitingConfirmation' || view.outcome === 'awaitingCapture')
		? { ...resultOf(view), view: { ...view, outcome: 'processing' }, outcome: 'processing' }
		: resultOf(view);
