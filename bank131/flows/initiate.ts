import { reasonOf, type BankClient } from '../client/bankClient';
import { look } from '../client/sessionReader';
import { explain, startedBefore } from '../protocol/errorCodes';
import { keyOf } from '../requests/idempotencyKey';
import type { SessionRequest } from '../requests/order';
import { readSession, referenceOf } from '../session/session';
import { follow, type PayoutPlan } from './confirmAndWait';
import type { Memory } from './progress';
import { notStarted, unknown, type SessionEnd } from './sessionResult';

/**
 * Creates and starts in one request (`session/init/payout`). For projects with auto-confirmation. When the answer is
 * lost there is no session to look at, so it is never sent a second time: the outcome stays `unknown`.
 */
export async function initiateRequest(
	order: SessionRequest,
	plan: PayoutPlan,
	bank: BankClient,
	memory: Memory,
): Promise<SessionEnd> {
	const lost =
		'The request went out and its answer was lost; without a session ID the bank cannot be asked. Look for the Reference in the webhooks or the daily report.';
	const earlier = memory.load();
	if (earlier && earlier.sessionId !== '') {
		const seen = await look(bank, earlier.sessionId);
		return 'reason' in seen
			? unknown(order, earlier.sessionId, seen.reason)
			: follow(seen.view, order.amount, plan, bank, memory);
	}
	if (earlier?.step === 'starting') return { outcome: 'unknown', reason: lost, advice: lost };

	const endpoint = order.endpoints.init;
	const body = order.body(bank.versionOf(endpoint));
	memory.save({ sessionId: '', step: 'starting' });
	for (let attempt = 1; ; attempt++) {
		const reply = await bank.send(endpoint, body, keyOf(order.reference, order.what));
		if (reply.kind === 'ok') {
			const view = readSession(reply.body);
			// Somebody else's session: ours is as good as lost.
			const isOurs = view && (referenceOf(view) ?? order.reference) === order.reference;
			if (!isOurs) return { outcome: 'unknown', reason: lost, advice: lost };
			memory.save({ sessionId: view.sessionId, step: 'starting' });
			return follow(view, order.amount, plan, bank, memory);
		}
		if (reply.kind === 'refused') {
			const { error } = reply;
			const isDuplicate = error.code === 'idempotency_key_already_exists';
			if (isDuplicate || !explain(error.code)?.look)
				memory.save({ sessionId: '', step: 'created' });
			if (isDuplicate) return { outcome: 'duplicate', error, advice: startedBefore(order.what) };
			if (!explain(error.code)?.look) {
				return { outcome: 'rejected', error, reason: error.description };
			}
		}
		const neverSent = reply.kind === 'busy' || (reply.kind === 'unknown' && !reply.sent);
		if (!neverSent)
			return { outcome: 'unknown', reason: `${reasonOf(reply)}. ${lost}`, advice: lost };
		if (attempt >= bank.maxTries) {
			memory.save({ sessionId: '', step: 'created' });
			return { outcome: 'rejected', reason: notStarted(order, reasonOf(reply)) };
		}
		await bank.pause(attempt, reply);
	}
}
