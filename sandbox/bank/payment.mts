// Lifecycle of an acquired payment: check, confirmation, action of the payer, hold, capture
// (api/13.7).
import { randomInt, randomUUID } from 'node:crypto';
import { BankError, wrongSessionState } from '../protocol/bankError.mts';
import type { Bank } from './bank.mts';
import { textAt, type JsonObject } from '../lib/json.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { awaitConfirmation, failUnfinished, completeIfFinished } from './sessionFlow.mts';
import type { Money, Payment, Session } from '../store/model.mts';
import { deductFee } from './changedOrder.mts';
import { customerInteraction } from './customerInteraction.mts';

const isActive = ({ status }: Payment) => status === 'in_progress' || status === 'pending';

/** Source account of an escrow or settlement card payout. Its payment ends together with the payout. */
const isInternalTransfer = (payment: Payment) => payment.details.type === 'internal_transfer';

/** Completes the internal transfers of a session whose payout succeeded. */
export function succeedInternalTransfers(session: Session): void {
	for (const payment of session.payments) {
		if (!isInternalTransfer(payment)) continue;
		payment.status = 'succeeded';
		payment.stage = 'done';
		payment.finishedAt = bankTime();
	}
}

/** Starts the check of a payment; it takes `processingMs`. */
export function startPayment(bank: Bank, session: Session, payment: Payment): void {
	bank.timers.schedule(bank.settings.processingMs, () => {
		if (!isActive(payment) || session.isCancelling === true) return;
		const error = payment.outcome.declinedOnCheck;
		if (error !== undefined) return failPayment(bank, session, payment, error);
		deductFee(bank, payment);
		payment.stage = 'confirmation';
		if (bank.settings.autoConfirm) return continuePayment(bank, session, payment);
		payment.status = 'pending';
		awaitConfirmation(bank, session);
	});
}

/**
 * Continues after confirmation: with the action of the payer if one is needed, otherwise with the
 * debit.
 */
export function continuePayment(bank: Bank, session: Session, payment: Payment): void {
	payment.status = 'in_progress';
	if (isInternalTransfer(payment)) return;
	const interaction = customerInteraction(bank, session, payment);
	bank.timers.schedule(bank.settings.processingMs, () => {
		if (!isActive(payment)) return;
		if (interaction === undefined) return authorizePayment(bank, session, payment);
		requirePayerAction(bank, session, payment, interaction);
	});
}

function requirePayerAction(
	bank: Bank,
	session: Session,
	payment: Payment,
	interaction: JsonObject,
): void {
	payment.stage = 'payerAction';
	payment.status = 'pending';
	payment.interaction = interaction;
	bank.sessions.recordChange(session);
	bank.webhooks.notify('action_required', session);
}

/**
 * The payer approved the payment (3-D Secure page, QR, SberPay app) or declined it. Throws
 * `session_wrong_state`.
 */
export function completePayerAction(
	bank: Bank,
	session: Session,
	payment: Payment,
	isApproved: boolean,
): void {
	if (payment.stage !== 'payerAction') throw wrongSessionState(session.id, 'the payer’s answer');
	delete payment.interaction;
	payment.status = 'in_progress';
	if (isApproved) authorizePayment(bank, session, payment);
	else {
		const description = 'The payer did not pass 3-D Secure';
		failPayment(bank, session, payment, { code: '3DS_error', description });
	}
}

/** Holds the money if the project holds payments; otherwise debits it. */
function authorizePayment(bank: Bank, session: Session, payment: Payment): void {
	const error = payment.outcome.declinedOnPay;
	if (error !== undefined) return failPayment(bank, session, payment, error);
	if (!bank.settings.hold) return succeedPayment(bank, session, payment);
	payment.stage = 'hold';
	payment.status = 'pending';
	session.nextAction = 'capture';
	bank.sessions.recordChange(session);
	bank.webhooks.notify('ready_to_capture', session);
}

/**
 * Debits the held money, or a part of it (SDK, api/13.8). Throws `session_wrong_state` or
 * `invalid_request`.
 */
export function capturePayment(
	bank: Bank,
	session: Session,
	partialAmount: Money | undefined,
): void {
	const heldPayments = session.payments.filter((payment) => payment.stage === 'hold');
	if (session.nextAction !== 'capture' || heldPayments.length === 0)
		throw wrongSessionState(session.id, 'capture');
	const total = heldPayments.reduce((sum, payment) => sum + payment.amount.amount, 0);
	if (partialAmount !== undefined && partialAmount.amount > total) {
		throw new BankError('invalid_request', 'amount_details.amount: more than is held');
	}
	delete session.nextAction;
	for (const payment of heldPayments) {
		if (partialAmount !== undefined) payment.captured = partialAmount;
		payment.status = 'in_progress';
		payment.stage = 'capturing';
		bank.timers.schedule(bank.settings.processingMs, () => succeedPayment(bank, session, payment));
	}
	bank.sessions.recordChange(session);
}

/** Completes a payment and records it in the ledger. Does nothing if the payment is already final. */
export function succeedPayment(bank: Bank, session: Session, payment: Payment): void {
	if (!isActive(payment)) return;
	payment.status = 'succeeded';
	payment.stage = 'done';
	payment.finishedAt = bankTime();
	payment.transactionInfo = { rrn: String(randomInt(1e11, 1e12)), auth_code: '131131' };
	issueTokens(bank, payment);
	recordPayment(bank, session, payment);
	completeIfFinished(bank, session);
}

function issueTokens(bank: Bank, payment: Payment): void {
	if (payment.options?.recurrent === true) {
		const issued = bank.tokens.issueRecurrentToken();
		const { token, createdAt, finishedAt, active } = issued;
		const recurrent = { token, created_at: createdAt, finished_at: finishedAt, is_active: active };
		payment.recurrent = recurrent;
	}
	const period = textAt(payment.options, 'subscription.period');
	if (period !== undefined) payment.subscription = { id: randomUUID(), period, initial: true };
}

function recordPayment(bank: Bank, session: Session, payment: Payment): void {
	const { amount, currency } = payment.captured ?? payment.amount;
	bank.accounts.adjustBalance('settlement', amount);
	bank.ledger.add({
		at: payment.finishedAt ?? bankTime(),
		kind: 'payment',
		sessionId: session.id,
		payoutId: payment.id,
		amount,
		currency: currency.toLowerCase(),
		account: 'settlement',
		method: payment.source.method,
		destination: payment.source.masked,
		fingerprint: payment.source.fingerprint,
		recipientName: undefined,
		idempotencyKey: payment.idempotencyKey,
		metadata: payment.metadata,
	});
}

/** Fails a payment and the unfinished operations of its session. */
export function failPayment(
	bank: Bank,
	session: Session,
	payment: Payment,
	error: { code: string; description: string },
): void {
	payment.status = 'failed';
	payment.stage = 'done';
	payment.error = error;
	payment.finishedAt = bankTime();
	failUnfinished(bank, session, error);
	completeIfFinished(bank, session);
}
