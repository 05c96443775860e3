import type { OperationView, RefundView } from '../../session/operation';
import { paymentsIn, type SessionView } from '../../session/session';
import type { Money } from '../../values/money';
import { relationOf } from '../../values/shownReference';
import type { ResultReason } from '../reasons';
import type { RefundClaims } from './refundClaims';

/** Identifies the refund of one order. */
export interface RefundQuery {
	reference: string;
	/** Absent: everything that could be refunded. */
	amount?: Money;
	/** IDs of the refunds that the session held before this one. */
	before: string[];
	/** The ID of this refund, if an earlier attempt has found it. */
	refundId?: string;
}

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

/** The currency of the payment, in which a part is refunded, or the reason why the order cannot be refunded. */
export function refundCurrency(
	view: SessionView,
	{ amount: ordered, onlyCurrency }: { amount?: Money; onlyCurrency?: string },
): string | ResultReason {
	const refundable = findRefundablePayment(view);
	if ('reason' in refundable) return refundable.reason;
	const { payment } = refundable;
	const minorUnits = refundableMinorUnits(payment);
	if (minorUnits <= 0) return { code: 'nothingToRefund' };
	const currency = payment.amount?.currency ?? 'rub';
	if (onlyCurrency !== undefined && currency !== onlyCurrency) {
		return { code: 'otherCurrency', currency };
	}
	return ordered && ordered.minorUnits > minorUnits
		? { code: 'moreThanRefundable', refundable: { minorUnits, currency } }
		: currency;
}

/** The minor units that can still be refunded. Refunds in progress are subtracted as well. */
const refundableMinorUnits = ({
	amount,
	refunds,
}: Pick<OperationView, 'amount' | 'refunds'>): number =>
	refunds
		.filter(isMadeOrInProgress)
		.reduce(
			(remaining, refund) => remaining - (refund.amount?.minorUnits ?? 0),
			amount?.minorUnits ?? 0,
		);

const isMadeOrInProgress = ({ status }: RefundView): boolean =>
	status === 'accepted' || status === 'in_progress';

/**
 * The refund of this order in the session: by its reference, by its ID, or as a new refund of the same amount, because
 * the documented Refund object has no metadata and the bank may show them altered. A new refund that clearly has
 * another reference is not ours. If several could be ours and their statuses differ, none is taken.
 */
export function findOwnRefund(
	view: SessionView,
	query: RefundQuery,
	claims: RefundClaims,
): RefundView | undefined {
	const refunds = refundsOf(view);
	const { before, reference: own, refundId: ownId } = query;
	const found =
		findByReference(refunds, own) ??
		refunds.find(({ refundId }) => ownId !== undefined && refundId === ownId);
	if (found) return found;

	const expected = query.amount?.minorUnits ?? refundableBefore(view, before);
	const isLikely = (refund: RefundView): boolean =>
		(expected === undefined || refund.amount?.minorUnits === expected) &&
		refund.isChargeback !== true &&
		!before.includes(refund.refundId) &&
		!claims.has(view.sessionId, refund.refundId) &&
		(refund.reference === undefined || relationOf(refund.reference, own) !== 'other');
	const likely = refunds.filter(isLikely);
	const recognised = likely.filter(({ reference }) => reference !== undefined);
	const candidates = recognised.length > 0 ? recognised : likely;
	const [first] = candidates;
	return candidates.every(({ status }) => status === first.status) ? first : undefined;
}

/** What could be refunded of the paid payment when it had these refunds. */
function refundableBefore(view: SessionView, before: string[]): number | undefined {
	const refundable = findRefundablePayment(view);
	if ('reason' in refundable) return undefined;
	const { amount, refunds } = refundable.payment;
	const earlier = refunds.filter(({ refundId }) => before.includes(refundId));
	return refundableMinorUnits({ amount, refunds: earlier });
}

/** The refund that shows this reference. */
export const findByReference = (refunds: RefundView[], own: string): RefundView | undefined =>
	refunds.find(({ reference }) => reference !== undefined && relationOf(reference, own) === 'same');

/**
 * A refund that the order may have made in an earlier execution, because it shows an alteration of the order's
 * reference. A cut reference may also be another one, so there the amount must be possible too. A refund that another
 * order of this run has claimed is left out.
 */
export function findSimilarRefund(
	view: SessionView,
	{ reference: own, amount: ordered }: Pick<RefundQuery, 'reference' | 'amount'>,
	claims: RefundClaims,
): RefundView | undefined {
	// Everything that was left has been refunded, so nothing is left.
	const isNothingLeft = (refundableBefore(view, refundsOf(view).map(idOf)) ?? 1) <= 0;
	const isAmountPossible = (refund: RefundView): boolean =>
		ordered
			? (refund.amount ?? ordered).minorUnits === ordered.minorUnits
			: isNothingLeft || !isMadeOrInProgress(refund);
	return refundsOf(view).find((refund) => {
		const { reference, refundId, isChargeback } = refund;
		if (reference === undefined || isChargeback === true) return false;
		if (claims.has(view.sessionId, refundId)) return false;
		const relation = relationOf(reference, own);
		return relation === 'altered' || (relation === 'cut' && isAmountPossible(refund));
	});
}

/** The bank's ID of a refund. */
export const idOf = ({ refundId }: RefundView): string => refundId;
