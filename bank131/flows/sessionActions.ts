import { failureOf, type BankClient } from '../client/bankClient';
import { pollSession, readSessionWithRetry, tryReadSession } from '../client/sessionReader';
import type { BankResponse } from '../client/transport';
import type { JsonObject } from '../lib/json';
import { endpoints, type Endpoint } from '../protocol/endpoints';
import { isCertainRefusal, knownErrorCode } from '../protocol/errorCodes';
import {
	asConfirmable,
	isClosed,
	readSession,
	withSomeOperation,
	type SessionView,
} from '../session/session';
import { refusedResult, resultOf, unreadableResult, type SessionResult } from './sessionResult';

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
