import { failureOf } from '../client/bankClient';
import type { BankError } from '../client/bankError';
import { toResult, tryReadSession } from '../client/sessionReader';
import type { BankResponse } from '../client/transport';
import { isOutcomeUncertain } from '../protocol/errorCodes';
import { idempotencyKeyOf } from '../requests/idempotencyKey';
import type { SessionRequest } from '../requests/order';
import { referenceIn } from '../session/operation';
import {
	isFinal,
	readSession,
	referenceOf,
	withOperationOf,
	type Outcome,
	type SessionView,
} from '../session/session';
import { isSameReference } from '../values/references';
import { isSameAmount, isDebitedAmountShown } from './amountMatch';
import { confirmAndWait, type CompletionPlan } from './confirmAndWait';
import type { FlowContext } from './context';
import {
	ownResultOf,
	refusedResult,
	resultOf,
	startUnknownResult,
	type SessionResult,
} from './sessionResult';

/**
 * Performs one operation at most once: create a session (no money moves) → start the operation in it under the
 * idempotency key of the reference → wait until the bank is ready → confirm → wait for the result. Resumes where an
 * earlier attempt stopped, according to `progressStore`.
 *
 * Two locks prevent a second operation: the idempotency key of the start, and the session, which accepts one start
 * only. A lost response is never treated as a failure: the session is read first, and no other key is ever used.
 */
export async function sendOperation(
	request: SessionRequest,
	plan: CompletionPlan,
	context: FlowContext,
): Promise<SessionResult> {
	const { bank, progressStore } = context;
	let progress = progressStore.load();
	const isResumed = progress !== undefined && progress.step !== 'created';
	if (!progress) {
		const created = await toResult(() =>
			bank.createSession({ metadata: { reference: request.reference } }, request.endpoints.create),
		);
		if ('reason' in created) {
			const cause = created.reason;
			const error = cause.code === 'refused' ? cause.error : undefined;
			const reason = { code: 'notStarted', kind: request.kind, cause } as const;
			return { outcome: 'rejected', error, reason };
		}
		progress = { sessionId: created.view.sessionId, step: 'created' };
		progressStore.save(progress);
	}
	const { sessionId } = progress;
	return startAndFollow(plan, {
		...context,
		request: request,
		sessionId,
		isResumed,
		isOwnSession: true,
	});
}

/** The same as `sendRequest` in a session that another party created and that may already hold an operation. */
export async function startOperation(
	request: SessionRequest,
	sessionId: string,
	plan: CompletionPlan,
	context: FlowContext,
): Promise<SessionResult> {
	const progress = context.progressStore.load();
	const isResumed = progress !== undefined && progress.step !== 'created';
	return startAndFollow(plan, {
		...context,
		request: request,
		sessionId,
		isResumed,
		isOwnSession: false,
	});
}

/** One start of an operation in a session. */
interface StartContext extends FlowContext {
	request: SessionRequest;
	sessionId: string;
	/** An earlier attempt of this run may have started the operation already. */
	isResumed: boolean;
	/** This flow created the session: an operation in it is ours unless it shows another reference. */
	isOwnSession: boolean;
}

async function startAndFollow(plan: CompletionPlan, context: StartContext): Promise<SessionResult> {
	const started = await startWithRetry(context);
	if (started.outcome !== 'processing' || !started.view || started.reason) return started;
	return confirmAndWait(started.view, context.request, plan, context);
}

/**
 * Starts the operation. Reads the session after every response that is not a clear success. The outcome
 * `processing` means that the operation is at the bank.
 */
async function startWithRetry(context: StartContext): Promise<SessionResult> {
	const { bank, request: request, progressStore, sessionId } = context;
	const endpoint = request.endpoints.start;
	const body = { session_id: sessionId, ...request.body(bank.versionOf(endpoint)) };
	const key = idempotencyKeyOf(request.reference, request.kind);
	// A start was sent and its result is not known.
	let mayHaveStarted = context.isResumed;
	let response: BankResponse | undefined;

	for (let attempt = 1; attempt <= bank.maxTries; attempt++) {
		if (mayHaveStarted) {
			const existing = await readExistingOperation(context);
			if ('result' in existing) return existing.result;
		}
		progressStore.save({ sessionId, step: 'starting' });
		response = await bank.send(endpoint, body, key);
		if (response.kind === 'ok') {
			const view = readSession(response.body);
			if (view?.sessionId === sessionId) return acceptedResult(view, request);
			const reason = { code: 'responseIncomplete', missing: 'session' } as const;
			response = { kind: 'unknown', reason, isSent: true };
		}
		if (response.kind === 'refused') {
			const result = await resultAfterRefusal(response.error, mayHaveStarted, context);
			// Nothing of this operation is at the bank, so the next attempt may start it.
			if (result && !mayHaveStarted && NOTHING_STARTED.has(result.outcome)) {
				progressStore.save({ sessionId, step: 'created' });
			}
			if (result) return result;
		}
		if (response.kind === 'refused' || (response.kind === 'unknown' && response.isSent))
			mayHaveStarted = true;
		if (attempt < bank.maxTries) await bank.pause(attempt, response);
	}

	const cause = response && failureOf(response);
	if (!mayHaveStarted) {
		progressStore.save({ sessionId, step: 'created' });
		const reason = { code: 'notStarted', kind: request.kind, cause } as const;
		return { outcome: 'rejected', sessionId, reason };
	}
	const existing = await readExistingOperation(context);
	return 'result' in existing
		? existing.result
		: startUnknownResult(request, sessionId, cause, existing.emptySession);
}

