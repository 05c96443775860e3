// Lifecycle of one payout: check, confirmation, payment (state machine of api/06).
import { randomInt, randomUUID } from 'node:crypto';
import type { Bank } from './bank.mts';
import { textAt } from '../lib/json.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { buildConfirmInformation, isTransferConfirmed } from './confirmInformation.mts';
import { awaitConfirmation, failUnfinished, completeIfFinished } from './sessionFlow.mts';
import type { Payout, Session } from '../store/model.mts';
import type { OperationError } from '../protocol/bankError.mts';
import { succeedInternalTransfers } from './payment.mts';
import { recipientName } from './recipientName.mts';
import { scheduleReturn } from './payoutReturn.mts';
import { issueReceipt } from './issueReceipt.mts';
import { changeTransfer, deductFee } from './changedOrder.mts';

const isActive = (payout: Payout) => payout.status === 'in_progress' || payout.status === 'pending';

/** Starts the check of a payout; it takes `processingMs`. */
export function scheduleCheck(bank: Bank, session: Session, payout: Payout): void {
	bank.timers.schedule(bank.settings.processingMs, () => checkPayout(bank, session, payout));
}

function checkPayout(bank: Bank, session: Session, payout: Payout): void {
	if (!isActive(payout) || session.isCancelling === true) return;
	if (payout.purpose === 'receipt') return succeedPayout(bank, session, payout);
	if (payout.purpose === 'verification') return completeVerification(bank, session, payout);
	const error = payout.outcome.declinedOnCheck ?? taxpayerError(bank, payout);
	if (error !== undefined) return failPayout(bank, session, payout, error);
	deductFee(bank, payout);
	changeTransfer(bank, session, payout);
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
		// The session shows the roubles that will be debited before confirmation (api/02 E).
		payout.amount = payout.debit;
	}
	if (isTransferConfirmed(bank, session, payout)) {
		session.confirmInformation = buildConfirmInformation(bank, session, payout);
	}
	if (bank.settings.autoConfirm) return executePayout(bank, session, payout);
	payout.status = 'pending';
	awaitConfirmation(bank, session);
}

/**
 * FPS registration check: `accepted` if the person is registered, `cancelled` if not; no confirmation
 * (api/03 3).
 */
function completeVerification(bank: Bank, session: Session, payout: Payout): void {
	const error = payout.outcome.declinedOnCheck ?? payout.outcome.declinedOnPay;
	if (error === undefined) succeedPayout(bank, session, payout);
	else failPayout(bank, session, payout, error);
}

/** Assumption: a payout whose receipt cannot be issued fails before confirmation. */
function taxpayerError(bank: Bank, payout: Payout): OperationError | undefined {
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

/** Pays after `session/confirm`, or directly if the project confirms automatically. */
export function executePayout(bank: Bank, session: Session, payout: Payout): void {
	payout.status = 'in_progress';
	bank.sessions.recordChange(session);
	if (payout.outcome.stuck === true) return;
	const ms = bank.settings.processingMs * (payout.outcome.processingFactor ?? 1);
	bank.timers.schedule(ms, () => finishPayout(bank, session, payout));
}

function finishPayout(bank: Bank, session: Session, payout: Payout): void {
	if (!isActive(payout)) return;
	const { declinedOnPay, uncertain } = payout.outcome;
	if (declinedOnPay !== undefined) failPayout(bank, session, payout, declinedOnPay);
	else if (uncertain === undefined) succeedPayout(bank, session, payout);
	else markResultUnknown(bank, session, payout, uncertain === 'moneyMovesLater');
}

/**
 * Payout `failed` and session `error`: the result is not final, and the partner must not pay again
 * (api/05, api/06).
 */
function markResultUnknown(
	bank: Bank,
	session: Session,
	payout: Payout,
	isPaidLater: boolean,
): void {
	const error = { code: 'internal_error', description: 'Unexpected error, the result is unknown' };
	payout.status = 'failed';
	payout.error = error;
	session.status = 'error';
	session.error = error;
	bank.sessions.recordChange(session);
	bank.webhooks.notify('payment_finished', session);
	if (!isPaidLater) return;
	// Assumption: if the money did move, the bank reports it later like any other success.
	bank.timers.schedule(bank.settings.processingMs * 5, () => {
		delete payout.error;
		delete session.error;
		session.status = 'in_progress';
		succeedPayout(bank, session, payout);
	});
}

/** Completes a payout. This is the only place that moves the money of payouts. */
export function succeedPayout(bank: Bank, session: Session, payout: Payout): void {
	payout.status = 'succeeded';
	payout.finishedAt = bankTime();
	if (payout.fiscalization !== undefined) issueReceipt(bank, payout);
	if (payout.purpose === 'payout') {
		payout.transactionInfo = { rrn: randomDigits(12), auth_code: randomDigits(6) };
		if (payout.destination?.method.endsWith('faster_payment_system') === true) {
			payout.transactionInfo = { fp_message_id: randomUUID() };
		}
		debitAccount(bank, session, payout);
		succeedInternalTransfers(session);
	}
	completeIfFinished(bank, session);
	if (payout.purpose === 'payout' && payout.outcome.returned === true) {
		scheduleReturn(bank, session, payout);
	}
}

/** Fails a payout and the unfinished operations of its session. */
export function failPayout(
	bank: Bank,
	session: Session,
	payout: Payout,
	error: OperationError,
): void {
	releaseReserve(bank, session, payout);
	payout.status = 'failed';
	payout.error = error;
	payout.finishedAt = bankTime();
	failUnfinished(bank, session, error);
	completeIfFinished(bank, session);
}

/** Releases the reserved amount of a payout, if any. */
export function releaseReserve(bank: Bank, session: Session, payout: Payout): void {
	if (payout.isReserved) bank.accounts.release(session.account, payout.debit.amount);
	payout.isReserved = false;
}

function debitAccount(bank: Bank, session: Session, payout: Payout): void {
	releaseReserve(bank, session, payout);
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

const randomDigits = (length: number) => String(randomInt(10 ** length)).padStart(length, '0');
