import type { OperationView, RefundView } from '../session/operation';
import { paymentsIn, type SessionView } from '../session/session';
import type { Money } from '../values/money';
import { isSameReference } from '../values/references';
import type { ResultReason } from './reasons';

/** Identifies the refund of one order. */
export interface RefundQuery {
	reference: string;
	amount?: Money;
	/** IDs of the refunds that the session held before this one. */
	before: string[];
	/** The ID of this refund, if an earlier attempt has found it. */
	refundId?: string;
}

/** The key of a claimed refund: the IDs of refunds may be unique within their session only. */
export const claimKey = (sessionId: string, refundId: string): string => `${sessionId} ${refundId}`;

/** The refunds of all payments in the session. Returns of payouts are not refunds. */
export const refundsOf = (view: SessionView): RefundView[] =>
	paymentsIn(view).flatMap(({ refunds }) => refunds);

/**
 * The payment that can be refunded, or the reason why there is none. A refund request names only the session, so with
 * several paid payments it is unclear which one it refunds.
 */
export function findRefundablePayment(
	view: SessionView,
): { payment: OperationView } | { reason: ResultReason } {
	const payments = paymentsIn(view);
	const paid = payments.filter(({ status }) => status === 'succeeded');
	if (paid.length === 1) return { payment: paid[0] };
	if (paid.length > 1) return { reason: { code: 'severalPaidPayments', count: paid.length } };
	return {
		reason:
			payments.length === 0
				? { code: 'noPayment' }
				: { code: 'paymentNotSucceeded', status: payments[0].status },
	};
}

/** The minor units that can still be refunded. Refunds in progress are subtracted as well. */
export const refundableMinorUnits = ({ amount, refunds }: OperationView): number =>
	refunds
		.filter(({ status }) => status === 'accepted' || status === 'in_progress')
		.reduce(
			(remaining, refund) => remaining - (refund.amount?.minorUnits ?? 0),
			amount?.minorUnits ?? 0,
		);

/**
 * The refund of this order in the session: by its reference, by its ID, or as a new refund with the same amount,
 * because the documented Refund object has no metadata. A refund that another order has claimed is never matched by
 * amount.
 * @param claimed keys of the claimed refunds (`claimKey`)
 */
export function findOwnRefund(
	view: SessionView,
	query: RefundQuery,
	claimed: ReadonlySet<string>,
): RefundView | undefined {
	const refunds = refundsOf(view);
	const isNewMatch = ({ refundId, reference, amount }: RefundView): boolean =>
		reference === undefined &&
		!query.before.includes(refundId) &&
		!claimed.has(claimKey(view.sessionId, refundId)) &&
		(!query.amount || amount?.minorUnits === query.amount.minorUnits);
	return (
		findByReference(refunds, query.reference) ??
		refunds.find(({ refundId }) => query.refundId !== undefined && refundId === query.refundId) ??
		refunds.find(isNewMatch)
	);
}

/** The refund that shows this reference. */
export const findByReference = (refunds: RefundView[], wanted: string): RefundView | undefined =>
	refunds.find(({ reference }) => reference !== undefined && isSameReference(reference, wanted));
