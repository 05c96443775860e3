import { reasonOf, type BankClient } from '../client/bankClient';
import { look } from '../client/sessionReader';
import { compact, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import { explain } from '../protocol/errorCodes';
import { keyOf } from '../requests/idempotencyKey';
import { amountDetails } from '../requests/order';
import type { RefundView } from '../session/operation';
import { readSession, type SessionView } from '../session/session';
import { textOf, type Money } from '../values/money';
import { findOwn, leftOf, paidIn, refundsIn, withReference, type Known } from './findRefund';
import type { Memory } from './progress';
import { otherCurrency, readFirst, type SessionEnd } from './sessionResult';

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

export interface RefundEnd extends SessionEnd {
	refund?: RefundView;
}

const SENT_EARLIER = 'An earlier try sent the refund and its answer was lost.';

/** Looks at the session after a lost answer, before the outcome is called unknown. */
const LOOKS = 4;

/**
 * Gives money back to a payer (bank's page "Refunds"), never more than is left. The request goes out once: when its answer
 * is lost, the session's list of refunds tells whether it arrived.
 * @param claimed refunds that rows of this run have made (`claimOf`): of two that look alike each row gets its own
 */
export async function createRefund(
	order: RefundOrder,
	bank: BankClient,
	memory: Memory,
	claimed: Set<string>,
): Promise<RefundEnd> {
	const { sessionId } = order;
	const earlier = memory.load();
	const isSent = earlier?.step === 'starting';
	const seen = await readFirst(sessionId, bank, { notDone: 'Not refunded', isSent });
	if ('end' in seen)
		return isSent ? unknown(sessionId, `${SENT_EARLIER} ${seen.end.reason}`) : seen.end;
	const { view } = seen;
	const made = withReference(refundsIn(view), order);
	if (made) return again(view, made, order);

	if (isSent) {
		const { before = [], refundId } = earlier;
		const refund = findOwn(view, order, { before, refundId, claimed, memory });
		return refund ? done(view, refund) : unknown(sessionId, SENT_EARLIER, view);
	}
	const payment = paidIn(view);
	if (typeof payment === 'string') return rejected(view, payment);
	const left = leftOf(payment);
	if (left <= 0) return rejected(view, 'Nothing is left of this payment to be refunded.');
	// A part is given back in the currency of the payment, whatever that is.
	const currency = payment.amount?.currency ?? 'rub';
	if (order.onlyCurrency !== undefined && currency !== order.onlyCurrency) {
		return rejected(view, otherCurrency(currency));
	}
	if (order.amount && order.amount.minorUnits > left) {
		return rejected(
			view,
			`Only ${textOf({ minorUnits: left, currency })} is left of this payment.`,
		);
	}

	const before = refundsIn(view).map(({ refundId }) => refundId);
	const known = { before, claimed, memory };
	memory.save({ sessionId, step: 'starting', before });
	const reply = await bank.send(
		endpoints.sessionRefund,
		bodyOf(order, currency),
		keyOf(order.reference, 'refund'),
	);
	if (reply.kind === 'ok') {
		const after = readSession(reply.body);
		const refund = after?.sessionId === sessionId ? findOwn(after, order, known) : undefined;
		if (after && refund) return done(after, refund);
	}
	if (reply.kind === 'refused' && !explain(reply.error.code)?.look) {
		memory.save({ sessionId, step: 'created' });
		return {
			outcome: 'rejected',
			sessionId,
			view,
			error: reply.error,
			reason: reply.error.description,
		};
	}
	if (reply.kind === 'busy' || (reply.kind === 'unknown' && !reply.sent)) {
		memory.save({ sessionId, step: 'created' });
		return rejected(view, `The refund was not sent. ${reasonOf(reply)}`);
	}
	return lookFor(order, known, reasonOf(reply), bank);
}

async function lookFor(
	order: RefundOrder,
	known: Known,
	reason: string,
	bank: BankClient,
): Promise<RefundEnd> {
	let view: SessionView | undefined;
	for (let attempt = 1; attempt <= LOOKS; attempt++) {
		await bank.pause(attempt);
		const seen = await look(bank, order.sessionId);
		if ('reason' in seen) return unknown(order.sessionId, seen.reason);
		view = seen.view;
		const refund = findOwn(view, order, known);
		if (refund) return done(view, refund);
	}
	return unknown(order.sessionId, reason, view);
}

/** Made before, maybe by another execution: that the bank refuses the key of a refund is not public. */
function again(view: SessionView, made: RefundView, { amount }: RefundOrder): RefundEnd {
	return amount && made.amount && amount.minorUnits !== made.amount.minorUnits
		? rejected(view, `This Reference refunded ${textOf(made.amount)} before.`)
		: done(view, made);
}

const bodyOf = (order: RefundOrder, currency: string): JsonObject =>
	compact({
		session_id: order.sessionId,
		amount_details: order.amount && amountDetails({ ...order.amount, currency }),
		metadata: { ...order.metadata, reference: order.reference },
		revenue_split_info: order.revenueSplit,
	});

/** The outcome is the refund's: the payment itself stays `succeeded` while its refund is processed or declined. */
const done = (view: SessionView, refund: RefundView): RefundEnd => ({
	...endOf(refund),
	sessionId: view.sessionId,
	view,
	refund,
});

/** Refund statuses: bank's page "Objects". */
function endOf({ status }: RefundView): Pick<RefundEnd, 'outcome' | 'advice'> {
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

const rejected = (view: SessionView, reason: string): RefundEnd => ({
	outcome: 'rejected',
	sessionId: view.sessionId,
	view,
	reason,
	advice: reason,
});

const unknown = (sessionId: string, reason: string, view?: SessionView): RefundEnd => ({
	outcome: 'unknown',
	sessionId,
	view,
	reason: `Nobody knows yet whether the refund was made. ${reason}`,
	advice: `Read the session with Session: Get (${sessionId}) and look at its refunds before refunding again.`,
});
