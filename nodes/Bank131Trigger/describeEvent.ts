import type { JsonObject } from '../../bank131/lib/json';
import { describeSession } from '../../bank131/session/describe';
import type { WebhookEvent } from '../../bank131/webhooks/webhook';

/**
 * The output item of an event: `event` and `eventId`, then the same fields as the action node's output. An event
 * without a session passes its body on; fields of the same names in the body never replace `event` and `eventId`,
 * because duplicates are recognised by `eventId`. Without `simplify` the item also has the whole `body`.
 * @param advice what to do next, as a sentence
 */
export function describeEvent(event: WebhookEvent, simplify: boolean, advice?: string): JsonObject {
	const eventFields: JsonObject = { event: event.type, eventId: event.eventId };
	const json = event.session
		? // Spread syntax would take longer than describing the session.
			Object.assign(eventFields, describeSession(event.session, advice))
		: { ...eventFields, ...event.body, ...eventFields };
	return simplify ? json : { ...json, body: event.body };
}
