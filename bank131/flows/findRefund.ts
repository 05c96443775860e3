import type { OperationView, RefundView } from '../session/operation';
import { paymentsIn, type SessionView } from '../session/session';
import type { Money } from '../values/money';
import type { ProgressStore } from './progress';

/** Which refund is looked for. */
interface Wanted {
	reference: string;
	amount?: Money;
}

export interface Known {
	/** Refunds that were there before this one. */
	before: string[];
	/** This one, if an earlier try has found it. */
	refundId?: string;
	claimed: Set<string>;
	progressStore: ProgressStore;
}

/** How a refund is noted that a row of this run has made: ids of refunds may be unique in their session only. */
export const claimKey = (sessionId: string, refundId: string): string => `${sessionId} ${refundId}`;

export const refundsOf = (view: SessionView): RefundView[] =>
	paymentsIn(view).flatMap(({ refunds }) => refunds);

/** The payment that can be refunded; or why there is none. */
export function findRefundablePayment(view: SessionView): OperationView | string {
	const payments = paymentsIn(view);
	const paid = payments.filter(({ status }) => status === 'succeeded');
	if (paid.length === 1) return paid[0];
	if (paid.length > 1) {
		return `This session holds ${paid.length} paid payments, and a refund can only name the session. Ask the bank's support to refund one of them.`;
	}
	return payments.length === 0
		? 'There is no payment in this session.'
		: `The payment is ${payments[0].status}, only a succeeded one can be refunded.`;
}

/** What can still be refunded: refunds that are being processed count as gone. */
export const refundableMinorUnits = ({ amount, refunds }: OperationView): number =>
	refunds
		.filter(({ status }) => status === 'accepted' || status === 'in_progress')
		.reduce((left, refund) => left - (refund.amount?.minorUnits ?? 0), amount?.minorUnits ?? 0);

/** By our reference, or as the one that was not there before: the documented Refund object has no metadata. */
export function findOwnRefund(
	view: SessionView,
	order: Wanted,
	{ before, refundId: known, claimed, progressStore }: Known,
): RefundView | undefined {
	const { sessionId } = view;
	const refunds = refundsOf(view);
	const own =
		findByReference(refunds, order) ??
		refunds.find(({ refundId }) => known !== undefined && refundId === known) ??
		refunds.find(
			({ refundId, reference, amount }) =>
				reference === undefined &&
				!before.includes(refundId) &&
				!claimed.has(claimKey(sessionId, refundId)) &&
				(!order.amount || amount?.minorUnits === order.amount.minorUnits),
		);
	if (own && own.refundId !== '') {
		claimed.add(claimKey(sessionId, own.refundId));
		progressStore.save({ sessionId, step: 'starting', before, refundId: own.refundId });
	}
	return own;
}

export const findByReference = (refunds: RefundView[], order: Wanted): RefundView | undefined =>
	refunds.find(({ reference }) => reference === order.reference);
