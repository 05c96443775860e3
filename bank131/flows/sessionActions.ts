import { reasonOf, type BankClient } from '../client/bankClient';
import { readSessionWithRetry, tryReadSession, pollSession } from '../client/sessionReader';
import type { Reply } from '../client/transport';
import { compact, type JsonObject } from '../lib/json';
import { endpoints, type Endpoint } from '../protocol/endpoints';
import { isOutcomeUncertain } from '../protocol/errorCodes';
import { isFinal, readSession, type SessionView } from '../session/session';
import type { Money } from '../values/money';
import { amountMismatch } from './amountMatch';
import type { ProgressStore } from './progress';
import {
	resultOf,
	readSessionBeforeActing,
	unreadableResult,
	type SessionResult,
} from './sessionResult';

/**
 * Confirms a session. Harmless to repeat: the bank takes one confirmation, and every answer that is not a plain yes is
 * looked behind. `confirm_information` is echoed untouched, as the bank's pages on escrow and settlement demand.
 */
export async function confirmSession(
	sessionId: string,
	confirmInformation: JsonObject | undefined,
	bank: BankClient,
): Promise<SessionResult> {
	const body = compact({ session_id: sessionId, confirm_information: confirmInformation });
	return requestSessionAction(
		endpoints.sessionConfirm,
		body,
		bank,
		sessionId,
		(view) => view.outcome !== 'awaitingConfirmation' && view.outcome !== 'created',
	);
}

/**
 * Confirms a session after reading it: it must wait for a confirmation, and show the `expected` amount if one is given.
 * Without `information` the session's own `confirm_information` is echoed.
 */
export async function confirmChecked(
	sessionId: string,
	expected: Money | undefined,
	information: JsonObject | undefined,
	bank: BankClient,
	progressStore: ProgressStore,
): Promise<SessionResult> {
	const isSent = progressStore.load()?.step === 'confirming';
	const seen = await readSessionBeforeActing(sessionId, bank, { notDone: 'Not confirmed', isSent });
	if ('end' in seen) return seen.end;
	const { view } = seen;
	const refuse = (reason: string): SessionResult => ({
		outcome: 'rejected',
		sessionId,
		view,
		reason,
		advice: reason,
	});
	const waits = view.outcome === 'awaitingConfirmation';
	const mismatch =
		expected && (waits || view.operation?.amount) ? amountMismatch(view, expected) : undefined;
	if (mismatch !== undefined) return refuse(mismatch);
	if (waits) {
		progressStore.save({ sessionId, step: 'confirming' });
		return confirmSession(sessionId, information ?? view.confirmInformation, bank);
	}
	const isDone =
		view.outcome === 'succeeded' ||
		view.outcome === 'returned' ||
		progressStore.load()?.step === 'confirming';
	if (isDone) return resultOf(view);
	return view.outcome === 'processing'
		? refuse(
				'Not confirmed: the session does not wait for a confirmation. It was confirmed before, or the bank is not ready yet: use Session: Wait.',
			)
		: refuse(`Not confirmed: the session is ${view.sessionStatus}.`);
}

/** Reads a session until it is ready or final, at most `timeLimitMs`. */
export async function waitForSession(
	sessionId: string,
	untilFinal: boolean,
	timeLimitMs: number,
	bank: BankClient,
): Promise<SessionResult> {
	const done = (view: SessionView) =>
		isFinal(view) || (!untilFinal && view.outcome === 'awaitingConfirmation');
	const deadline = bank.clock.now() + timeLimitMs;
	const first = await readSessionWithRetry(sessionId, bank, deadline);
	if (done(first)) return resultOf(first);
	const seen = await pollSession(first, bank, deadline, done);
	return 'reason' in seen ? unreadableResult(first, seen.reason) : resultOf(seen.view);
}

/** Cancels a session that waits for a confirmation or was never started. Looks behind unclear answers in the same way. */
export async function cancelSession(sessionId: string, bank: BankClient): Promise<SessionResult> {
	return requestSessionAction(
		endpoints.sessionCancel,
		{ session_id: sessionId },
		bank,
		sessionId,
		(view) => view.outcome === 'cancelled',
	);
}

/** Right after the request the bank's samples still show the old state: what was taken is being processed. */
const acceptedButNotShown = (
	view: SessionView,
	isDone: (view: SessionView) => boolean,
): SessionResult =>
	!isDone(view) && (view.outcome === 'awaitingConfirmation' || view.outcome === 'awaitingCapture')
		? { ...resultOf(view), view: { ...view, outcome: 'processing' }, outcome: 'processing' }
		: resultOf(view);

const NOT_SHOWN = 'The bank said yes, but the session does not show it.';

/** Asks for something that the session takes once, and looks behind every answer that does not show it. */
export async function requestSessionAction(
	endpoint: Endpoint,
	body: JsonObject,
	bank: BankClient,
	sessionId: string,
	isDone: (view: SessionView) => boolean,
	selectView: (view: SessionView) => SessionView = (view) => view,
): Promise<SessionResult> {
	let last: Reply | undefined;
	let view: SessionView | undefined;
	// An earlier try went out and its answer was lost: a refusal may be the consequence of it.
	let inDoubt = false;
	for (let attempt = 1; attempt <= bank.maxTries; attempt++) {
		last = await bank.send(endpoint, body);
		if (last.kind === 'ok') {
			const answered = readSession(last.body);
			if (answered?.sessionId === sessionId)
				return acceptedButNotShown(selectView(answered), isDone);
		}
		const seen = await tryReadSession(bank, sessionId);
		if ('reason' in seen) {
			return last.kind === 'refused' && !inDoubt && !isOutcomeUncertain(last.error.code)
				? { outcome: 'rejected', sessionId, error: last.error, reason: last.error.description }
				: { outcome: 'unknown', sessionId, reason: seen.reason };
		}
		view = selectView(seen.view);
		if (isDone(view)) return resultOf(view);
		const { kind } = last;
		const isWrongState = kind === 'refused' && last.error.code === 'session_wrong_state';
		if (kind === 'refused' && (isWrongState ? !inDoubt : !isOutcomeUncertain(last.error.code))) {
			const { error } = last;
			return { outcome: view.outcome, sessionId, view, error, reason: error.description };
		}
		// A cancellation takes the bank a while: what was lost has been taken.
		if (isWrongState && view.outcome === 'processing') return resultOf(view);
		if (kind === 'ok' || (kind === 'unknown' && last.sent)) inDoubt = true;
		if (attempt < bank.maxTries) await bank.pause(attempt, last);
	}
	const outcome = inDoubt || !view ? 'unknown' : view.outcome;
	const reason = last && last.kind !== 'ok' ? reasonOf(last) : NOT_SHOWN;
	return { outcome, sessionId, view, reason };
}