/** Reads the session after a start whose result is not known: what it holds, or that it is still empty. */
async function readExistingOperation(
	context: StartContext,
): Promise<{ result: SessionResult } | { emptySession: SessionView }> {
	const { bank, request: request, sessionId } = context;
	const reading = await tryReadSession(bank, sessionId);
	if ('reason' in reading) {
		return { result: startUnknownResult(request, sessionId, reading.reason) };
	}
	const { view } = reading;
	return view.outcome === 'created'
		? { emptySession: view }
		: { result: classifyExistingOperation(view, true, context) };
}

/**
 * The result when the session already holds an operation. In another party's session it is ours only if it shows our
 * reference. An operation that is not ours is never confirmed, and its data are never reported as ours. The outcome is
 * then `rejected`, not `duplicate`, because our operation was not started.
 */
function classifyExistingOperation(
	view: SessionView,
	mayHaveStarted: boolean,
	{ request: request, isOwnSession }: StartContext,
): SessionResult {
	const bankReference = isOwnSession
		? (referenceIn(view.operation?.metadata) ?? request.reference)
		: referenceOf(view);
	const isOurs = bankReference !== undefined && isSameReference(bankReference, request.reference);
	if (isOurs) return resultOfOwnOperation(view, request, isOwnSession);
	if (mayHaveStarted && referenceIn(view.operation?.metadata) === undefined) {
		return startUnknownResult(request, view.sessionId, { code: 'noReference' }, view);
	}
	return {
		outcome: 'rejected',
		sessionId: view.sessionId,
		reason: { code: 'otherOperationInSession' },
	};
}

/** In another party's session an operation with our reference may have another amount; it is then not confirmed. */
function resultOfOwnOperation(
	view: SessionView,
	request: SessionRequest,
	isOwnSession: boolean,
): SessionResult {
	const { amount: expected } = request;
	const actual = view.operation?.amount;
	const isComparable = !isOwnSession && actual && !isDebitedAmountShown(view, expected);
	if (!isComparable || isSameAmount(actual, expected)) return acceptedResult(view, request);
	return {
		...resultOf(view),
		reason: { code: 'otherAmountUnderReference', actual: actual, expected },
	};
}

/** The result of a refused start, according to the session; `undefined` if the start must be retried. */
async function resultAfterRefusal(
	error: BankError,
	mayHaveStarted: boolean,
	context: StartContext,
): Promise<SessionResult | undefined> {
	const { bank, request: request, sessionId } = context;
	const isUncertain = isOutcomeUncertain(error.code);
	const reading = await tryReadSession(bank, sessionId);
	if ('reason' in reading) {
		// The only start was refused with a code that excludes a payout: that is certain without the session.
		return mayHaveStarted || isUncertain
			? startUnknownResult(request, sessionId, reading.reason)
			: refusedResult(error, { sessionId });
	}
	const { view } = reading;
	if (view.outcome !== 'created') {
		const result = classifyExistingOperation(view, mayHaveStarted, context);
		return result.outcome === 'rejected' ? { ...result, error } : result;
	}
	// The refusal may be caused by our own earlier start, which is still being processed: read again, up to the limit.
	if (mayHaveStarted && isUncertain) return undefined;
	if (error.code === 'idempotency_key_already_exists') {
		const advice = { code: 'findEarlierOperation', kind: request.kind } as const;
		return { outcome: 'duplicate', sessionId, error, advice };
	}
	return isUncertain && error.code !== 'session_wrong_state'
		? undefined
		: refusedResult(error, { sessionId, view });
}

const NOTHING_STARTED: ReadonlySet<Outcome> = new Set<Outcome>(['rejected', 'duplicate']);

/** The bank has accepted the operation; a session that is not final counts as processing. */
function acceptedResult(accepted: SessionView, { kind }: SessionRequest): SessionResult {
	const view = withOperationOf(kind, accepted);
	return isFinal(view)
		? ownResultOf(view, kind)
		: { outcome: 'processing', sessionId: view.sessionId, view };
}
