import { reasonOf, type BankClient } from '../client/bankClient';
import { toResult, tryReadSession } from '../client/sessionReader';
import type { BankError, Reply } from '../client/transport';
import { isOutcomeUncertain, startedBefore } from '../protocol/errorCodes';
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
import { formatMoney } from '../values/money';
import { isSameAmount, showsDebitedRubles } from './amountMatch';
import { confirmAndWait, type CompletionPlan } from './confirmAndWait';
import type { ProgressStore } from './progress';
import { resultOf, notStarted, unknownResult, type SessionResult } from './sessionResult';

/**
 * Pays one order, at most once: create a session (no money moves) → start the payout in it under the reference's key →
 * wait until the bank is ready → confirm → wait for the result. Resumes where `progressStore` says an earlier try stopped.
 *
 * Two locks hold a second payment off: the key on the start, and the session's state, which takes one start only.
 * A lost answer is never read as a failure: the session is read first, and nothing ever goes out under another key.
 */
export async function sendRequest(
	order: SessionRequest,
	plan: CompletionPlan,
	bank: BankClient,
	progressStore: ProgressStore,
): Promise<SessionResult> {
	let progress = progressStore.load();
	const resumed = progress !== undefined && progress.step !== 'created';
	if (!progress) {
		const created = await toResult(() =>
			bank.createSession({ metadata: { reference: order.reference } }, order.endpoints.create),
		);
		if ('reason' in created)
			return { outcome: 'rejected', ...created, reason: notStarted(order, created.reason) };
		progress = { sessionId: created.view.sessionId, step: 'created' };
		progressStore.save(progress);
	}
	return startAndFollow(order, plan, bank, progressStore, progress.sessionId, {
		resumed,
		ownSession: true,
	});
}

/** The same in a session that somebody else opened and that may already hold a payout. */
export async function startRequest(
	order: SessionRequest,
	sessionId: string,
	plan: CompletionPlan,
	bank: BankClient,
	progressStore: ProgressStore,
): Promise<SessionResult> {
	const progress = progressStore.load();
	const resumed = progress !== undefined && progress.step !== 'created';
	return startAndFollow(order, plan, bank, progressStore, sessionId, {
		resumed,
		ownSession: false,
	});
}

interface StartContext {
	/** An earlier try of this run may have started the payout already. */
	resumed: boolean;
	/** Nobody else should know the session: a payout in it is ours unless it says otherwise. */
	ownSession: boolean;
}

type StartUncertainty = Pick<StartContext, 'ownSession'> & {
	/** A start of ours went out, and nobody knows what became of it. */
	mayHaveStarted: boolean;
};

/**
 * What is found in somebody else's session is ours only if it carries our reference: nobody else's is ever confirmed, and
 * none of its facts are told as ours. Not a duplicate: ours was never paid.
 */
function classifyExistingOperation(
	view: SessionView,
	order: SessionRequest,
	{ mayHaveStarted: mayBeThere, ownSession }: StartUncertainty,
): SessionResult {
	const bankReference = ownSession
		? (referenceIn(view.operation?.metadata) ?? order.reference)
		: referenceOf(view);
	if (bankReference === order.reference) {
		const { amount } = order;
		const shown = view.operation?.amount;
		const isOurs =
			ownSession || !shown || showsDebitedRubles(view, amount) || isSameAmount(shown, amount);
		if (isOurs) return atBank(view);
		const reason = `The session holds ${formatMoney(shown)} under this Reference, ${formatMoney(amount)} was asked for.`;
		return { ...resultOf(view), reason, advice: reason };
	}
	if (mayBeThere && referenceIn(view.operation?.metadata) === undefined)
		return unknownResult(order, view.sessionId, 'The session does not say whose it is.', view);
	return {
		outcome: 'rejected',
		sessionId: view.sessionId,
		reason: 'This session already holds another payout or payment; nothing was started.',
		advice: 'Use a session of its own for each, and run again with the same Reference.',
	};
}

async function startAndFollow(
	order: SessionRequest,
	plan: CompletionPlan,
	bank: BankClient,
	progressStore: ProgressStore,
	sessionId: string,
	context: StartContext,
): Promise<SessionResult> {
	const started = await start(order, bank, progressStore, sessionId, context);
	if (started.outcome !== 'processing' || !started.view || started.reason) return started;
	return confirmAndWait(started.view, order.amount, plan, bank, progressStore);
}

