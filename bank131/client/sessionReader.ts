import { BankRefusal, type BankClient } from './bankClient';
import { explain } from '../protocol/errorCodes';
import type { SessionRequest } from '../requests/order';
import type { Outcome, SessionView } from '../session/session';
import type { BankError } from './transport';

/** The end of a payout as far as this run saw it. */
export interface SessionEnd {
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

const POLL_FIRST_MS = 400;
const POLL_MAX_MS = 5000;

export const ended = (view: SessionView): SessionEnd => ({
	outcome: view.outcome,
	sessionId: view.sessionId,
	view,
});

export const unknown = (
	{ what = 'payout' }: SessionRequest,
	sessionId: string,
	reason: string,
	view?: SessionView,
): SessionEnd => ({
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

export const unreadable = (view: SessionView, reason: string): SessionEnd => ({
	outcome: 'unknown',
	sessionId: view.sessionId,
	view,
	reason: `${view.outcome === 'created' ? 'The session' : 'It is at the bank, but its state'} can't be read. ${reason}`,
});

/**
 * Reads the session with growing pauses until `done` or the deadline. A bank that can't be reached for a while is asked
 * again: only the last answer before the deadline counts.
 */
export async function poll(
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
		last = await look(bank, first.sessionId);
		if ('view' in last && done(last.view)) return last;
	}
}

/**
 * The first look of a wait, repeated while the bank can't be reached. A bank that refuses to show the session ends it.
 * @throws BankRefusal, BankUnreachable
 */
export async function firstLook(
	sessionId: string,
	bank: BankClient,
	deadline: number,
): Promise<SessionView> {
	const left = () => deadline - bank.clock.now();
	const forgive = (error: unknown): undefined => {
		const isRefused = error instanceof BankRefusal && !explain(error.code)?.look;
		if (isRefused || left() <= 0 || bank.clock.stopped?.()) throw error;
	};
	for (let pause = POLL_FIRST_MS; ; pause = Math.min(pause * 1.5, POLL_MAX_MS)) {
		const view = await bank.readSession(sessionId).catch(forgive);
		if (view) return view;
		await bank.clock.sleep(Math.min(pause, left()));
	}
}

/** Reads the session; a bank that can't be reached or refuses to show it is a reason, not an exception. */
export async function look(
	bank: BankClient,
	sessionId: string,
): Promise<{ view: SessionView } | { reason: string }> {
	const seen = await guard(() => bank.readSession(sessionId));
	return 'view' in seen ? seen : { reason: seen.reason };
}

interface Unread {
	reason: string;
	error?: BankError;
}

type Guarded = { view: SessionView } | Unread;

/** Nothing was sent, because the session could not be read first. `notDone`: what was not, e.g. `Not confirmed`. */
const notSent = (sessionId: string, notDone: string, unread: Unread): SessionEnd => ({
	outcome: 'rejected',
	sessionId,
	error: unread.error,
	reason: `${notDone}. ${unread.reason}`,
	advice: unread.error ? undefined : 'The bank was only asked. Try again later.',
});

export async function guard(read: () => Promise<SessionView>): Promise<Guarded> {
	try {
		return { view: await read() };
	} catch (error) {
		if (error instanceof BankRefusal) return { reason: error.message, error: error.error };
		return { reason: error instanceof Error ? error.message : String(error) };
	}
}

/**
 * The session before something is asked of it; or, if it cannot be read, how that ends: unknown where an earlier try may
 * have asked already.
 */
export async function readFirst(
	sessionId: string,
	bank: BankClient,
	{ notDone, isSent }: { notDone: string; isSent: boolean },
): Promise<{ view: SessionView } | { end: SessionEnd }> {
	const seen = await guard(() => bank.readSession(sessionId));
	if ('view' in seen) return seen;
	return {
		end: isSent
			? { outcome: 'unknown', sessionId, reason: seen.reason }
			: notSent(sessionId, notDone, seen),
	};
}
