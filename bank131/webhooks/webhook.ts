import { createHash, type KeyObject } from 'crypto';

import { verify } from '../auth/signature';
import { parseObject, textAt, type JsonObject } from '../lib/json';
import { invalid, ok, type Result } from '../lib/result';
import { withPaymentAsMain, readSession, type SessionView } from '../session/session';
import type { WebhookProblem } from './problems';

/**
 * Webhook types (bank's page "Webhooks"). For `confirmation_payout` and `nominal_topup` only the name is documented. A
 * type that is not in this list is passed on unchanged, because the bank adds types (PHP SDK).
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

/** A verified webhook. */
export interface WebhookEvent {
	/** One of `webhookTypes` or an unknown type; empty if the body has none. */
	type: string;
	/** SHA-256 of the body in hex: equal for every repetition of the same webhook. */
	eventId: string;
	/** Absent if the body has no readable session. */
	session?: SessionView;
	/** The bank, asked after the event, shows an earlier state of the session. Absent if it was not asked. */
	bankStateLags?: boolean;
	/** The parsed body as the bank sent it. */
	body: JsonObject;
}

/**
 * Verifies `signature` (the header `X-PARTNER-SIGN`) over the exact bytes, then parses them: nothing is parsed before
 * the signature is valid. The bank signs no timestamp, so a replayed webhook is valid too; the receiver detects it by
 * `eventId` or reads the session at the bank. Never throws.
 */
export async function readWebhook(
	rawBody: Buffer,
	signature: string | undefined,
	keys: KeyObject[],
): Promise<Result<WebhookEvent, WebhookProblem>> {
	if (signature === undefined || signature === '') {
		return invalid<WebhookProblem>({ code: 'webhook.noSignature' });
	}
	if (!(await verify(rawBody, signature, keys))) {
		return invalid<WebhookProblem>({ code: 'webhook.invalidSignature' });
	}
	// The signature covers a byte order mark; JSON does not allow it.
	const body = parseObject(rawBody.toString('utf8').replace(/^\uFEFF/, ''));
	if (!body) return invalid<WebhookProblem>({ code: 'webhook.notJson' });
	const type = textAt(body, 'type') ?? '';
	return ok({
		type,
		eventId: createHash('sha256').update(rawBody).digest('hex'),
		session: withNextActionOf(type, resolveContradictions(type, readSession(body))),
		body,
	});
}

/**
 * The session of an event that says what is to be done, if the session itself has no `next_action`, as in samples of a
 * sister platform and of the SDK. Not for a session that was read later.
 */
function withNextActionOf(
	eventType: string,
	session: SessionView | undefined,
): SessionView | undefined {
	if (session?.outcome !== 'processing' || session.nextAction !== undefined) return session;
	if (eventType === 'ready_to_confirm') return { ...session, outcome: 'awaitingConfirmation' };
	if (eventType === 'ready_to_capture') return { ...session, outcome: 'awaitingCapture' };
	return session;
}

/**
 * `withNextActionOf` for a session that was read after the event: its operation must still be `pending`, because after
 * the confirmation or capture it is `in_progress`, or the session must be the same as in the event.
 */
export const withPendingActionOf = (
	eventType: string,
	session: SessionView | undefined,
	received?: SessionView,
): SessionView | undefined =>
	session?.operation?.status === 'pending' || isUnchanged(session, received)
		? withNextActionOf(eventType, session)
		: session;

const isUnchanged = (read: SessionView | undefined, received: SessionView | undefined): boolean =>
	read?.updatedAt !== undefined &&
	read.updatedAt === received?.updatedAt &&
	read.operation?.status === received.operation?.status;

/**
 * Corrects a session that contradicts its event. After `payment_refunded` a session without refunds becomes `returned`
 * (payout) or `unknown` (payment, because the amount is not known).
 */
export function resolveContradictions(
	eventType: string,
	session: SessionView | undefined,
): SessionView | undefined {
	// In a split payment the payout waits for the payer's money, and the payment says what the payer must do.
	const payment = eventType === 'action_required' && session && withPaymentAsMain(session);
	if (payment && payment.outcome === 'actionRequired') return payment;
	if (!session || session.outcome !== 'succeeded') return session;
	const { operation, operations } = session;
	if (eventType !== 'payment_refunded' || !operation || operation.refunds.length > 0) {
		return session;
	}
	if (operation.kind === 'payment') {
		// Without a refund the session does not say how much went back to the payer.
		return operations.some((other) => other.refunds.length > 0)
			? session
			: { ...session, outcome: 'unknown' };
	}
	// In a split payment the payer was refunded. A transfer between own accounts is refunded together with its card
	// payout.
	const isPayerRefunded = operations.some(
		({ kind, method, refunds: paymentRefunds }) =>
			kind === 'payment' && method !== 'internal_transfer' && paymentRefunds.length > 0,
	);
	return isPayerRefunded ? withPaymentAsMain(session) : { ...session, outcome: 'returned' };
}
