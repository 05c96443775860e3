import { isOutcomeUncertain } from '../protocol/errorCodes';
import type { SessionView } from '../session/session';
import { BankRefusal, type BankClient } from './bankClient';
import type { BankError } from './transport';

const POLL_FIRST_MS = 400;
const POLL_MAX_MS = 5000;

/**
 * Reads the session with growing pauses until `done` or the deadline. A bank that can't be reached for a while is asked
 * again: only the last answer before the deadline counts.
 */
export async function pollSession(
	first: SessionView,
	bank: BankClient,
	deadline: number,
	done: (view: SessionView) => boolean,
): Promise<{ view: SessionView } | { reason: string }> {
	let last: { view: SessionView } | { reason: string } = { view: first };
	for (let pause = POLL_FIRST_MS; ; pause = Math.min(pause * 1.5, POLL_MAX_MS)) {
		const left = deadline - bank.clock.now();
		if (left <= 0 || bank.clock.stopped?.()) return last;
		await bank.clock.sleep(Math.min(pause, left));
		last = await tryReadSession(bank, first.sessionId);
		if ('view' in last && done(last.view)) return last;
	}
}

/**
 * The first look of a wait, repeated while the bank can't be reached. A bank that refuses to show the session ends it.
 * @throws BankRefusal, BankUnreachable
 */
export async function readSessionWithRetry(
	sessionId: string,
	bank: BankClient,
	deadline: number,
): Promise<SessionView> {
	const left = () => deadline - bank.clock.now();
	const forgive = (error: unknown): undefined => {
		const isRefused = error instanceof BankRefusal && !isOutcomeUncertain(error.code);
		if (isRefused || left() <= 0 || bank.clock.stopped?.()) throw error;
	};
	for (let pause = POLL_FIRST_MS; ; pause = Math.min(pause * 1.5, POLL_MAX_MS)) {
		const view = await bank.readSession(sessionId).catch(forgive);
		if (view) return view;
		await bank.clock.sleep(Math.min(pause, left()));
	}
}

/** Reads the session; a bank that can't be reached or refuses to show it is a reason, not an exception. */
export async function tryReadSession(
	bank: BankClient,
	sessionId: string,
): Promise<{ view: SessionView } | { reason: string }> {
	const seen = await toResult(() => bank.readSession(sessionId));
	return 'view' in seen ? seen : { reason: seen.reason };
}

export interface Unread {
	reason: string;
	error?: BankError;
}

type Guarded = { view: SessionView } | Unread;

export async function toResult(read: () => Promise<SessionView>): Promise<Guarded> {
	try {
		return { view: await read() };
	} catch (error) {
		if (error instanceof BankRefusal) return { reason: error.message, error: error.error };
		return { reason: error instanceof Error ? error.message : String(error) };
	}
}
