import { BankError, invalidRequest, wrongSessionState } from '../protocol/bankError.mts';
import type { Bank } from './bank.mts';
import { bankTime } from '../protocol/bankTime.mts';
import type { Amount, Payment, Refund, Session } from '../store/model.mts';

const paid = (payment: Payment) => (payment.captured ?? payment.amount).amount;

const refunded = (payment: Payment) =>
	payment.refunds.reduce((sum, it) => sum + it.amount.amount, 0);

/** Gives an acquired payment back, whole or in part; payouts cannot be refunded (api/13.10). */
export function refund(
	bank: Bank,
	session: Session,
	part: Amount | undefined,
	metadata: unknown,
): void {
	const payment = session.payments.find((it) => it.status === 'succeeded');
	if (payment === undefined || session.status === 'created') throw wrongSessionState(session.id, 'refund');
	const rest = paid(payment) - refunded(payment);
	const { currency } = payment.amount;
	const amount = part?.amount ?? rest;
	if (amount > rest || rest === 0) {
		throw new BankError('refund_amount_too_large', `${rest} is left to refund`);
	}
	if (part !== undefined && part.currency.toLowerCase() !== currency.toLowerCase()) {
		throw invalidRequest('amount_details.currency: must be the payment’s');
	}
	const made: Refund = {
		id: bank.sessions.nextId('rf'),
		status: 'in_progress',
		createdAt: bankTime(),
		amount: { amount, currency },
		metadata,
		isMetadataHidden: !bank.settings.refundsShowMetadata,
	};
	payment.refunds.push(made);
	bank.sessions.recordChange(session);
	bank.timers.schedule(bank.settings.processingMs, () => finish(bank, session, payment, made));
}

function finish(bank: Bank, session: Session, payment: Payment, made: Refund): void {
	made.status = 'accepted';
	made.finishedAt = bankTime();
	bank.accounts.adjustBalance('settlement', -made.amount.amount);
	bank.ledger.add({
		at: made.finishedAt,
		kind: 'refund',
		sessionId: session.id,
		payoutId: payment.id,
		amount: made.amount.amount,
		currency: made.amount.currency.toLowerCase(),
		account: 'settlement',
		method: payment.source.method,
		destination: payment.source.masked,
		fingerprint: payment.source.fingerprint,
		recipientName: undefined,
		idempotencyKey: payment.idempotencyKey,
		metadata: made.metadata,
	});
	bank.sessions.recordChange(session);
	bank.webhooks.notify('payment_refunded', session);
}
