// The life of one payout: checked, confirmed, paid (state machine of api/06).
import { randomInt, randomUUID } from 'node:crypto';
import type { Bank } from './bank.mts';
import { textAt } from '../lib/json.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { confirmInformation } from './confirmInformation.mts';
import { awaitConfirmation, cancelRest, settle } from './sessionFlow.mts';
import type { Payout, Session } from '../store/model.mts';
import type { OperationError } from '../protocol/bankError.mts';
import { succeedInternal } from './payment.mts';
import { recipientName } from './recipientName.mts';
import { sendBackLater } from './payoutReturn.mts';
import { writeReceipt } from './issueReceipt.mts';

const alive = (payout: Payout) => payout.status === 'in_progress' || payout.status === 'pending';

export function beginPayout(bank: Bank, session: Session, payout: Payout): void {
	bank.timers.schedule(bank.settings.processingMs, () => check(bank, session, payout));
}

function check(bank: Bank, session: Session, payout: Payout): void {
	if (!alive(payout) || session.isCancelling === true) return;
	if (payout.purpose === 'receipt') return succeed(bank, session, payout);
	if (payout.purpose === 'verification') return verify(bank, session, payout);
	const refusal = payout.outcome.declinedOnCheck ?? taxpayerRefusal(bank, payout);
	if (refusal !== undefined) return failPayout(bank, session, payout, refusal);
	if (!bank.accounts.reserve(session.account, payout.debit.amount)) {
		return failPayout(bank, session, payout, {
			code: 'insufficient_wallet_balance',
			description: 'The balance is too low for this payout',
		});
	}
	payout.isReserved = true;
	if (payout.amount?.currency.toLowerCase() !== payout.debit.currency) {
		if (bank.settings.autoConfirm) {
			const description = 'A foreign currency cannot be confirmed automatically';
			return failPayout(bank, session, payout, { code: 'routing_internal_error', description });
		}
		// ready_to_confirm shows the roubles that will be debited (api/02 E).
		payout.amount = payout.debit;
	}
	if (session.account !== 'collateral') {
		session.confirmInformation = confirmInformation(bank, session, payout);
	}
	if (bank.settings.autoConfirm) return pay(bank, session, payout);
	payout.status = 'pending';
	awaitConfirmation(bank, session);
}

/** Registration check in FPS: accepted when found, cancelled when not; never confirmed (api/03 3). */
function verify(bank: Bank, session: Session, payout: Payout): void {
	const refusal = payout.outcome.declinedOnCheck ?? payout.outcome.declinedOnPay;
	if (refusal === undefined) succeed(bank, session, payout);
	else failPayout(bank, session, payout, refusal);
}

/** Assumption: a taxpayer the receipt cannot be written for stops the payout before confirmation. */
function taxpayerRefusal(bank: Bank, payout: Payout): OperationError | undefined {
	const path = 'professional_income_taxpayer.tax_reference';
	const inn = textAt(payout.fiscalization, path);
	if (inn === undefined) return undefined;
	switch (bank.scenarios.taxpayerState(inn)) {
		case 'notSelfEmployed':
			return { code: 'taxpayer_unknown', description: 'The person is not self-employed' };
		case 'notLinked':
			return { code: 'taxpayer_not_bound', description: 'The person is not linked to the bank' };
		case 'fnsError':
			return { code: 'npd_service_internal_error', description: 'Self-employed service error' };
		case 'overIncomeLimit':
			return {
				code: 'taxpayer_income_exceeds_amount_limit',
				description: 'The income of the year would exceed 2 400 000 RUB',
			};
		default:
			return undefined;
	}
}

/** After `session/confirm`, or at once in an auto-confirming project. */
export function pay(bank: Bank, session: Session, payout: Payout): void {
	payout.status = 'in_progress';
	bank.sessions.recordChange(session);
	if (payout.outcome.stuck === true) return;
	const ms = bank.settings.processingMs * (payout.outcome.processingFactor ?? 1);
	bank.timers.schedule(ms, () => finishPaying(bank, session, payout));
}

function finishPaying(bank: Bank, session: Session, payout: Payout): void {
	if (!alive(payout)) return;
	const { declinedOnPay, uncertain: unknown } = payout.outcome;
	if (declinedOnPay !== undefined) failPayout(bank, session, payout, declinedOnPay);
	else if (unknown === undefined) succeed(bank, session, payout);
	else becomeUnknown(bank, session, payout, unknown === 'moneyMovesLater');
}

/** Payout `failed` and session `error`: the result is not final, do not pay again (api/05, api/06). */
function becomeUnknown(bank: Bank, session: Session, payout: Payout, paidLater: boolean): void {
	const error = { code: 'internal_error', description: 'Unexpected error, the result is unknown' };
	payout.status = 'failed';
	payout.error = error;
	session.status = 'error';
	session.error = error;
	bank.sessions.recordChange(session);
	bank.webhooks.notify('payment_finished', session);
	if (!paidLater) return;
	// Assumption: when the bank finds out that the money left, it says so like any success.
	bank.timers.schedule(bank.settings.processingMs * 5, () => {
		delete payout.error;
		delete session.error;
		session.status = 'in_progress';
		succeed(bank, session, payout);
	});
}

/** The only place where a payout's money moves. */
export function succeed(bank: Bank, session: Session, payout: Payout): void {
	payout.status = 'succeeded';
	payout.finishedAt = bankTime();
	if (payout.fiscalization !== undefined) writeReceipt(bank, payout);
	if (payout.purpose === 'payout') {
		payout.transactionInfo = { rrn: digits(12), auth_code: digits(6) };
		if (payout.destination?.method.endsWith('faster_payment_system') === true) {
			payout.transactionInfo = { fp_message_id: randomUUID() };
		}
		moveMoney(bank, session, payout);
		succeedInternal(session);
	}
	settle(bank, session);
	if (payout.purpose === 'payout' && payout.outcome.returned === true) {
		sendBackLater(bank, session, payout);
	}
}

export function failPayout(
	bank: Bank,
	session: Session,
	payout: Payout,
	error: OperationError,
): void {
	release(bank, session, payout);
	payout.status = 'failed';
	payout.error = error;
	payout.finishedAt = bankTime();
	cancelRest(bank, session, error);
	settle(bank, session);
}

export function release(bank: Bank, session: Session, payout: Payout): void {
	if (payout.isReserved) bank.accounts.release(session.account, payout.debit.amount);
	payout.isReserved = false;
}

function moveMoney(bank: Bank, session: Session, payout: Payout): void {
	release(bank, session, payout);
	bank.accounts.adjustBalance(session.account, -payout.debit.amount);
	bank.ledger.add({
		at: payout.finishedAt ?? bankTime(),
		kind: 'payout',
		sessionId: session.id,
		payoutId: payout.id,
		amount: payout.debit.amount,
		currency: payout.debit.currency.toLowerCase(),
		account: session.account,
		method: payout.destination?.method ?? 'unknown',
		destination: payout.destination?.masked ?? '',
		fingerprint: payout.destination?.fingerprint ?? '',
		recipientName: recipientName(payout),
		idempotencyKey: payout.idempotencyKey,
		metadata: payout.metadata,
	});
}

const digits = (length: number) => String(randomInt(10 ** length)).padStart(length, '0');
