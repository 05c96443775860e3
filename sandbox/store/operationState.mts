import type { Payment, Payout, Session } from './model.mts';

/**
 * What became of a payout or payment, in one word. Each operation has exactly one state. `returned`: paid, and the
 * money came back. `unknown`: the bank does not know the result yet. `cancelled`: by the partner, or not confirmed in
 * time.
 */
export type OperationState =
	| 'paid'
	| 'returned'
	| 'awaitingConfirmation'
	| 'awaitingPayer'
	| 'awaitingCapture'
	| 'inProgress'
	| 'declined'
	| 'cancelled'
	| 'unknown';

const CANCELLATIONS = new Set(['session_cancelled_by_partner', 'confirm_timeout']);

/** The state of an operation of the session. */
export function operationState(session: Session, operation: Payout | Payment): OperationState {
	if (operation.status === 'succeeded') return operation.refunds.length > 0 ? 'returned' : 'paid';
	if (operation.status === 'failed') {
		if (session.status === 'error') return 'unknown';
		return CANCELLATIONS.has(operation.error?.code ?? '') ? 'cancelled' : 'declined';
	}
	if ('stage' in operation && operation.stage === 'payerAction') return 'awaitingPayer';
	if (session.nextAction === 'capture') return 'awaitingCapture';
	return session.nextAction === 'confirm' ? 'awaitingConfirmation' : 'inProgress';
}

/** True for a session in which nothing was started. */
export const isEmpty = ({ payouts, payments }: Session) => payouts.length + payments.length === 0;
