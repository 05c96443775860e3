import { BankRefusal, reasonOf, type BankClient } from './client';
import { endpoints } from './endpoints';
import { explain } from './errorCodes';
import { compact, type JsonObject } from './json';
import { idempotencyKey, type Money, type SessionRequest } from './order';
import { readSession, isFinal, type Outcome, type SessionView } from './session';
import type { BankError, Reply } from './transport';

/** What must survive a crash of a try: which session, and whether the payout may already be on its way. */
export interface Progress {
	sessionId: string;
	/** `created`: nothing was started. `starting`: a start went out. `confirming`: a confirmation went out. */
	step: 'created' | 'starting' | 'confirming';
}

/** Written **before** each step that moves money; read when n8n runs the node again for the same item. */
export interface Memory {
	load(): Progress | undefined;
	save(progress: Progress): void;
}

export interface PayoutPlan {
	confirm: 'automatic' | 'manual';
	/** `started`: as soon as the bank has it. `ready`: it can be confirmed. `confirmed`: the confirmation went through. */
	waitFor: 'started' | 'ready' | 'confirmed' | 'final';
	/** How long to wait for `waitFor`, ms. Not reaching it is a result, not a failure. */
	timeLimitMs: number;
}

/** The end of a payout as far as this run saw it. */
export interface PayoutEnd {
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

/**
 * Pays one order, at most once: create a session (no money moves) → start the payout in it under the reference's key →
 * wait until the bank is ready → confirm → wait for the result. Resumes where `memory` says an earlier try stopped.
 *
 * Two locks hold a second payment off: the key on the start, and the session's state, which takes one start only.
 * A lost answer is never read as a failure: the session is read first, and nothing ever goes out under another key.
 */
export async function sendRequest(
	order: SessionRequest,
	plan: PayoutPlan,
	bank: BankClient,
	memory: Memory,
): Promise<PayoutEnd> {
	let progress = memory.load();
	const resumed = progress !== undefined && progress.step !== 'created';
	if (!progress) {
		const created = await guard(() =>
			bank.createSession({ metadata: { reference: order.reference } }, order.endpoints.create),
		);
		if ('reason' in created)
			return { outcome: 'rejected', ...created, reason: notStarted(created.reason) };
		progress = { sessionId: created.view.sessionId, step: 'created' };
		memory.save(progress);
	}
	return startAndFollow(order, plan, bank, memory, progress.sessionId, {
		resumed,
		ownSession: true,
	});
}

/** The same in a session that somebody else opened and that may already hold a payout. */
export async function startRequest(
	order: SessionRequest,
	sessionId: string,
	plan: PayoutPlan,
	bank: BankClient,
	memory: Memory,
): Promise<PayoutEnd> {
	const progress = memory.load();
	const resumed = progress !== undefined && progress.step !== 'created';
	return startAndFollow(order, plan, bank, memory, sessionId, { resumed, ownSession: resumed });
}

interface StartContext {
	/** An earlier try of this run may have started the payout already. */
	resumed: boolean;
	/** Nobody else knows the session, so a payout found in it is ours. */
	ownSession: boolean;
}

async function startAndFollow(
	order: SessionRequest,
	plan: PayoutPlan,
	bank: BankClient,
	memory: Memory,
	sessionId: string,
	context: StartContext,
): Promise<PayoutEnd> {
	const started = await start(order, bank, memory, sessionId, context);
	if (started.outcome !== 'processing' || !started.view) return started;
	return follow(started.view, order.amount, plan, bank, memory);
}

/** Starts the payout, looking behind every answer that is not a plain yes. `processing` means: it is at the bank. */
async function start(
	order: SessionRequest,
	bank: BankClient,
	memory: Memory,
	sessionId: string,
	{ resumed, ownSession }: StartContext,
): Promise<PayoutEnd> {
	const endpoint = order.endpoints.start;
	const body = { session_id: sessionId, ...order.body(bank.versionOf(endpoint)) };
	const key = idempotencyKey(order.reference);
	let mayBeThere = resumed;
	let last: Reply | undefined;

	for (let attempt = 1; attempt <= bank.maxTries; attempt++) {
		if (mayBeThere) {
			const seen = await look(bank, sessionId);
			if ('reason' in seen) return unknown(sessionId, seen.reason);
			if (seen.view.outcome !== 'created') return atBank(seen.view);
		}
		memory.save({ sessionId, step: 'starting' });
		last = await bank.send(endpoint, body, key);
		if (last.kind === 'ok') {
			const view = readSession(last.body);
			if (view?.sessionId === sessionId) return atBank(view);
			last = { kind: 'unknown', reason: "The bank's answer has no session in it", sent: true };
		}
		if (last.kind === 'refused') {
			const ended = await afterRefusal(last.error, bank, sessionId, { mayBeThere, ownSession });
			if (ended) return ended;
		}
		if (last.kind === 'refused' || (last.kind === 'unknown' && last.sent)) mayBeThere = true;
		if (attempt < bank.maxTries) await bank.pause(attempt, last);
	}

	if (!mayBeThere) {
		return { outcome: 'rejected', sessionId, reason: notStarted(last ? reasonOf(last) : '') };
	}
	const seen = await look(bank, sessionId);
	if ('reason' in seen) return unknown(sessionId, seen.reason);
	if (seen.view.outcome !== 'created') return atBank(seen.view);
	return unknown(sessionId, last ? reasonOf(last) : '', seen.view);
}

/** A refusal is believed only after the session was read. Undefined: look and try again. */
async function afterRefusal(
	error: BankError,
	bank: BankClient,
	sessionId: string,
	{ mayBeThere, ownSession }: { mayBeThere: boolean; ownSession: boolean },
): Promise<PayoutEnd | undefined> {
	const seen = await look(bank, sessionId);
	if ('reason' in seen) {
		// The first and only start was refused for a reason that excludes a payout: believe it without the session.
		return mayBeThere || explain(error.code)?.look
			? unknown(sessionId, seen.reason)
			: { outcome: 'rejected', sessionId, error, reason: error.description };
	}
	const { view } = seen;
	if (view.outcome !== 'created') {
		if (ownSession || mayBeThere) return atBank(view);
		return {
			outcome: 'duplicate',
			sessionId,
			view,
			error,
			advice:
				'This session already holds a payout; nothing was started. Use a session of its own for each payout.',
		};
	}
	if (error.code === 'idempotency_key_already_exists') {
		// With a start of our own in doubt the key may be ours, still being processed: go on looking, up to the limit.
		return mayBeThere
			? undefined
			: { outcome: 'duplicate', sessionId, error, advice: explain(error.code)?.advice };
	}
	return explain(error.code)?.look && error.code !== 'session_wrong_state'
		? undefined
		: { outcome: 'rejected', sessionId, view, error, reason: error.description };
}

const atBank = (view: SessionView): PayoutEnd =>
	isFinal(view) ? ended(view) : { outcome: 'processing', sessionId: view.sessionId, view };

const ended = (view: SessionView): PayoutEnd => ({
	outcome: view.outcome,
	sessionId: view.sessionId,
	view,
});

const unknown = (sessionId: string, reason: string, view?: SessionView): PayoutEnd => ({
	outcome: 'unknown',
	sessionId,
	view,
	reason: `Nobody knows yet whether the bank started this payout. ${reason}`.trim(),
});

const notStarted = (reason: string): string => `The payout was not started. ${reason}`.trim();

/** Follows a payout that is at the bank until the plan is met or the time is up. */
async function follow(
	first: SessionView,
	expected: Money,
	plan: PayoutPlan,
	bank: BankClient,
	memory: Memory,
): Promise<PayoutEnd> {
	const deadline = bank.clock.now() + plan.timeLimitMs;
	let view = first;
	if (plan.waitFor === 'started' && plan.confirm === 'manual') return ended(view);

	if (view.outcome === 'processing') {
		const seen = await poll(view, bank, deadline, (v) => v.outcome !== 'processing');
		if ('reason' in seen) return unreadable(view, seen.reason);
		view = seen.view;
	}
	if (view.outcome === 'awaitingConfirmation' && plan.confirm === 'automatic') {
		const mismatch = amountMismatch(view, expected);
		if (mismatch !== undefined) return { ...ended(view), advice: mismatch };
		memory.save({ sessionId: view.sessionId, step: 'confirming' });
		const confirmed = await confirmSession(view.sessionId, view.confirmInformation, bank);
		if (confirmed.outcome === 'unknown' || confirmed.error || !confirmed.view) return confirmed;
		view = confirmed.view;
		if (plan.waitFor === 'confirmed') return ended(view);
	}
	if (plan.waitFor !== 'final' || isFinal(view)) return ended(view);
	const seen = await poll(view, bank, deadline, isFinal);
	return 'reason' in seen ? unreadable(view, seen.reason) : ended(seen.view);
}

/**
 * The last look before money moves: the bank must be about to pay exactly what was asked.
 * A payout in another currency shows the rubles to be debited, so only equal currencies can be compared.
 */
export function amountMismatch(view: SessionView, expected: Money): string | undefined {
	const actual = view.payout?.amount;
	if (!actual || actual.currency !== expected.currency) return undefined;
	return actual.minorUnits === expected.minorUnits
		? undefined
		: `Not confirmed: the bank shows ${actual.minorUnits} minor units, ${expected.minorUnits} were asked for. Cancel the session with Session: Cancel and tell the bank's support.`;
}

const unreadable = (view: SessionView, reason: string): PayoutEnd => ({
	outcome: 'unknown',
	sessionId: view.sessionId,
	view,
	reason: `The payout is at the bank, but its state can't be read. ${reason}`,
});

/** Reads the session with growing pauses until `done` or the deadline, at least once. */
export async function poll(
	first: SessionView,
	bank: BankClient,
	deadline: number,
	done: (view: SessionView) => boolean,
): Promise<{ view: SessionView } | { reason: string }> {
	let view = first;
	for (let pause = POLL_FIRST_MS; ; pause = Math.min(pause * 1.5, POLL_MAX_MS)) {
		const left = deadline - bank.clock.now();
		if (left <= 0) return { view };
		await bank.clock.sleep(Math.min(pause, left));
		const seen = await look(bank, view.sessionId);
		if ('reason' in seen) return seen;
		view = seen.view;
		if (done(view)) return { view };
	}
}

/**
 * Confirms a session. Harmless to repeat: the bank takes one confirmation, and every answer that is not a plain yes is
 * looked behind. `confirm_information` is echoed untouched, as the bank's pages on escrow and settlement demand.
 */
export async function confirmSession(
	sessionId: string,
	confirmInformation: JsonObject | undefined,
	bank: BankClient,
): Promise<PayoutEnd> {
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
): Promise<PayoutEnd> {
	const view = await bank.readSession(sessionId);
	const refuse = (reason: string): PayoutEnd => ({
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
): Promise<PayoutEnd> {
	const done = (view: SessionView) =>
		isFinal(view) || (!untilFinal && view.outcome === 'awaitingConfirmation');
	const deadline = bank.clock.now() + timeLimitMs;
	const first = await bank.readSession(sessionId);
	if (done(first)) return ended(first);
	const seen = await poll(first, bank, deadline, done);
	return 'reason' in seen ? unreadable(first, seen.reason) : ended(seen.view);
}

/** Cancels a session that waits for a confirmation or was never started. Looks behind unclear answers in the same way. */
export async function cancelSession(sessionId: string, bank: BankClient): Promise<PayoutEnd> {
	return act(
		endpoints.sessionCancel,
		{ session_id: sessionId },
		bank,
		sessionId,
		(view) => view.outcome === 'cancelled',
	);
}

async function act(
	endpoint: typeof endpoints.sessionConfirm | typeof endpoints.sessionCancel,
	body: JsonObject,
	bank: BankClient,
	sessionId: string,
	isDone: (view: SessionView) => boolean,
): Promise<PayoutEnd> {
	let last: Reply | undefined;
	for (let attempt = 1; attempt <= bank.maxTries; attempt++) {
		last = await bank.send(endpoint, body);
		if (last.kind === 'ok') {
			const view = readSession(last.body);
			if (view) return ended(view);
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

/** Reads the session; a bank that can't be reached or refuses to show it is a reason, not an exception. */
async function look(
	bank: BankClient,
	sessionId: string,
): Promise<{ view: SessionView } | { reason: string }> {
	const seen = await guard(() => bank.readSession(sessionId));
	return 'view' in seen ? seen : { reason: seen.reason };
}

type Guarded = { view: SessionView } | { reason: string; error?: BankError };

async function guard(read: () => Promise<SessionView>): Promise<Guarded> {
	try {
		return { view: await read() };
	} catch (error) {
		if (error instanceof BankRefusal) return { reason: error.message, error: error.error };
		return { reason: error instanceof Error ? error.message : String(error) };
	}
}

/**
 * Creates and starts in one request (`session/init/payout`). For projects with auto-confirmation. When the answer is
 * lost there is no session to look at, so it is never sent a second time: the outcome stays `unknown`.
 */
export async function initiateRequest(
	order: SessionRequest,
	plan: PayoutPlan,
	bank: BankClient,
	memory: Memory,
): Promise<PayoutEnd> {
	const lost =
		'The request went out and its answer was lost; without a session ID the bank cannot be asked. Look for the Reference in the webhooks or the daily report.';
	const earlier = memory.load();
	if (earlier && earlier.sessionId !== '') {
		const seen = await look(bank, earlier.sessionId);
		return 'reason' in seen
			? unknown(earlier.sessionId, seen.reason)
			: follow(seen.view, order.amount, plan, bank, memory);
	}
	if (earlier?.step === 'starting') return { outcome: 'unknown', reason: lost, advice: lost };

	const endpoint = order.endpoints.init;
	const body = order.body(bank.versionOf(endpoint));
	memory.save({ sessionId: '', step: 'starting' });
	for (let attempt = 1; ; attempt++) {
		const reply = await bank.send(endpoint, body, idempotencyKey(order.reference));
		if (reply.kind === 'ok') {
			const view = readSession(reply.body);
			if (!view) return { outcome: 'unknown', reason: lost, advice: lost };
			memory.save({ sessionId: view.sessionId, step: 'starting' });
			return follow(view, order.amount, plan, bank, memory);
		}
		if (reply.kind === 'refused') {
			const { error } = reply;
			if (error.code === 'idempotency_key_already_exists')
				return { outcome: 'duplicate', error, advice: explain(error.code)?.advice };
			if (!explain(error.code)?.look) {
				memory.save({ sessionId: '', step: 'created' });
				return { outcome: 'rejected', error, reason: error.description };
			}
		}
		const neverSent = reply.kind === 'busy' || (reply.kind === 'unknown' && !reply.sent);
		if (!neverSent)
			return { outcome: 'unknown', reason: `${reasonOf(reply)}. ${lost}`, advice: lost };
		if (attempt >= bank.maxTries) {
			memory.save({ sessionId: '', step: 'created' });
			return { outcome: 'rejected', reason: notStarted(reasonOf(reply)) };
		}
		await bank.pause(attempt, reply);
	}
}
