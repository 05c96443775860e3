import { reasonOf, type BankClient } from './client';
import { endpoints } from './endpoints';
import { explain } from './errorCodes';
import { compact, type JsonObject } from './json';
import { ended, look, poll, unreadable, type SessionEnd } from './look';
import type { Money } from './order';
import type { Memory } from './payoutFlow';
import { isFinal, readSession, type SessionView } from './session';
import type { Reply } from './transport';

/**
 * The last look before money moves: the bank must be about to pay exactly what was asked.
 * A payout in another currency shows the rubles to be debited, so only equal currencies can be compared.
 */
export function amountMismatch(view: SessionView, expected: Money): string | undefined {
	const actual = view.operation?.amount;
	if (!actual || actual.currency !== expected.currency) return undefined;
	return actual.minorUnits === expected.minorUnits
		? undefined
		: `Not confirmed: the bank shows ${actual.minorUnits} minor units, ${expected.minorUnits} were asked for. Cancel the session with Session: Cancel and tell the bank's support.`;
}

/**
 * Confirms a session. Harmless to repeat: the bank takes one confirmation, and every answer that is not a plain yes is
 * looked behind. `confirm_information` is echoed untouched, as the bank's pages on escrow and settlement demand.
 */
export async function confirmSession(
	sessionId: string,
	confirmInformation: JsonObject | undefined,
	bank: BankClient,
): Promise<SessionEnd> {
	const body = compact({ session_id: sessionId, confirm_information: confirmInformation });
	return act(
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
	memory: Memory,
): Promise<SessionEnd> {
	const view = await bank.readSession(sessionId);
	const refuse = (reason: string): SessionEnd => ({
		outcome: 'rejected',
		sessionId,
		view,
		reason,
		advice: reason,
	});
	const mismatch = expected && amountMismatch(view, expected);
	if (mismatch !== undefined) return refuse(mismatch);
	if (view.outcome === 'awaitingConfirmation') {
		memory.save({ sessionId, step: 'confirming' });
		return confirmSession(sessionId, information ?? view.confirmInformation, bank);
	}
	const isDone =
		view.outcome === 'succeeded' ||
		view.outcome === 'returned' ||
		memory.load()?.step === 'confirming';
	if (isDone) return ended(view);
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
): Promise<SessionEnd> {
	const done = (view: SessionView) =>
		isFinal(view) || (!untilFinal && view.outcome === 'awaitingConfirmation');
	const deadline = bank.clock.now() + timeLimitMs;
	const first = await bank.readSession(sessionId);
	if (done(first)) return ended(first);
	const seen = await poll(first, bank, deadline, done);
	return 'reason' in seen ? unreadable(first, seen.reason) : ended(seen.view);
}

/** Cancels a session that waits for a confirmation or was never started. Looks behind unclear answers in the same way. */
export async function cancelSession(sessionId: string, bank: BankClient): Promise<SessionEnd> {
	return act(
		endpoints.sessionCancel,
		{ session_id: sessionId },
		bank,
		sessionId,
		(view) => view.outcome === 'cancelled',
	);
}

/** Right after a confirmation the bank's samples still show the old state: what was taken is being processed. */
const taken = (view: SessionView): SessionEnd =>
	view.outcome === 'awaitingConfirmation' || view.outcome === 'awaitingCapture'
		? { ...ended(view), view: { ...view, outcome: 'processing' }, outcome: 'processing' }
		: ended(view);

async function act(
	endpoint: typeof endpoints.sessionConfirm | typeof endpoints.sessionCancel,
	body: JsonObject,
	bank: BankClient,
	sessionId: string,
	isDone: (view: SessionView) => boolean,
): Promise<SessionEnd> {
	let last: Reply | undefined;
	for (let attempt = 1; attempt <= bank.maxTries; attempt++) {
		last = await bank.send(endpoint, body);
		if (last.kind === 'ok') {
			const view = readSession(last.body);
			if (view) return taken(view);
		}
		const seen = await look(bank, sessionId);
		if ('reason' in seen) {
			return last.kind === 'refused' && !explain(last.error.code)?.look
				? { outcome: 'rejected', sessionId, error: last.error, reason: last.error.description }
				: { outcome: 'unknown', sessionId, reason: seen.reason };
		}
		if (isDone(seen.view)) return ended(seen.view);
		if (
			last.kind === 'refused' &&
			(last.error.code === 'session_wrong_state' || !explain(last.error.code)?.look)
		) {
			return {
				outcome: seen.view.outcome,
				sessionId,
				view: seen.view,
				error: last.error,
				reason: last.error.description,
			};
		}
		if (attempt < bank.maxTries) await bank.pause(attempt, last);
	}
	return { outcome: 'unknown', sessionId, reason: last ? reasonOf(last) : '' };
}
