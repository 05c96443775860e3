import type { RefundView } from '../../session/operation';
import type { SessionView } from '../../session/session';
import type { Money } from '../../values/money';
import type { ResultReason } from '../reasons';
import { rejectedResult, type SessionResult } from '../sessionResult';

/** `outcome` is the refund's: the payment itself stays `succeeded` while its refund is processed or declined. */
export interface RefundResult extends SessionResult {
	refund?: RefundView;
}

/** The result that the refund shows. */
export const refundResult = (view: SessionView, refund: RefundView): RefundResult => ({
	...outcomeOf(refund),
	sessionId: view.sessionId,
	view,
	refund,
});

/** Refund statuses: bank's page "Objects". */
function outcomeOf({ status }: RefundView): Pick<RefundResult, 'outcome' | 'advice'> {
	switch (status) {
		case 'accepted':
			return { outcome: 'refunded' };
		case 'declined':
		case 'error':
			return { outcome: 'failed', advice: { code: 'askWhyRefundFailed' } };
		default:
			return { outcome: 'processing', advice: { code: 'waitForRefund' } };
	}
}

/** It is not known whether the bank made the refund. `isResponseLost`: an earlier attempt sent it. */
export const unknownRefund = (
	sessionId: string,
	isResponseLost: boolean,
	cause?: ResultReason,
	view?: SessionView,
): RefundResult => ({
	outcome: 'unknown',
	sessionId,
	view,
	reason: { code: 'refundUnknown', sessionId, isResponseLost, cause },
});

/** The session cannot be read, so nothing more is sent. */
export const unreadableRefund = (
	result: SessionResult & { reason: ResultReason },
	isSent: boolean,
): RefundResult => (isSent ? unknownRefund(result.sessionId ?? '', true, result.reason) : result);

/**
 * The refund exists already, possibly from another execution. Assumption: the bank may not reject a repeated
 * idempotency key of a refund; it is not documented.
 */
export function alreadyRefunded(
	view: SessionView,
	existing: RefundView,
	amount: Money | undefined,
): RefundResult {
	return amount && existing.amount && amount.minorUnits !== existing.amount.minorUnits
		? rejectedResult(view, { code: 'refundedBefore', amount: existing.amount })
		: refundResult(view, existing);
}
