import type { JsonObject } from '../../bank131/lib/json';
import { describeSession, type DescribedAdvice } from '../../bank131/session/describe';
import { redactDeep } from '../../bank131/values/mask';
import type { WebhookEvent } from '../../bank131/webhooks/webhook';

/**
 * The output item of an event: `event` and `eventId`, then the same fields as the action node's output. Without
 * `simplify` the item also has the whole `body`. The form of events without a session is not documented: their body is
 * output under `body` only, so that none of its fields is taken for one of ours (`outcome`, `reference`, `amount` …),
 * and with cards, accounts, phones and tokens masked. `bankStateLags` marks the state of an event that the bank does
 * not show yet.
 * @param advice what to do next
 */
export function describeEvent(
	event: WebhookEvent,
	simplify: boolean,
	advice?: DescribedAdvice,
): JsonObject {
	const eventFields: JsonObject = { event: event.type, eventId: event.eventId };
	if (!event.session) return { ...eventFields, body: redactDeep(event.body) };
	// Spread syntax would take longer than describing the session.
	const json = Object.assign(eventFields, describeSession(event.session, advice));
	if (event.bankStateLags) json.bankStateLags = true;
	return simplify ? json : { ...json, body: event.body };
}
