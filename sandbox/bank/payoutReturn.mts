import { BankError } from '../protocol/bankError.mts';
import type { Bank } from './bank.mts';
import { bankTime } from '../protocol/bankTime.mts';
import type { Payout, Session } from '../store/model.mts';
import { recipientName } from './recipientName.mts';

/**
 * Schedules the return of a payout by the receiver bank. Does nothing for payouts that cannot be
 * returned.
 */
export function scheduleReturn(bank: Bank, session: Session, payout: Payout): void {
	if (payout.destination?.isReturnable !== true) return;
	bank.timers.schedule(bank.settings.returnAfterMs, () => {
		if (payout.refunds.length === 0) returnPayout(bank, session, payout);
	});
}

/**
 * Returns a payout. Only payouts to accounts can be returned; the payout stays `succeeded` (api/06
 * "Payout return", the status is inferred). Throws `session_wrong_state` or `invalid_request`.
 */
export function returnPayout(bank: Bank, session: Session, payout: Payout): void {
	if (payout.status !== 'succeeded' || payout.purpose !== 'payout') {
		throw new BankError('session_wrong_state', 'Only a succeeded payout can be returned');
	}
	if (payout.destination?.isReturnable !== true) {
		throw new BankError('invalid_request', 'Only payouts to bank accounts can be returned');
	}
	if (payout.refunds.length > 0) {
		throw new BankError('session_wrong_state', 'This payout was returned before');
	}
	const now = bankTime();
	payout.refunds.push({
		id: bank.sessions.nextId('rf'),
		status: 'accepted',
		createdAt: now,
		finishedAt: now,
		amount: payout.amount ?? payout.debit,
	});
	bank.accounts.adjustBalance(session.account, payout.debit.amount);
	bank.ledger.add({
		at: now,
		kind: 'return',
		sessionId: session.id,
		payoutId: payout.id,
		amount: payout.debit.amount,
		currency: payout.debit.currency.toLowerCase(),
		account: session.account,
		method: payout.destination.method,
		destination: payout.destination.masked,
		fingerprint: payout.destination.fingerprint,
		recipientName: recipientName(payout),
		idempotencyKey: payout.idempotencyKey,
		metadata: payout.metadata,
	});
	bank.sessions.recordChange(session);
	bank.webhooks.notify('payment_refunded', session);
}
