// The life of an acquired payment: checked, confirmed, shown to the payer, held, captured (api/13.7).
import { randomInt, randomUUID } from 'node:crypto';
import { BankError, wrongSessionState } from '../protocol/bankError.mts';
import type { Bank } from './bank.mts';
import { textAt, type JsonObject } from '../lib/json.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { awaitConfirmation, cancelRest, settle } from './sessionFlow.mts';
import type { Amount, Payment, Session } from '../store/model.mts';
import { customerInteraction } from './customerInteraction.mts';

const alive = ({ status }: Payment) => status === 'in_progress' || status === 'pending';

/** Source account of an escrow or settlement card payout: it ends as the payout does. */
const isInternal = (payment: Payment) => payment.details.type === 'internal_transfer';

export function succeedInternal(session: Session): void {
	for (const payment of session.payments) {
		if (!isInternal(payment)) continue;
		payment.status = 'succeeded';
		payment.stage = 'done';
		payment.finishedAt = bankTime();
	}
}

export function beginPayment(bank: Bank, session: Session, payment: Payment): void {
	bank.timers.schedule(bank.settings.processingMs, () => {
		if (!alive(payment) || session.isCancelling === true) return;
		const refusal = payment.outcome.declinedOnCheck;
		if (refusal !== undefined) return failPayment(bank, session, payment, refusal);
		payment.stage = 'confirmation';
		if (bank.settings.autoConfirm) return proceedPayment(bank, session, payment);
		payment.status = 'pending';
		awaitConfirmation(bank, session);
	});
}

/** After confirmation: to the payer when there is something to do, else on with the money. */
export function proceedPayment(bank: Bank, session: Session, payment: Payment): void {
	payment.status = 'in_progress';
	if (isInternal(payment)) return;
	const interaction = customerInteraction(bank, session, payment);
	bank.timers.schedule(bank.settings.processingMs, () => {
		if (!alive(payment)) return;
		if (interaction === undefined) return takeMoney(bank, session, payment);
		showPayer(bank, session, payment, interaction);
	});
}

function showPayer(bank: Bank, session: Session, payment: Payment, interaction: JsonObject): void {
	payment.stage = 'payer';
	payment.status = 'pending';
	payment.interaction = interaction;
	bank.sessions.recordChange(session);
	bank.webhooks.notify('action_required', session);
}

/** The payer did what was asked (3-D Secure page, QR, SberPay app), or gave up. */
export function payerDone(bank: Bank, session: Session, payment: Payment, paid: boolean): void {
	if (payment.stage !== 'payer') throw wrongSessionState(session.id, 'the payer’s answer');
	delete payment.interaction;
	payment.status = 'in_progress';
	if (paid) takeMoney(bank, session, payment);
	else {
		const description = 'The payer did not pass 3-D Secure';
		failPayment(bank, session, payment, { code: '3DS_error', description });
	}
}

function takeMoney(bank: Bank, session: Session, payment: Payment): void {
	const refusal = payment.outcome.declinedOnPay;
	if (refusal !== undefined) return failPayment(bank, session, payment, refusal);
	if (!bank.settings.hold) return succeedPayment(bank, session, payment);
	payment.stage = 'hold';
	payment.status = 'pending';
	session.nextAction = 'capture';
	bank.sessions.recordChange(session);
	bank.webhooks.notify('ready_to_capture', session);
}

/** Debits the held money, or a part of it (SDK, api/13.8). */
export function capture(bank: Bank, session: Session, part: Amount | undefined): void {
	const held = session.payments.filter((payment) => payment.stage === 'hold');
	if (session.nextAction !== 'capture' || held.length === 0)
		throw wrongSessionState(session.id, 'capture');
	const total = held.reduce((sum, payment) => sum + payment.amount.amount, 0);
	if (part !== undefined && part.amount > total) {
		throw new BankError('invalid_request', 'amount_details.amount: more than is held');
	}
	delete session.nextAction;
	for (const payment of held) {
		if (part !== undefined) payment.captured = part;
		payment.status = 'in_progress';
		payment.stage = 'closing';
		bank.timers.schedule(bank.settings.processingMs, () => succeedPayment(bank, session, payment));
	}
	bank.sessions.recordChange(session);
}

export function succeedPayment(bank: Bank, session: Session, payment: Payment): void {
	if (!alive(payment)) return;
	payment.status = 'succeeded';
	payment.stage = 'done';
	payment.finishedAt = bankTime();
	payment.transactionInfo = { rrn: String(randomInt(1e11, 1e12)), auth_code: '131131' };
	issueTokens(bank, payment);
	book(bank, session, payment);
	settle(bank, session);
}

function issueTokens(bank: Bank, payment: Payment): void {
	if (payment.options?.recurrent === true) {
		const issued = bank.tokens.issueRecurrentToken();
		const { token, createdAt, finishedAt, active } = issued;
		const shown = { token, created_at: createdAt, finished_at: finishedAt, is_active: active };
		payment.recurrent = shown;
	}
	const period = textAt(payment.options, 'subscription.period');
	if (period !== undefined) payment.subscription = { id: randomUUID(), period, initial: true };
}

function book(bank: Bank, session: Session, payment: Payment): void {
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
	cancelRest(bank, session, error);
	settle(bank, session);
}
