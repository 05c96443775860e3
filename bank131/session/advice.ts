import { knownErrorCode, type KnownErrorCode } from '../protocol/errorCodes';
import { refundedMinorUnits, type OperationView } from './operation';
import type { Outcome } from './outcomes';
import type { SessionView } from './session';

/**
 * What to do after a session has been read. `nodes/shared/messages/adviceTexts.ts` turns it into a sentence.
 */
export type SessionAdvice =
	/** Some operations of the session succeeded and the main one did not. */
	| { code: 'payOnlyTheRest' }
	/** The idempotency key is used up and no money went out. */
	| { code: 'useNewReference'; errorCode?: KnownErrorCode }
	/** An earlier run may have paid under this Reference, and only the same Reference finds that out. */
	| { code: 'useSameReference'; errorCode?: KnownErrorCode }
	/** Nothing was started in the session. Another session may hold the payout of this Reference. */
	| { code: 'nothingStarted' }
	| { code: 'checkRecipientDetails' }
	| { code: 'confirmOrCancel' }
	| { code: 'captureOrCancel' }
	| { code: 'sendPayerToBank'; hasRedirect: boolean; hasQr: boolean }
	| { code: 'waitForResult' }
	/** Part of a payment was refunded, and the bank does not say how much. */
	| { code: 'readRefunds'; sessionId: string }
	/** The session holds data that look like an operation or a refund and cannot be read. */
	| { code: 'askAboutSession'; sessionId: string }
	/** The session has the status `error`: the bank has no result either. */
	| { code: 'contactSupport'; sessionId: string }
	| { code: 'readSession'; sessionId: string };

/** What to do next; `undefined` when nothing has to be done. */
export function adviceOf(
	view: Pick<
		SessionView,
		| 'outcome'
		| 'sessionId'
		| 'errorCode'
		| 'sessionStatus'
		| 'operation'
		| 'operations'
		| 'hasUnreadableOperations'
	>,
): SessionAdvice | undefined {
	const { outcome, sessionId, sessionStatus, operation, operations } = view;
	const errorCode = knownErrorCode(view.errorCode);
	if (UNPAID.has(outcome) && hasPaidSibling(operation, operations)) {
		return { code: 'payOnlyTheRest' };
	}
	switch (outcome) {
		case 'failed':
			return { code: 'useNewReference', errorCode };
		case 'cancelled':
			return operation ? { code: 'useNewReference', errorCode } : { code: 'nothingStarted' };
		case 'rejected':
			return { code: 'useSameReference', errorCode };
		case 'returned':
			return { code: 'checkRecipientDetails' };
		case 'awaitingConfirmation':
			return { code: 'confirmOrCancel' };
		case 'awaitingCapture':
			return { code: 'captureOrCancel' };
		case 'actionRequired':
			return { code: 'sendPayerToBank', ...waysOf(operation) };
		case 'processing':
			return { code: 'waitForResult' };
		case 'unknown':
			if (view.hasUnreadableOperations) return { code: 'askAboutSession', sessionId };
			if (operation?.kind === 'payment' && operation.status === 'succeeded') {
				return { code: 'readRefunds', sessionId };
			}
			return { code: sessionStatus === 'error' ? 'contactSupport' : 'readSession', sessionId };
		default:
			return undefined;
	}
}

/** How the payer can act. */
function waysOf(operation: OperationView | undefined) {
	const { redirectUrl, redirectBaseUrl, qrContent, qrImage } = operation?.interaction ?? {};
	return {
		hasRedirect: (redirectUrl ?? redirectBaseUrl) !== undefined,
		hasQr: (qrContent ?? qrImage) !== undefined,
	};
}

/** Outcomes with which an operation ends without having paid. */
const UNPAID: ReadonlySet<string> = new Set<Outcome>(['failed', 'cancelled', 'returned']);

/** Another operation of the same kind in the session succeeded and was not refunded. */
const hasPaidSibling = (main: OperationView | undefined, operations: OperationView[]): boolean =>
	operations.some(
		(one) =>
			one !== main &&
			one.kind === main?.kind &&
			one.status === 'succeeded' &&
			refundedMinorUnits(one) === 0,
	);
