// State changes of a session as a whole, for all its operations.
import type { Bank } from './bank.mts';
import { bankTime } from '../protocol/bankTime.mts';
import type { Payment, Payout, Session } from '../store/model.mts';
import type { OperationError } from '../protocol/bankError.mts';

/** All payments and payouts of a session. */
export const operations = (session: Session): Array<Payout | Payment> => [
	...session.payments,
	...session.payouts,
];

const isFinished = ({ status }: Payout | Payment) => status === 'succeeded' || status === 'failed';

/** Longest delay of a Node.js timer, ms. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Waits for `session/confirm` when no operation is being checked any more. Starts the confirmation
 * timeout.
 */
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

/** The session does not wait for the partner any more; stops the confirmation timeout. */
export function clearNextAction(bank: Bank, session: Session): void {
	delete session.nextAction;
	bank.timers.cancel(session.confirmationTimer);
	delete session.confirmationTimer;
}

const isHeld = (operation: Payout | Payment) => 'stage' in operation && operation.stage === 'hold';

/**
 * Fails the unfinished operations after one has failed. Held payments remain: the partner releases
 * them (api/14.7, 5b).
 * Assumption: the docs do not describe the other cases.
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

/** Fails all unfinished operations, held payments included, and ends the session. */
export function cancelSession(bank: Bank, session: Session, error: OperationError): void {
	clearNextAction(bank, session);
	failUnfinished(bank, session, error, true);
	session.error = error;
	completeIfFinished(bank, session);
}

/** Ends the session and notifies the partner when all its operations have ended. */
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

/** Split payment: the payout has ended and only held payments remain (api/14.7). */
function awaitCapture(bank: Bank, session: Session, unfinished: Array<Payout | Payment>): void {
	const onlyHeld = unfinished.every(isHeld);
	if (onlyHeld) session.nextAction = 'capture';
	bank.sessions.recordChange(session);
	if (onlyHeld) bank.webhooks.notify('payment_finished', session);
}
