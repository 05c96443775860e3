import { failureOf } from '../client/bankClient';
import type { RequestFailure } from '../client/requestFailure';
import { tryReadSession } from '../client/sessionReader';
import { isNotProcessed } from '../client/transport';
import { isCertainRefusal } from '../protocol/errorCodes';
import { idempotencyKeyOf } from '../requests/idempotencyKey';
import type { SessionRequest } from '../requests/order';
import { readSession } from '../session/session';
import { confirmAndWait, type CompletionPlan } from './confirmAndWait';
import type { FlowContext } from './context';
import { onOneRoute } from './keyRoutes';
import { otherReference } from './existingOperation';
import { refusedCodeOf } from './progress';
import {
	keyUsedUpResult,
	refusedResult,
	startUnknownResult,
	type SessionResult,
} from './sessionResult';

/**
 * Creates and starts in one request (`session/init/payout`), for projects with auto-confirmation. After a lost
 * response there is no session ID to read, so the request is never sent a second time: the outcome stays `unknown`.
 */
export async function initiateOperation(
	request: SessionRequest,
	plan: CompletionPlan,
	context: FlowContext,
): Promise<SessionResult> {
	return await onOneRoute(
		request,
		request.endpoints.init,
		context,
		async () => await initiate(request, plan, context),
	);
}

async function initiate(
	request: SessionRequest,
	plan: CompletionPlan,
	context: FlowContext,
): Promise<SessionResult> {
	const { bank, progressStore } = context;
	const earlier = progressStore.load();
	if (earlier && earlier.sessionId !== '') {
		return resume(earlier.sessionId, request, plan, context);
	}
	if (earlier?.step === 'starting') return sessionIdLost(undefined, earlier.refusedCode);

	const endpoint = request.endpoints.init;
	const body = request.body(bank.versionOf(endpoint));
	const kind = request.kind;
	progressStore.save({ sessionId: '', step: 'starting' });
	for (let attempt = 1; ; attempt++) {
		const response = await bank.send(
			endpoint,
			body,
			idempotencyKeyOf(request.reference, request.kind),
		);
		if (response.kind === 'ok') {
			const view = readSession(response.body);
			// A response about another operation is not ours: the one with our session ID is lost.
			if (!view || otherReference(view, request.reference) !== undefined) return sessionIdLost();
			progressStore.save({ sessionId: view.sessionId, step: 'starting' });
			return confirmAndWait(view, request, plan, context);
		}
		if (response.kind === 'refused') {
			const { error } = response;
			const isDuplicate = error.code === 'idempotency_key_already_exists';
			const isCertain = isCertainRefusal(error.code);
			const refusedCode = earlier?.refusedCode ?? refusedCodeOf(error);
			if (isDuplicate || isCertain) {
				progressStore.save({ sessionId: '', step: 'created', refusedCode });
			}
			if (isDuplicate) {
				return earlier?.refusedCode === undefined
					? { outcome: 'duplicate', error, advice: { code: 'findEarlierOperation', kind } }
					: keyUsedUpResult({ code: earlier.refusedCode });
			}
			if (isCertain) return refusedResult(error);
			progressStore.save({ sessionId: '', step: 'starting', refusedCode });
			return { ...sessionIdLost(failureOf(response)), error };
		}
		const cause = failureOf(response);
		if (!isNotProcessed(response)) return sessionIdLost(cause);
		if (attempt >= bank.maxTries) {
			progressStore.save({ sessionId: '', step: 'created', refusedCode: earlier?.refusedCode });
			return { outcome: 'rejected', reason: { code: 'notStarted', kind, cause } };
		}
		await bank.pause(attempt, response);
	}
}

/** Continues an operation that an earlier attempt has started in this session. */
async function resume(
	sessionId: string,
	request: SessionRequest,
	plan: CompletionPlan,
	context: FlowContext,
): Promise<SessionResult> {
	const reading = await tryReadSession(context.bank, sessionId);
	return 'reason' in reading
		? startUnknownResult(request, sessionId, reading.reason)
		: confirmAndWait(reading.view, request, plan, context);
}

/** @param refusedCode the code with which the bank answered; it leaves open whether the bank acted */
const sessionIdLost = (cause?: RequestFailure, refusedCode?: string): SessionResult => ({
	outcome: 'unknown',
	error: refusedCode === undefined ? undefined : { code: refusedCode },
	reason: { code: 'sessionIdLost', cause },
});
