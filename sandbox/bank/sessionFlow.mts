// What a session does as a whole, whichever operations are in it.
import type { Bank } from './bank.mts';
import { bankTime } from '../protocol/bankTime.mts';
import type { Payment, Payout, Session } from '../store/model.mts';
import type { OperationError } from '../protocol/bankError.mts';

export const operations = (session: Session): Array<Payout | Payment> => [
	...session.payments,
	...session.payouts,
];

const done = ({ status }: Payout | Payment) => status === 'succeeded' || status === 'failed';

const longestTimer = 2 ** 31 - 1;

/** Asks for `session/confirm` once nothing is being checked any more. */
export function awaitConfirmation(bank: Bank, session: Session): void {
	const checking = operations(session).some((one) => one.status === 'in_progress');
	if (checking || session.nextAction === 'confirm') return;
	session.nextAction = 'confirm';
	const ms = Math.min(bank.settings.confirmTimeoutMs, longestTimer);
	session.confirmationTimer = bank.timers.schedule(ms, () => confirmTimeout(bank, session), true);
	bank.sessions.recordChange(session);
	bank.webhooks.notify('ready_to_confirm', session);
}

function confirmTimeout(bank: Bank, session: Session): void {
	if (session.nextAction !== 'confirm') return;
	cancelAll(bank, session, {
		code: 'confirm_timeout',
		description: 'Cancelled: no confirmation in time',
	});
}

export function stopWaiting(bank: Bank, session: Session): void {
	delete session.nextAction;
	bank.timers.cancel(session.confirmationTimer);
	delete session.confirmationTimer;
}

const held = (one: Payout | Payment) => 'stage' in one && one.stage === 'hold';

/**
 * One operation of a session failed: the others do not go on, except held money, which the partner
 * releases himself (api/14.7, 5b). Assumption otherwise, the docs say nothing.
 */
export function cancelRest(
	bank: Bank,
	session: Session,
	error: OperationError,
	heldToo = false,
): void {
	for (const payout of session.payouts) {
		if (payout.isReserved) bank.accounts.release(session.account, payout.debit.amount);
		payout.isReserved = false;
	}
	for (const one of operations(session)) {
		if (done(one) || (held(one) && !heldToo)) continue;
		one.status = 'failed';
		one.error = error;
		one.finishedAt = bankTime();
	}
}

export function cancelAll(bank: Bank, session: Session, error: OperationError): void {
	stopWaiting(bank, session);
	cancelRest(bank, session, error, true);
	session.error = error;
	settle(bank, session);
}

/** Once every operation is done the session is, and the partner is told. */
export function settle(bank: Bank, session: Session): void {
	const open = operations(session).filter((one) => !done(one));
	if (open.length > 0) return waitForCapture(bank, session, open);
	const failure = operations(session).find(({ status }) => status === 'failed');
	stopWaiting(bank, session);
	delete session.isCancelling;
	session.status = failure === undefined ? 'accepted' : 'cancelled';
	if (failure !== undefined) session.error ??= failure.error;
	bank.sessions.recordChange(session);
	bank.webhooks.notify('payment_finished', session);
}

/** A payout inside a split payment is done and only held money is left (api/14.7). */
function waitForCapture(bank: Bank, session: Session, open: Array<Payout | Payment>): void {
	const onlyHeld = open.every(held);
	if (onlyHeld) session.nextAction = 'capture';
	bank.sessions.recordChange(session);
	if (onlyHeld) bank.webhooks.notify('payment_finished', session);
}
