import { reasonOf, type BankClient } from '../client/bankClient';
import { guard, look } from '../client/sessionReader';
import type { BankError, Reply } from '../client/transport';
import { explain, startedBefore } from '../protocol/errorCodes';
import { keyOf } from '../requests/idempotencyKey';
import type { SessionRequest } from '../requests/order';
import { referenceIn } from '../session/operation';
import {
	isFinal,
	readSession,
	referenceOf,
	type Outcome,
	type SessionView,
} from '../session/session';
import { textOf } from '../values/money';
import { isSameAmount, showsDebitedRubles } from './amountMatch';
import { follow, type PayoutPlan } from './confirmAndWait';
import type { Memory } from './progress';
import { ended, notStarted, unknown, type SessionEnd } from './sessionResult';

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
): Promise<SessionEnd> {
	let progress = memory.load();
	const resumed = progress !== undefined && progress.step !== 'created';
	if (!progress) {
		const created = await guard(() =>
			bank.createSession({ metadata: { reference: order.reference } }, order.endpoints.create),
		);
		if ('reason' in created)
			return { outcome: 'rejected', ...created, reason: notStarted(order, created.reason) };
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
): Promise<SessionEnd> {
	const progress = memory.load();
	const resumed = progress !== undefined && progress.step !== 'created';
	return startAndFollow(order, plan, bank, memory, sessionId, { resumed, ownSession: false });
}

interface StartContext {
	/** An earlier try of this run may have started the payout already. */
	resumed: boolean;
	/** Nobody else should know the session: a payout in it is ours unless it says otherwise. */
	ownSession: boolean;
}

type Doubt = Pick<StartContext, 'ownSession'> & {
	/** A start of ours went out, and nobody knows what became of it. */
	mayBeThere: boolean;
};

/**
 * What is found in somebody else's session is ours only if it carries our reference: nobody else's is ever confirmed, and
 * none of its facts are told as ours. Not a duplicate: ours was never paid.
 */
function found(
	view: SessionView,
	order: SessionRequest,
	{ mayBeThere, ownSession }: Doubt,
): SessionEnd {
	const told = ownSession
		? (referenceIn(view.operation?.metadata) ?? order.reference)
		: referenceOf(view);
	if (told === order.reference) {
		const { amount } = order;
		const shown = view.operation?.amount;
		const isOurs =
			ownSession || !shown || showsDebitedRubles(view, amount) || isSameAmount(shown, amount);
		if (isOurs) return atBank(view);
		const reason = `The session holds ${textOf(shown)} under this Reference, ${textOf(amount)} was asked for.`;
		return { ...ended(view), reason, advice: reason };
	}
	if (mayBeThere && referenceIn(view.operation?.metadata) === undefined)
		return unknown(order, view.sessionId, 'The session does not say whose it is.', view);
	return {
		outcome: 'rejected',
		sessionId: view.sessionId,
		reason: 'This session already holds another payout or payment; nothing was started.',
		advice: 'Use a session of its own for each, and run again with the same Reference.',
	};
}

async function startAndFollow(
	order: SessionRequest,
	plan: PayoutPlan,
	bank: BankClient,
	memory: Memory,
	sessionId: string,
	context: StartContext,
): Promise<SessionEnd> {
	const started = await start(order, bank, memory, sessionId, context);
	if (started.outcome !== 'processing' || !started.view || started.reason) return started;
	return follow(started.view, order.amount, plan, bank, memory);
}

/** Starts the payout, looking behind every answer that is not a plain yes. `processing` means: it is at the bank. */
async function start(
	order: SessionRequest,
	bank: BankClient,
	memory: Memory,
	sessionId: string,
	{ resumed, ownSession }: StartContext,
): Promise<SessionEnd> {
	const endpoint = order.endpoints.start;
	const body = { session_id: sessionId, ...order.body(bank.versionOf(endpoint)) };
	const key = keyOf(order.reference, order.what);
	let mayBeThere = resumed;
	let last: Reply | undefined;

	for (let attempt = 1; attempt <= bank.maxTries; attempt++) {
		if (mayBeThere) {
			const seen = await look(bank, sessionId);
			if ('reason' in seen) return unknown(order, sessionId, seen.reason);
			if (seen.view.outcome !== 'created')
				return found(seen.view, order, { mayBeThere, ownSession });
		}
		memory.save({ sessionId, step: 'starting' });
		last = await bank.send(endpoint, body, key);
		if (last.kind === 'ok') {
			const view = readSession(last.body);
			if (view?.sessionId === sessionId) return atBank(view);
			last = { kind: 'unknown', reason: "The bank's answer has no session in it", sent: true };
		}
		if (last.kind === 'refused') {
			const end = await afterRefusal(last.error, order, bank, sessionId, {
				mayBeThere,
				ownSession,
			});
			// Nothing of ours is on its way: the next try of n8n may start, and is refused again.
			if (end && !mayBeThere && NOTHING_STARTED.has(end.outcome))
				memory.save({ sessionId, step: 'created' });
			if (end) return end;
		}
		if (last.kind === 'refused' || (last.kind === 'unknown' && last.sent)) mayBeThere = true;
		if (attempt < bank.maxTries) await bank.pause(attempt, last);
	}

	if (!mayBeThere) {
		memory.save({ sessionId, step: 'created' });
		return {
			outcome: 'rejected',
			sessionId,
			reason: notStarted(order, last ? reasonOf(last) : ''),
		};
	}
	const seen = await look(bank, sessionId);
	if ('reason' in seen) return unknown(order, sessionId, seen.reason);
	if (seen.view.outcome !== 'created') return found(seen.view, order, { mayBeThere, ownSession });
	return unknown(order, sessionId, last ? reasonOf(last) : '', seen.view);
}

/** A refusal is believed only after the session was read. Undefined: look and try again. */
async function afterRefusal(
	error: BankError,
	order: SessionRequest,
	bank: BankClient,
	sessionId: string,
	doubt: Doubt,
): Promise<SessionEnd | undefined> {
	const { mayBeThere } = doubt;
	const seen = await look(bank, sessionId);
	if ('reason' in seen) {
		// The first and only start was refused for a reason that excludes a payout: believe it without the session.
		return mayBeThere || explain(error.code)?.look
			? unknown(order, sessionId, seen.reason)
			: { outcome: 'rejected', sessionId, error, reason: error.description };
	}
	const { view } = seen;
	if (view.outcome !== 'created') {
		const end = found(view, order, doubt);
		return end.outcome === 'rejected' ? { ...end, error } : end;
	}
	// With a start of our own in doubt both may be about that one, still being processed: go on looking, up to the limit.
	if (mayBeThere && explain(error.code)?.look) return undefined;
	if (error.code === 'idempotency_key_already_exists')
		return { outcome: 'duplicate', sessionId, error, advice: startedBefore(order.what) };
	return explain(error.code)?.look && error.code !== 'session_wrong_state'
		? undefined
		: { outcome: 'rejected', sessionId, view, error, reason: error.description };
}

const NOTHING_STARTED: ReadonlySet<Outcome> = new Set<Outcome>(['rejected', 'duplicate']);

const atBank = (view: SessionView): SessionEnd =>
	isFinal(view) ? ended(view) : { outcome: 'processing', sessionId: view.sessionId, view };
