import { reasonOf, type BankClient } from '../client/bankClient';
import { tryReadSession } from '../client/sessionReader';
import { compact, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { isOutcomeUncertain } from '../protocol/errorCodes';
import { keyOf } from '../requests/idempotencyKey';
import { amountDetails } from '../requests/order';
import type { RefundView } from '../session/operation';
import { readSession, type SessionView } from '../session/session';
import { formatMoney, type Money } from '../values/money';
import {
	findOwnRefund,
	refundableMinorUnits,
	findRefundablePayment,
	refundsOf,
	findByReference,
	type Known,
} from './findRefund';
import type { ProgressStore } from './progress';
import { otherCurrency, readSessionBeforeActing, type SessionResult } from './sessionResult';

export interface RefundOrder {
	sessionId: string;
	/** The user's own id of this refund. */
	reference: string;
	/** Absent: everything that is left. */
	amount?: Money;
	/** Refunds in another currency are refused. */
	onlyCurrency?: string;
	metadata?: JsonObject;
	revenueSplit?: JsonObject[];
}

export interface RefundResult extends SessionResult {
	refund?: RefundView;
}

const SENT_EARLIER = 'An earlier try sent the refund and its answer was lost.';

/** Looks at the session after a lost answer, before the outcome is called unknown. */
const MAX_READS = 4;

/**
 * Gives money back to a payer (bank's page "Refunds"), never more than is left. The request goes out once: when its answer
 * is lost, the session's list of refunds tells whether it arrived.
 * @param claimed refunds that rows of this run have made (`claimOf`): of two that look alike each row gets its own
 */
export async function createRefund(
	order: RefundOrder,
	bank: BankClient,
	progressStore: ProgressStore,
	claimed: Set<string>,
): Promise<RefundResult> {
	const { sessionId } = order;
	const earlier = progressStore.load();
	const isSent = earlier?.step === 'starting';
	const seen = await readSessionBeforeActing(sessionId, bank, { notDone: 'Not refunded', isSent });
	if ('end' in seen)
		return isSent ? unknownRefund(sessionId, `${SENT_EARLIER} ${seen.end.reason}`) : seen.end;
	const { view } = seen;
	const made = findByReference(refundsOf(view), order);
	if (made) return alreadyRefunded(view, made, order);

	if (isSent) {
		const { before = [], refundId } = earlier;
		const refund = findOwnRefund(view, order, { before, refundId, claimed, progressStore });
		return refund ? refundResult(view, refund) : unknownRefund(sessionId, SENT_EARLIER, view);
	}
	const payment = findRefundablePayment(view);
	if (typeof payment === 'string') return rejectedResult(view, payment);
	const left = refundableMinorUnits(payment);
	if (left <= 0) return rejectedResult(view, 'Nothing is left of this payment to be refunded.');
	// A part is given back in the currency of the payment, whatever that is.
	const currency = payment.amount?.currency ?? 'rub';
	if (order.onlyCurrency !== undefined && currency !== order.onlyCurrency) {
		return rejectedResult(view, otherCurrency(currency));
	}
	if (order.amount && order.amount.minorUnits > left) {
		return rejectedResult(
			view,
			`Only ${formatMoney({ minorUnits: left, currency })} is left of this payment.`,
		);
	}

	const before = refundsOf(view).map(({ refundId }) => refundId);
	const known = { before, claimed, progressStore };
	progressStore.save({ sessionId, step: 'starting', before });
	const reply = await bank.send(
		endpoints.sessionRefund,
		bodyOf(order, currency),
		keyOf(order.reference, 'refund'),
	);
	if (reply.kind === 'ok') {
		const after = readSession(reply.body);
		const refund = after?.sessionId === sessionId ? findOwnRefund(after, order, known) : undefined;
		if (after && refund) return refundResult(after, refund);
	}
	if (reply.kind === 'refused' && !isOutcomeUncertain(reply.error.code)) {
		progressStore.save({ sessionId, step: 'created' });
		return {
			outcome: 'rejected',
			sessionId,
			view,
			error: reply.error,
			reason: reply.error.description,
		};
	}
	if (reply.kind === 'busy' || (reply.kind === 'unknown' && !reply.sent)) {
		progressStore.save({ sessionId, step: 'created' });
		return rejectedResult(view, `The refund was not sent. ${reasonOf(reply)}`);
	}
	return pollForRefund(order, known, reasonOf(reply), bank);
}

async function pollForRefund(
	order: RefundOrder,
	known: Known,
	reason: string,
	bank: BankClient,
): Promise<RefundResult> {
	let view: SessionView | undefined;
	for (let attempt = 1; attempt <= MAX_READS; attempt++) {
		await bank.pause(attempt);
		const seen = await tryReadSession(bank, order.sessionId);
		if ('reason' in seen) return unknownRefund(order.sessionId, seen.reason);
		view = seen.view;
		const refund = findOwnRefund(view, order, known);
		if (refund) return refundResult(view, refund);
	}
	return unknownRefund(order.sessionId, reason, view);
}

/** Made before, maybe by another execution: that the bank refuses the key of a refund is not public. */
function alreadyRefunded(
	view: SessionView,
	made: RefundView,
	{ amount }: RefundOrder,
): RefundResult {
	return amount && made.amount && amount.minorUnits !== made.amount.minorUnits
		? rejectedResult(view, `This Reference refunded ${formatMoney(made.amount)} before.`)
		: refundResult(view, made);
}

const bodyOf = (order: RefundOrder, currency: string): JsonObject =>
	compact({
		session_id: order.sessionId,
		amount_details: order.amount && amountDetails({ ...order.amount, currency }),
		metadata: { ...order.metadata, reference: order.reference },
		revenue_split_info: order.revenueSplit,
	});

/** The outcome is the refund's: the payment itself stays `succeeded` while its refund is processed or declined. */
const refundResult = (view: SessionView, refund: RefundView): RefundResult => ({
	...endOf(refund),
	sessionId: view.sessionId,
	view,
	refund,
});

/** Refund statuses: bank's page "Objects". */
function endOf({ status }: RefundView): Pick<RefundResult, 'outcome' | 'advice'> {
	switch (status) {
		case 'accepted':
			return { outcome: 'refunded' };
		case 'declined':
		case 'error':
			return {
				outcome: 'failed',
				advice:
					"The bank did not make this refund. Ask the bank's support why; to try again, use a new Reference.",
			};
		default:
			return {
				outcome: 'processing',
				advice:
					'The bank is working on the refund. The Bank 131 Trigger (Refunded or Returned) or Session: Get tells when it is done.',
			};
	}
}

const rejectedResult = (view: SessionView, reason: string): RefundResult => ({
	outcome: 'rejected',
	sessionId: view.sessionId,
	view,
	reason,
	advice: reason,
});

const unknownRefund = (sessionId: string, reason: string, view?: SessionView): RefundResult => ({
	outcome: 'unknown',
	sessionId,
	view,
	reason: `Nobody knows yet whether the refund was made. ${reason}`,
	advice: `Read the session with Session: Get (${sessionId}) and look at its refunds before refunding again.`,
});