/** Starts the payout, looking behind every answer that is not a plain yes. `processing` means: it is at the bank. */
async function start(
	order: SessionRequest,
	bank: BankClient,
	progressStore: ProgressStore,
	sessionId: string,
	{ resumed, ownSession }: StartContext,
): Promise<SessionResult> {
	const endpoint = order.endpoints.start;
	const body = { session_id: sessionId, ...order.body(bank.versionOf(endpoint)) };
	const key = keyOf(order.reference, order.what);
	let mayBeThere = resumed;
	let last: Reply | undefined;

	for (let attempt = 1; attempt <= bank.maxTries; attempt++) {
		if (mayBeThere) {
			const seen = await tryReadSession(bank, sessionId);
			if ('reason' in seen) return unknownResult(order, sessionId, seen.reason);
			if (seen.view.outcome !== 'created')
				return classifyExistingOperation(seen.view, order, {
					mayHaveStarted: mayBeThere,
					ownSession,
				});
		}
		progressStore.save({ sessionId, step: 'starting' });
		last = await bank.send(endpoint, body, key);
		if (last.kind === 'ok') {
			const view = readSession(last.body);
			if (view?.sessionId === sessionId) return atBank(view);
			last = { kind: 'unknown', reason: "The bank's answer has no session in it", sent: true };
		}
		if (last.kind === 'refused') {
			const end = await afterRefusal(last.error, order, bank, sessionId, {
				mayHaveStarted: mayBeThere,
				ownSession,
			});
			// Nothing of ours is on its way: the next try of n8n may start, and is refused again.
			if (end && !mayBeThere && NOTHING_STARTED.has(end.outcome))
				progressStore.save({ sessionId, step: 'created' });
			if (end) return end;
		}
		if (last.kind === 'refused' || (last.kind === 'unknown' && last.sent)) mayBeThere = true;
		if (attempt < bank.maxTries) await bank.pause(attempt, last);
	}

	if (!mayBeThere) {
		progressStore.save({ sessionId, step: 'created' });
		return {
			outcome: 'rejected',
			sessionId,
			reason: notStarted(order, last ? reasonOf(last) : ''),
		};
	}
	const seen = await tryReadSession(bank, sessionId);
	if ('reason' in seen) return unknownResult(order, sessionId, seen.reason);
	if (seen.view.outcome !== 'created')
		return classifyExistingOperation(seen.view, order, { mayHaveStarted: mayBeThere, ownSession });
	return unknownResult(order, sessionId, last ? reasonOf(last) : '', seen.view);
}

/** A refusal is believed only after the session was read. Undefined: look and try again. */
async function afterRefusal(
	error: BankError,
	order: SessionRequest,
	bank: BankClient,
	sessionId: string,
	doubt: StartUncertainty,
): Promise<SessionResult | undefined> {
	const { mayHaveStarted: mayBeThere } = doubt;
	const seen = await tryReadSession(bank, sessionId);
	if ('reason' in seen) {
		// The first and only start was refused for a reason that excludes a payout: believe it without the session.
		return mayBeThere || isOutcomeUncertain(error.code)
			? unknownResult(order, sessionId, seen.reason)
			: { outcome: 'rejected', sessionId, error, reason: error.description };
	}
	const { view } = seen;
	if (view.outcome !== 'created') {
		const end = classifyExistingOperation(view, order, doubt);
		return end.outcome === 'rejected' ? { ...end, error } : end;
	}
	// With a start of our own in doubt both may be about that one, still being processed: go on looking, up to the limit.
	if (mayBeThere && isOutcomeUncertain(error.code)) return undefined;
	if (error.code === 'idempotency_key_already_exists')
		return { outcome: 'duplicate', sessionId, error, advice: startedBefore(order.what) };
	return isOutcomeUncertain(error.code) && error.code !== 'session_wrong_state'
		? undefined
		: { outcome: 'rejected', sessionId, view, error, reason: error.description };
}

const NOTHING_STARTED: ReadonlySet<Outcome> = new Set<Outcome>(['rejected', 'duplicate']);

const atBank = (view: SessionView): SessionResult =>
	isFinal(view) ? resultOf(view) : { outcome: 'processing', sessionId: view.sessionId, view };
