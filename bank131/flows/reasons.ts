import type { RequestFailure } from '../client/requestFailure';
import type { KnownErrorCode } from '../protocol/errorCodes';
import type { RequestKind } from '../requests/order';
import type { SessionAdvice } from '../session/advice';
import type { Money } from '../values/money';

/** An action on a session that needs the session to be read first. */
export type CheckedAction = 'confirm' | 'capture' | 'refund';

/**
 * Why an operation has its outcome, where the session alone does not say it. `cause`: the request that failed.
 * `nodes/shared/messages/reasonTexts.ts` turns it into a sentence. `actual`: the amount that the session shows.
 */
export type ResultReason =
	| RequestFailure
	// Start of a payout, payment or receipt
	| { code: 'notStarted'; kind: RequestKind; cause?: RequestFailure }
	| { code: 'startUnknown'; kind: RequestKind; cause?: RequestFailure | UnrecognisedOperation }
	| UnrecognisedOperation
	| { code: 'otherOperationInSession' }
	/** The session was cancelled before anything was started in it. */
	| { code: 'sessionCancelled' }
	/** The key of the reference was sent by another of the bank's methods before. */
	| { code: 'otherRoute'; kind: RequestKind }
	/** The bank has closed the session, and the operation that was started in it cannot be read. */
	| { code: 'operationNotShown'; kind: RequestKind; sessionId: string }
	| { code: 'otherAmountUnderReference'; actual: Money; expected: Money }
	/** The response to the single request of an `init` method was lost, and with it the session ID. */
	| { code: 'sessionIdLost'; cause?: RequestFailure }
	/** `isAtBank`: the operation is known to be at the bank. */
	| { code: 'stateUnreadable'; isAtBank: boolean; cause: RequestFailure }
	// Confirmation, capture, cancellation
	| { code: 'sessionNotRead'; action: CheckedAction; cause: RequestFailure }
	| { code: 'amountMismatch'; actual?: Money; expected: Money }
	/** Numbers of the recipient's account: never output or log them unmasked. */
	| { code: 'accountMismatch'; actual: string; expected: string }
	/** Neither the session nor the user shows what the bank will transfer, so it cannot be compared. */
	| { code: 'transferNotShown' }
	| { code: 'severalAmounts'; kind: 'payout' | 'payment'; count: number }
	/** It was confirmed before, or the bank is not ready for the confirmation: the session does not say which. */
	| { code: 'notAwaitingConfirmation' }
	/** The session does not wait for a confirmation and shows another amount. */
	| { code: 'confirmedBefore'; actual?: Money; expected: Money }
	| { code: 'notConfirmable'; sessionStatus: string }
	/** The bank accepted the request, but the session does not show its effect. */
	| { code: 'effectNotShown' }
	| { code: 'noPayment' }
	/** The amount, or an agent's limit, is in another currency than the payment, which is in `currency`. */
	| { code: 'otherCurrency'; currency: string }
	| { code: 'severalPaymentsHeld'; count: number }
	| { code: 'moreThanHeld'; held: Money }
	| { code: 'capturedBefore'; actual: Money }
	// Refund
	| { code: 'severalPaidPayments'; count: number }
	| { code: 'paymentNotSucceeded'; status: string }
	| { code: 'nothingToRefund' }
	/** The refunds of the payment cannot be read, so a refund under this Reference may exist already. */
	| { code: 'refundsUnreadable'; sessionId: string }
	| { code: 'moreThanRefundable'; refundable: Money }
	| { code: 'refundNotSent'; cause?: RequestFailure }
	| { code: 'refundedBefore'; amount: Money }
	/** The session shows a refund whose `reference` may be an alteration of ours, so this refund may exist already. */
	| { code: 'similarRefund'; reference: string; amount?: Money }
	/** `isResponseLost`: an earlier attempt sent the refund and got no response. */
	| { code: 'refundUnknown'; sessionId: string; isResponseLost: boolean; cause?: ResultReason };

/** Why an operation in a session can be ours, but is not certain to be. */
export type UnrecognisedOperation =
	/** Its metadata has no reference. */
	| { code: 'noReference' }
	/** Its metadata shows another reference, which can be an altered form of ours. */
	| { code: 'otherReference'; shown: string }
	/** The session was opened for our operation, and the one it shows has another amount. */
	| { code: 'otherAmountInSession'; actual?: Money; expected: Money };

/** What to do after an operation, where the flow knows more than the session shows. */
export type ResultAdvice =
	| SessionAdvice
	/** The time limit was reached before the bank was ready for the confirmation. */
	| { code: 'confirmLater' }
	/** The session does not show what the bank will transfer, so it cannot be compared. The event may show it. */
	| { code: 'confirmFromEvent' }
	/** The bank has seen the idempotency key before. */
	| { code: 'findEarlierOperation'; kind: RequestKind }
	/** The bank has refused the start, and may have used up the idempotency key all the same. */
	| { code: 'keyMayBeUsedUp'; errorCode?: KnownErrorCode }
	/** The bank pays, or has paid, another amount than was asked for. */
	| { code: 'otherAmountPaid'; actual: Money; expected: Money; isPaid: boolean }
	| { code: 'askWhyRefundFailed' }
	| { code: 'waitForRefund' };
