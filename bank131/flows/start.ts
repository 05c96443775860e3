import { failureOf } from '../client/bankClient';
import type { BankError } from '../client/bankError';
import { pollSession, tryReadSession } from '../client/sessionReader';
import type { BankResponse } from '../client/transport';
import { isCertainRefusal, knownErrorCode } from '../protocol/errorCodes';
import { idempotencyKeyOf } from '../requests/idempotencyKey';
import { isCancelledEmpty, readSession, type SessionView } from '../session/session';
import {
	acceptedResult,
	classifyExistingOperation,
	readExistingOperation,
	type StartContext,
} from './existingOperation';
import { refusedCodeOf, type Progress } from './progress';
import {
	keyUsedUpResult,
	refusedResult,
	sessionCancelledResult,
	startUnknownResult,
	type SessionResult,
} from './sessionResult';

/** What the starts that were sent leave open. */
interface StartDoubt {
	/**
	 * `lost`: a start whose result is not known. `unknownCode`: the bank refused each start, with a code that does not
	 * exclude that it acts later.
	 */
	kind: 'none' | 'unknownCode' | 'lost';
	/** The first refusal. A later one may only say that the key exists. */
	firstRefusal?: BankError;
}

function doubtOf(earlier: Progress | undefined): StartDoubt {
	const code = earlier?.refusedCode;
	const firstRefusal = code === undefined ? undefined : { code };
	if (!earlier || earlier.step === 'created') return { kind: 'none', firstRefusal };
	return firstRefusal ? { kind: 'unknownCode', firstRefusal } : { kind: 'lost' };
}

/** The doubt after a refusal that does not decide the result. A used key alone does not add to it. */
function doubtAfterRefusal({ code }: BankError, before: StartDoubt['kind']): StartDoubt['kind'] {
	if (before === 'lost') return before;
	const isKeyUsed = code === 'idempotency_key_already_exists' && before === 'unknownCode';
	return knownErrorCode(code) === undefined || isKeyUsed ? 'unknownCode' : 'lost';
}

/**
 * Starts the operation. Reads the session after every response that is not a clear success. The outcome
 * `processing` means that the operation is at the bank.
 */
export async function startWithRetry(context: StartContext): Promise<SessionResult> {
	const { bank, request, progressStore, sessionId } = context;
	const endpoint = request.endpoints.start;
	const body = { session_id: sessionId, ...request.body(bank.versionOf(endpoint)) };
	const key = idempotencyKeyOf(request.reference, request.kind);
	const doubt = doubtOf(context.earlier);
	let response: BankResponse | undefined;
	let wasBusy = false;

	for (let attempt = 1; attempt <= bank.maxTries; attempt++) {
		if (doubt.kind !== 'none') {
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
			const { error } = response;
			const result = await resultAfterRefusal(error, doubt, context);
			if (refusedCodeOf(error) !== undefined) doubt.firstRefusal ??= error;
			const refusedCode = doubt.firstRefusal?.code;
			if (result && doubt.kind === 'none' && isStartRefused(result, error)) {
				progressStore.save({ sessionId, step: 'created', refusedCode });
			}
			if (result) return result;
			doubt.kind = doubtAfterRefusal(error, doubt.kind);
			if (doubt.kind === 'unknownCode') {
				progressStore.save({ sessionId, step: 'starting', refusedCode });
			}
		}
		if (response.kind === 'unknown' && response.isSent) doubt.kind = 'lost';
		if (response.kind === 'busy') wasBusy = true;
		if (attempt < bank.maxTries) await bank.pause(attempt, response);
	}

	const cause = response && failureOf(response);
	if (doubt.kind === 'none') {
		// The bank should not have acted before it answered 429 (`interpretResponse`), and the session shows if it has.
		const existing = wasBusy && (await readExistingOperation(context));
		if (existing && 'result' in existing) return existing.result;
		const refusedCode = doubt.firstRefusal?.code;
		progressStore.save({ sessionId, step: 'created', refusedCode });
		const reason = { code: 'notStarted', kind: request.kind, cause } as const;
		return { outcome: 'rejected', sessionId, reason };
	}
	if (doubt.kind === 'unknownCode' && doubt.firstRefusal) {
		return await resultAfterUnknownCode(doubt.firstRefusal, context);
	}
	const existing = await readExistingOperation(context);
	return 'result' in existing
		? existing.result
		: startUnknownResult(request, sessionId, cause, existing.emptySession);
}

