// What a session does as a whole, whichever operations are in it.
import type { Bank } from './bank.mts';
import { bankTime } from '../protocol/bankTime.mts';
import type { Payment, Payout, Session } from '../store/model.mts';
import type { OperationError } from '../protocol/bankError.mts';

export const operations = (session: Session): Array<Payout | Payment> => [
	...session.payments,
	...session.payouts,
];

const isFinished = ({ status }: Payout | Payment) => status === 'succeeded' || status === 'failed';

const MAX_TIMER_MS = 2 ** 31 - 1;

/** Asks for `session/confirm` once nothing is being checked any more. */
export function awaitConfirmation(bank: Bank, session: Session): void {
	const isChecking = operations(session).some((operation) => operation.status === 'in_progress');
	if (isChecking || session.nextAction === 'confirm') return;
	session.nextAction = 'confirm';
	const ms = Math.min(bank.settings.confirmTimeoutMs, MAX_TIMER_MS);
	session.confirmationTimer = bank.timers.schedule(
		ms,
		() => expireConfirmation(bank, session),
		true,
	);
	bank.sessions.recordChange(session);
	bank.webhooks.notify('ready_to_confirm', session);
}

function expireConfirmation(bank: Bank, session: Session): void {
	if (session.nextAction !== 'confirm') return;
	cancelSession(bank, session, {
		code: 'confirm_timeout',
		description: 'Cancelled: no confirmation in time',
	});
}

export function clearNextAction(bank: Bank, session: Session): void {
	delete session.nextAction;
	bank.timers.cancel(session.confirmationTimer);
	delete session.confirmationTimer;
}

const isHeld = (operation: Payout | Payment) => 'stage' in operation && operation.stage === 'hold';

/**
 * One operation of a session failed: the others do not go on, except held money, which the partner
 * releases himself (api/14.7, 5b). Assumption otherwise, the docs say nothing.
 */
export function failUnfinished(
	bank: Bank,
	session: Session,
	error: OperationError,
	includeHeld = false,
): void {
	for (const payout of session.payouts) {
		if (payout.isReserved) bank.accounts.release(session.account, payout.debit.amount);
		payout.isReserved = false;
	}
	for (const operation of operations(session)) {
		if (isFinished(operation) || (isHeld(operation) && !includeHeld)) continue;
		operation.status = 'failed';
		operation.error = error;
		operation.finishedAt = bankTime();
	}
}

export function cancelSession(bank: Bank, session: Session, error: OperationError): void {
	clearNextAction(bank, session);
	failUnfinished(bank, session, error, true);
	session.error = error;
	completeIfFinished(bank, session);
}

/** Once every operation is done the session is, and the partner is told. */
export function completeIfFinished(bank: Bank, session: Session): void {
	const unfinished = operations(session).filter((operation) => !isFinished(operation));
	if (unfinished.length > 0) return awaitCapture(bank, session, unfinished);
	const failed = operations(session).find(({ status }) => status === 'failed');
	clearNextAction(bank, session);
	delete session.isCancelling;
	session.status = failed === undefined ? 'accepted' : 'cancelled';
	if (failed !== undefined) session.error ??= failed.error;
	bank.sessions.recordChange(session);
	bank.webhooks.notify('payment_finished', session);
}

/** A payout inside a split payment is done and only held money is left (api/14.7). */
function awaitCapture(bank: Bank, session: Session, unfinished: Array<Payout | Payment>): void {
	const onlyHeld = unfinished.every(isHeld);
	if (onlyHeld) session.nextAction = 'capture';
	bank.sessions.recordChange(session);
	if (onlyHeld) bank.webhooks.notify('payment_finished', session);
}
