import { failureOf } from '../client/bankClient';
import type { RequestFailure } from '../client/requestFailure';
import { tryReadSession } from '../client/sessionReader';
import { isOutcomeUncertain } from '../protocol/errorCodes';
import { keyOf } from '../requests/idempotencyKey';
import type { SessionRequest } from '../requests/order';
import { readSession, referenceOf } from '../session/session';
import { confirmAndWait, type CompletionPlan } from './confirmAndWait';
import type { FlowContext } from './context';
import { kindOf, refusedResult, startUnknownResult, type SessionResult } from './sessionResult';

/**
 * Creates and starts in one request (`session/init/payout`), for projects with auto-confirmation. After a lost
 * response there is no session ID to read, so the request is never sent a second time: the outcome stays `unknown`.
 */
export async function initiateRequest(
	order: SessionRequest,
	plan: CompletionPlan,
	context: FlowContext,
): Promise<SessionResult> {
	const { bank, progressStore } = context;
	const earlier = progressStore.load();
	if (earlier && earlier.sessionId !== '') {
		const reading = await tryReadSession(bank, earlier.sessionId);
		return 'reason' in reading
			? startUnknownResult(order, earlier.sessionId, reading.reason)
			: confirmAndWait(reading.view, order.amount, plan, context);
	}
	if (earlier?.step === 'starting') return sessionIdLost();

	const endpoint = order.endpoints.init;
	const body = order.body(bank.versionOf(endpoint));
	const kind = kindOf(order);
	progressStore.save({ sessionId: '', step: 'starting' });
	for (let attempt = 1; ; attempt++) {
		const response = await bank.send(endpoint, body, keyOf(order.reference, order.what));
		if (response.kind === 'ok') {
			const view = readSession(response.body);
			// A session with another reference is not ours: the response with our session ID is lost.
			const isOurs = view && (referenceOf(view) ?? order.reference) === order.reference;
			if (!isOurs) return sessionIdLost();
			progressStore.save({ sessionId: view.sessionId, step: 'starting' });
			return confirmAndWait(view, order.amount, plan, context);
		}
		if (response.kind === 'refused') {
			const { error } = response;
			const isDuplicate = error.code === 'idempotency_key_already_exists';
			const isCertain = !isOutcomeUncertain(error.code);
			if (isDuplicate || isCertain) progressStore.save({ sessionId: '', step: 'created' });
			if (isDuplicate) {
				return { outcome: 'duplicate', error, advice: { code: 'findEarlierOperation', kind } };
			}
			if (isCertain) return refusedResult(error);
		}
		const isNotSent = response.kind === 'busy' || (response.kind === 'unknown' && !response.isSent);
		if (!isNotSent) return sessionIdLost(failureOf(response));
		if (attempt >= bank.maxTries) {
			progressStore.save({ sessionId: '', step: 'created' });
			return { outcome: 'rejected', reason: { code: 'notStarted', kind, cause: response.reason } };
		}
		await bank.pause(attempt, response);
	}
}

const sessionIdLost = (cause?: RequestFailure): SessionResult => ({
	outcome: 'unknown',
	reason: { code: 'sessionIdLost', cause },
});
