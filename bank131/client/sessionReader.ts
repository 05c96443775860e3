import { isOutcomeUncertain } from '../protocol/errorCodes';
import type { SessionView } from '../session/session';
import { BankRefusal, BankUnreachable, type BankClient } from './bankClient';
import type { RequestFailure } from './requestFailure';

const POLL_FIRST_MS = 400;
const POLL_MAX_MS = 5000;
const POLL_GROWTH = 1.5;

/** A session that was read, or why it could not be read. */
export type SessionReading = { view: SessionView } | { reason: RequestFailure };

/**
 * Reads the session with growing pauses until `isDone` or the deadline (ms of `bank.clock`). A failed read is repeated.
 * @returns the last reading before the deadline
 */
export async function pollSession(
	first: SessionView,
	bank: BankClient,
	deadline: number,
	isDone: (view: SessionView) => boolean,
): Promise<SessionReading> {
	let last: SessionReading = { view: first };
	for (let pause = POLL_FIRST_MS; ; pause = Math.min(pause * POLL_GROWTH, POLL_MAX_MS)) {
		const remaining = deadline - bank.clock.now();
		if (remaining <= 0 || bank.clock.isCancelled?.()) return last;
		await bank.clock.sleep(Math.min(pause, remaining));
		last = await tryReadSession(bank, first.sessionId);
		if ('view' in last && isDone(last.view)) return last;
	}
}

/**
 * The first read of a wait, repeated until the deadline (ms of `bank.clock`) while the bank is unreachable. A
 * refusal with a certain code ends it, and so does any other exception.
 * @throws BankRefusal, BankUnreachable
 */
export async function readSessionWithRetry(
	sessionId: string,
	bank: BankClient,
	deadline: number,
): Promise<SessionView> {
	const remaining = () => deadline - bank.clock.now();
	const ignoreTemporary = (error: unknown): undefined => {
		const isTemporary =
			error instanceof BankUnreachable ||
			(error instanceof BankRefusal && isOutcomeUncertain(error.code));
		if (!isTemporary || remaining() <= 0 || bank.clock.isCancelled?.()) throw error;
	};
	for (let pause = POLL_FIRST_MS; ; pause = Math.min(pause * POLL_GROWTH, POLL_MAX_MS)) {
		const view = await bank.readSession(sessionId).catch(ignoreTemporary);
		if (view) return view;
		await bank.clock.sleep(Math.min(pause, remaining()));
	}
}

/**
 * Reads the session; an unreachable bank or a refusal is a result, not an exception. Every other exception is thrown.
 */
export async function tryReadSession(bank: BankClient, sessionId: string): Promise<SessionReading> {
	return await toResult(() => bank.readSession(sessionId));
}

/** The session that `read` returns, or why the bank did not give it. Exceptions with another cause are thrown. */
export async function toResult(read: () => Promise<SessionView>): Promise<SessionReading> {
	return await read().then((view) => ({ view }), reasonOf);
}

function reasonOf(error: unknown): { reason: RequestFailure } {
	if (error instanceof BankRefusal) return { reason: { code: 'refused', error: error.error } };
	if (error instanceof BankUnreachable) return { reason: error.reason };
	throw error;
}