/** The result of a refused start, according to the session; `undefined` if the start must be retried. */
async function resultAfterRefusal(
	error: BankError,
	{ kind, firstRefusal }: StartDoubt,
	context: StartContext,
): Promise<SessionResult | undefined> {
	const { bank, request, sessionId } = context;
	const isCertain = isCertainRefusal(error.code);
	const reading = await tryReadSession(bank, sessionId);
	if ('reason' in reading) {
		// The only start was refused with a code that excludes a payout: that is certain without the session.
		return kind === 'none' && isCertain
			? refusedResult(error, { sessionId })
			: startUnknownResult(request, sessionId, reading.reason);
	}
	const { view } = reading;
	const isCancelled = isCancelledEmpty(view) && kind === 'none' && excludesOwnStart(error.code);
	if (view.outcome !== 'created' && !isCancelled) {
		// In a session of another party an earlier run may have started it, or this start in spite of the code.
		const mayBeOurs = kind !== 'none' || !(isCertain || context.isOwnSession);
		const result = classifyExistingOperation(view, mayBeOurs, context);
		return result.outcome === 'rejected' ? { ...result, error } : result;
	}
	if (isCertain) {
		return isCancelled
			? sessionCancelledResult(error, view)
			: refusedResult(error, { sessionId, view });
	}
	// The refusal may be caused by our own earlier start, which is still being processed: read again, up to the limit.
	if (kind !== 'none') return undefined;
	if (error.code === 'idempotency_key_already_exists') {
		if (firstRefusal) return keyUsedUpResult(firstRefusal, { sessionId, view });
		const advice = { code: 'findEarlierOperation', kind: request.kind } as const;
		return { outcome: 'duplicate', sessionId, error, advice };
	}
	if (isCancelled) return sessionCancelledResult(error, view);
	return error.code === 'session_wrong_state'
		? refusedResult(error, { sessionId, view })
		: undefined;
}

/** Codes of a start that is refused because of an earlier one. */
const EARLIER_START_CODES = ['idempotency_key_already_exists', 'session_wrong_state'];

/** True for a code of a start that was not booked: a documented refusal, or one that an earlier start causes. */
const excludesOwnStart = (code: string): boolean =>
	isCertainRefusal(code) || EARLIER_START_CODES.includes(code);

/** How long a session may stay empty after refusals that do not exclude that the bank acts later. */
const LATE_START_MS = 5000;

/**
 * The result of starts that were all refused with a code that is not documented: what the session shows after a while.
 */
async function resultAfterUnknownCode(
	error: BankError,
	context: StartContext,
): Promise<SessionResult> {
	const { bank, request, sessionId } = context;
	const first = await readExistingOperation(context);
	if ('result' in first) return first.result;
	const isStarted = (view: SessionView) => view.outcome !== 'created';
	const deadline = bank.clock.now() + LATE_START_MS;
	const reading = await pollSession(first.emptySession, bank, deadline, isStarted);
	if ('reason' in reading) return startUnknownResult(request, sessionId, reading.reason);
	const { view } = reading;
	return isStarted(view)
		? classifyExistingOperation(view, true, context)
		: keyUsedUpResult(error, { sessionId, view });
}

/**
 * Whether the only start was not booked, so the next attempt may send it again, whatever else the session shows. After
 * a code that leaves that open, an operation that may be ours can be this start.
 */
function isStartRefused({ outcome, reason }: SessionResult, { code }: BankError): boolean {
	if (outcome === 'rejected' || outcome === 'duplicate') return true;
	const isAltered = reason?.code === 'startUnknown' && reason.cause?.code === 'otherReference';
	return isAltered && excludesOwnStart(code);
}
