import { createHash, type KeyObject } from 'crypto';

import { verify } from '../auth/signature';
import { field, isObject, parseObject, textAt, type Json, type JsonObject } from '../lib/json';
import { FIELD_NAMES_BY_VERSION } from '../protocol/fieldNames';
import { describeSession } from '../session/describe';
import { aboutPayment, readSession, type SessionView } from '../session/session';

/**
 * Webhook types (bank's page "Webhooks"). `confirmation_payout` and `nominal_topup` are known by name only, a type that
 * is not in this list is passed on as it came: the SDK's authors learned the hard way that types are added.
 */
export const webhookTypes = [
	'action_required',
	'confirmation_payout',
	'nominal_topup',
	'payment_finished',
	'payment_refunded',
	'ready_to_capture',
	'ready_to_confirm',
	'transaction_registration',
] as const;

export interface WebhookEvent {
	type: string;
	/** SHA-256 of the body in hex: the same for every repeat of the same webhook. */
	eventId: string;
	/** Absent when the event carries no session. */
	session?: SessionView;
	body: JsonObject;
}

/** Why a webhook is not believed, for the log; the sender only learns that it was refused. */
export type Refusal = 'no signature' | 'signature does not match' | 'not JSON';

/**
 * Verifies `X-PARTNER-SIGN` over the exact bytes, then reads them: nothing is parsed before it is known to be the bank's.
 * The bank signs no time, so a replay is genuine: `eventId` and a look at the session are what stops it.
 */
export async function readWebhook(
	rawBody: Buffer,
	signature: string | undefined,
	keys: KeyObject[],
): Promise<{ ok: true; event: WebhookEvent } | { ok: false; reason: Refusal }> {
	if (signature === undefined || signature === '') return { ok: false, reason: 'no signature' };
	if (!(await verify(rawBody, signature, keys)))
		return { ok: false, reason: 'signature does not match' };
	const body = parseObject(rawBody.toString('utf8'));
	if (!body) return { ok: false, reason: 'not JSON' };
	const type = textAt(body, 'type') ?? '';
	return {
		ok: true,
		event: {
			type,
			eventId: createHash('sha256').update(rawBody).digest('hex'),
			session: resolveContradictions(type, readSession(body)),
			body,
		},
	};
}

/**
 * The flat form of an event: the same fields as the action node's output, the event's own first. `eventId` is always ours,
 * whatever the body calls so: duplicates are recognised by it.
 * @param advice what to do after the session, as a sentence
 */
export function describeEvent(event: WebhookEvent, simplify: boolean, advice?: string): JsonObject {
	const own: JsonObject = { event: event.type, eventId: event.eventId };
	const json = event.session
		? // Not spread: that takes longer than describing it.
			Object.assign(own, describeSession(event.session, advice))
		: { ...own, ...event.body, ...own };
	return simplify ? json : { ...json, body: event.body };
}

/**
 * The session without what its event contradicts. Where operations or refunds should be listed but cannot be read, a
 * failed or returned payout may hide behind a session that says `accepted`: that is `unknown`, not `succeeded`.
 */
export function resolveContradictions(
	type: string,
	view: SessionView | undefined,
): SessionView | undefined {
	// Where a payout waits for the payer's money it is the payment that tells what the payer must do.
	const ofPayment = type === 'action_required' && view && aboutPayment(view);
	if (ofPayment && ofPayment.outcome === 'actionRequired') return ofPayment;
	if (!view || view.outcome !== 'succeeded') return view;
	const lists = OPERATION_LISTS.map((key) => field(view.raw, key));
	const refunds = lists.flatMap((list) =>
		Array.isArray(list) ? list.map((one) => field(one, 'refunds')) : [],
	);
	if (![...lists, ...refunds].every(isReadableList)) return { ...view, outcome: 'unknown' };
	const { operation, operations } = view;
	if (type !== 'payment_refunded' || !operation || operation.refunds.length > 0) return view;
	if (operation.kind === 'payment') {
		// Without a refund in it the session does not say how much went back to the payer.
		return operations.some((one) => one.refunds.length > 0)
			? view
			: { ...view, outcome: 'unknown' };
	}
	// In a split payment the payer got money back. A transfer between own accounts goes back with its card payout.
	const ofPayer = operations.some(
		({ kind, method, refunds: back }) =>
			kind === 'payment' && method !== 'internal_transfer' && back.length > 0,
	);
	return ofPayer ? aboutPayment(view) : { ...view, outcome: 'returned' };
}

const OPERATION_LISTS = [FIELD_NAMES_BY_VERSION.payouts, FIELD_NAMES_BY_VERSION.payments].flatMap(
	({ v1, v2 }) => [v1, v2],
);

const isReadableList = (list: Json | undefined): boolean =>
	list === undefined || list === null || (Array.isArray(list) && list.every(isObject));
