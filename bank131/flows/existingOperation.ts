import { tryReadSession } from '../client/sessionReader';
import type { SessionRequest } from '../requests/order';
import { referenceIn } from '../session/operation';
import { isClosed, referenceOf, withOperationOf, type SessionView } from '../session/session';
import { isSameReference } from '../values/references';
import { mayBeAltered } from '../values/shownReference';
import type { FlowContext } from './context';
import type { Progress } from './progress';
import type { UnrecognisedOperation } from './reasons';
import { isOwnAmount } from './requestMatch';
import { resultOf, resultOfRequest, startUnknownResult, type SessionResult } from './sessionResult';

/** One start of an operation in a session. */
export interface StartContext extends FlowContext {
	request: SessionRequest;
	sessionId: string;
	/** What earlier attempts of this run have done. */
	earlier?: Progress;
	/** This flow created the session, so no other party starts an operation in it. */
	isOwnSession: boolean;
}

/** Reads the session after a start whose result is not known: what it holds, or that it is still empty. */
export async function readExistingOperation(
	context: StartContext,
): Promise<{ result: SessionResult } | { emptySession: SessionView }> {
	const { bank, request, sessionId } = context;
	const reading = await tryReadSession(bank, sessionId);
	if ('reason' in reading) {
		return { result: startUnknownResult(request, sessionId, reading.reason) };
	}
	const { view } = reading;
	return view.outcome === 'created'
		? { emptySession: view }
		: { result: classifyExistingOperation(view, true, context) };
}

/** The result when the session already holds an operation. */
export function classifyExistingOperation(
	view: SessionView,
	mayHaveStarted: boolean,
	{ request, isOwnSession }: StartContext,
): SessionResult {
	return isOwnSession
		? resultInOwnSession(view, mayHaveStarted, request)
		: resultInOtherSession(view, mayHaveStarted, request);
}

/**
 * The operation in a session that this flow created. It is ours if it shows our reference or our amount: the bank may
 * show the metadata in another form. If the only start was refused, another reference leaves it open.
 */
function resultInOwnSession(
	view: SessionView,
	mayHaveStarted: boolean,
	request: SessionRequest,
): SessionResult {
	const shown = otherReference(view, request.reference);
	if (!mayHaveStarted && shown !== undefined) {
		return startUnknownResult(request, view.sessionId, { code: 'otherReference', shown });
	}
	const doubt = ownershipDoubt(view, request);
	return doubt
		? startUnknownResult(request, view.sessionId, doubt, view)
		: acceptedResult(view, request);
}

/**
 * The operation in a session of another party is ours only if it shows our reference. An operation that is not ours is
 * never confirmed, and its data are never reported as ours. The outcome is then `rejected`, not `duplicate`, because
 * our operation was not started.
 */
function resultInOtherSession(
	view: SessionView,
	mayHaveStarted: boolean,
	request: SessionRequest,
): SessionResult {
	const shown = referenceOf(view);
	if (shown !== undefined && isSameReference(shown, request.reference)) {
		const { amount: expected } = request;
		const actual = view.operation?.amount;
		// It may have another amount; it is then not confirmed.
		return actual && !isOwnAmount(view, expected)
			? { ...resultOf(view), reason: { code: 'otherAmountUnderReference', actual, expected } }
			: acceptedResult(view, request);
	}
	const operationReference = referenceIn(view.operation?.metadata);
	if (shown !== undefined && mayBeAltered(shown, request.reference)) {
		return startUnknownResult(request, view.sessionId, { code: 'otherReference', shown });
	}
	if (mayHaveStarted && operationReference === undefined) {
		const isOtherAmount = view.operation?.amount && !isOwnAmount(view, request.amount);
		const shownView = isOtherAmount ? undefined : view;
		return startUnknownResult(request, view.sessionId, { code: 'noReference' }, shownView);
	}
	return {
		outcome: 'rejected',
		sessionId: view.sessionId,
		reason: { code: 'otherOperationInSession' },
	};
}

/** The bank has accepted the operation; a session that is not final counts as processing. */
export function acceptedResult(accepted: SessionView, request: SessionRequest): SessionResult {
	const view = withOperationOf(request.kind, accepted);
	return isClosed(view)
		? resultOfRequest(view, request)
		: { outcome: 'processing', sessionId: view.sessionId, view };
}

/**
 * Why the operation in a session that this flow opened may not be ours; `undefined` if it is. The bank may show the
 * reference cut, in another form or not at all, so the amount decides. A session without a readable operation shows
 * nothing against it.
 */
function ownershipDoubt(
	view: SessionView,
	{ reference, amount: expected }: Pick<SessionRequest, 'reference' | 'amount'>,
): UnrecognisedOperation | undefined {
	const { operation } = view;
	if (!operation) return undefined;
	const shown = referenceIn(operation.metadata);
	if (shown !== undefined && isSameReference(shown, reference)) return undefined;
	const isOurs =
		isOwnAmount(view, expected) || (shown === undefined && operation.amount === undefined);
	return isOurs ? undefined : { code: 'otherAmountInSession', actual: operation.amount, expected };
}

/** The reference that the session shows, if it can be neither ours nor an altered form of ours. */
export function otherReference(view: SessionView, reference: string): string | undefined {
	const shown = referenceOf(view);
	return shown !== undefined && !mayBeAltered(shown, reference) ? shown : undefined;
}
