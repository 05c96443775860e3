import { reasonOf, type BankClient } from '../client/bankClient';
import { tryReadSession } from '../client/sessionReader';
import { isOutcomeUncertain, startedBefore } from '../protocol/errorCodes';
import { keyOf } from '../requests/idempotencyKey';
import type { SessionRequest } from '../requests/order';
import { readSession, referenceOf } from '../session/session';
import { confirmAndWait, type CompletionPlan } from './confirmAndWait';
import type { ProgressStore } from './progress';
import { notStarted, unknownResult, type SessionResult } from './sessionResult';

/**
 * Creates and starts in one request (`session/init/payout`). For projects with auto-confirmation. When the answer is
 * lost there is no session to look at, so it is never sent a second time: the outcome stays `unknown`.
 */
export async function initiateRequest(
	order: SessionRequest,
	plan: CompletionPlan,
	bank: BankClient,
	progressStore: ProgressStore,
): Promise<SessionResult> {
	const lost =
		'The request went out and its answer was lost; without a session ID the bank cannot be asked. Look for the Reference in the webhooks or the daily report.';
	const earlier = progressStore.load();
	if (earlier && earlier.sessionId !== '') {
		const seen = await tryReadSession(bank, earlier.sessionId);
		return 'reason' in seen
			? unknownResult(order, earlier.sessionId, seen.reason)
			: confirmAndWait(seen.view, order.amount, plan, bank, progressStore);
	}
	if (earlier?.step === 'starting') return { outcome: 'unknown', reason: lost, advice: lost };

	const endpoint = order.endpoints.init;
	const body = order.body(bank.versionOf(endpoint));
	progressStore.save({ sessionId: '', step: 'starting' });
	for (let attempt = 1; ; attempt++) {
		const reply = await bank.send(endpoint, body, keyOf(order.reference, order.what));
		if (reply.kind === 'ok') {
			const view = readSession(reply.body);
			// Somebody else's session: ours is as good as lost.
			const isOurs = view && (referenceOf(view) ?? order.reference) === order.reference;
			if (!isOurs) return { outcome: 'unknown', reason: lost, advice: lost };
			progressStore.save({ sessionId: view.sessionId, step: 'starting' });
			return confirmAndWait(view, order.amount, plan, bank, progressStore);
		}
		if (reply.kind === 'refused') {
			const { error } = reply;
			const isDuplicate = error.code === 'idempotency_key_already_exists';
			if (isDuplicate || !isOutcomeUncertain(error.code))
				progressStore.save({ sessionId: '', step: 'created' });
			if (isDuplicate) return { outcome: 'duplicate', error, advice: startedBefore(order.what) };
			if (!isOutcomeUncertain(error.code)) {
				return { outcome: 'rejected', error, reason: error.description };
			}
		}
		const neverSent = reply.kind === 'busy' || (reply.kind === 'unknown' && !reply.sent);
		if (!neverSent)
			return { outcome: 'unknown', reason: `${reasonOf(reply)}. ${lost}`, advice: lost };
		if (attempt >= bank.maxTries) {
			progressStore.save({ sessionId: '', step: 'created' });
			return { outcome: 'rejected', reason: notStarted(order, reasonOf(reply)) };
		}
		await bank.pause(attempt, reply);
	}
}
