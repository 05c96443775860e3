import { BankError, invalidRequest, wrongSessionState } from '../protocol/bankError.mts';
import type { Bank } from './bank.mts';
import { startOutcome } from './startPayouts.mts';
import { bankTime } from '../protocol/bankTime.mts';
import type { IdempotencyKey } from '../store/idempotencyKeys.mts';
import type { Money, Payment, Refund, Session } from '../store/model.mts';

const paidAmount = (payment: Payment) => (payment.captured ?? payment.amount).amount;

const refundedAmount = (payment: Payment) =>
	payment.refunds.reduce((sum, item) => sum + item.amount.amount, 0);

/**
 * Refunds a payment in full or in part; payouts cannot be refunded (api/13.10). Throws
 * `session_wrong_state`, `refund_amount_too_large`, `invalid_request` or the refusal that `metadata` names.
 */
export function refundPayment(
	bank: Bank,
	session: Session,
	partialAmount: Money | undefined,
	metadata: unknown,
	key: IdempotencyKey,
): void {
	const payment = session.payments.find((item) => item.status === 'succeeded');
	if (payment === undefined || session.status === 'created')
		throw wrongSessionState(session.id, 'refund');
	const remaining = paidAmount(payment) - refundedAmount(payment);
	const { currency } = payment.amount;
	const amount = partialAmount?.amount ?? remaining;
	if (amount > remaining || remaining === 0) {
		throw new BankError('refund_amount_too_large', `${remaining} is left to refund`);
	}
	if (
		partialAmount !== undefined &&
		partialAmount.currency.toLowerCase() !== currency.toLowerCase()
	) {
		throw invalidRequest('amount_details.currency: must be the payment’s');
	}
	startOutcome(bank, { metadata }, undefined, key);
	const refund: Refund = {
		id: bank.sessions.nextId('rf'),
		status: 'in_progress',
		createdAt: bankTime(),
		amount: { amount, currency },
		metadata,
	};
	payment.refunds.push(refund);
	bank.sessions.recordChange(session);
	bank.timers.schedule(bank.settings.processingMs, () =>
		completeRefund(bank, session, payment, refund),
	);
}

function completeRefund(bank: Bank, session: Session, payment: Payment, refund: Refund): void {
	refund.status = 'accepted';
	refund.finishedAt = bankTime();
	bank.accounts.adjustBalance('settlement', -refund.amount.amount);
	bank.ledger.add({
		at: refund.finishedAt,
		kind: 'refund',
		sessionId: session.id,
		payoutId: payment.id,
		amount: refund.amount.amount,
		currency: refund.amount.currency.toLowerCase(),
		account: 'settlement',
		method: payment.source.method,
		destination: payment.source.masked,
		fingerprint: payment.source.fingerprint,
		recipientName: undefined,
		idempotencyKey: payment.idempotencyKey,
		metadata: refund.metadata,
	});
	bank.sessions.recordChange(session);
	bank.webhooks.notify('payment_refunded', session);
}
