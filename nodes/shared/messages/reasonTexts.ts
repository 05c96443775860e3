import type { RequestFailure, ResponsePart } from '../../../bank131/client/requestFailure';
import type { CheckedAction, ResultReason } from '../../../bank131/flows/reasons';
import { maskAccount } from '../../../bank131/values/mask';
import { formatMoney } from '../../../bank131/values/money';
import { errorDescription } from './errorCodeTexts';

/** Why an operation has its outcome, for the person who runs the payouts. */
export interface ReasonText {
	message: string;
	/** What to do, if the reason determines it. Otherwise it follows from the outcome. */
	advice?: string;
}

type ReasonTexts = {
	readonly [C in ResultReason['code']]: (
		facts: Extract<ResultReason, { code: C }>,
	) => string | ReasonText;
};

/** Advice after a failed request that only reads. */
export const NOTHING_CHANGED = 'Nothing was changed at the bank. Try again later.';

/** The name of each part in "The bank's answer has no … in it". */
const RESPONSE_PARTS: Readonly<Record<ResponsePart, string>> = {
	session: 'session',
	balance: 'readable balance',
	banks: 'readable list of banks',
	transactions: 'list of transactions',
	turnoverTransactions: 'transactions of the turnover that it states',
	accounts: 'list of accounts',
	accountAmount: 'readable amount of account',
	requestId: 'request ID',
	notificationCount: 'count',
	notifications: 'list of notifications',
	result: 'result',
	answer: 'answer',
	publicToken: 'public token',
	token: 'token',
	tokenInformation: 'information about the token',
};

const ACTION_NOT_DONE: Readonly<Record<CheckedAction, string>> = {
	confirm: 'Not confirmed',
	capture: 'Not captured',
	refund: 'Not refunded',
};

const SESSION_ID_LOST = 'The answer is lost, and with it the session ID.';
const LOOK_AT_SESSION = 'Look at it with Session: Get.';

/** The parts in one line, without those that are absent. */
const joinParts = (...parts: Array<string | undefined>): string => parts.filter(Boolean).join(' ');

export const reasonTexts: ReasonTexts = {
	noResponse: ({ message }) => message,
	tooManyRequests: () => 'The bank asked to slow down (HTTP 429)',
	serverError: ({ httpStatus, error }) =>
		`The bank answered HTTP ${httpStatus}${error ? `: ${error.code} ${errorDescription(error)}` : ''}`,
	notFromBank: ({ httpStatus }) =>
		`The answer (HTTP ${httpStatus}) did not come from the bank's API`,
	refused: ({ error }) => errorDescription(error),
	uncertainRefusal: ({ error }) => `${error.code}: ${errorDescription(error)}`,
	responseIncomplete: ({ missing, account }) =>
		`The bank's answer has no ${joinParts(RESPONSE_PARTS[missing], account)} in it`,
	otherSession: ({ sessionId }) => `The bank's answer is about another session, ${sessionId}`,

	notStarted: ({ kind, cause }) => joinParts(`The ${kind} was not started.`, messageOf(cause)),
	startUnknown: ({ kind, cause }) =>
		joinParts(`It is not known whether the bank started this ${kind}.`, messageOf(cause)),
	noReference: () => 'The session does not show a Reference.',
	otherRoute: ({ kind }) => ({
		message: `This Reference went to the bank in this execution by another way (Initiate, another Pay From or with a receipt); the ${kind} was not sent again.`,
		advice: 'Look at the first result. Use one operation and one Pay From for a Reference.',
	}),
	otherReference: ({ shown }) => `The session shows the Reference "${shown}".`,
	otherAmountInSession: ({ actual, expected }) =>
		`The session that was opened for it shows ${formatMoney(actual)}, ${formatMoney(expected)} was asked for.`,
	otherOperationInSession: () => ({
		message: 'This session already holds another payout or payment; nothing was started.',
		advice: 'Use a session of its own for each, and run again with the same Reference.',
	}),
	sessionCancelled: () => ({
		message: 'This session was cancelled before anything was started in it; nothing was started.',
		advice: 'Open a new session, and start it there with the same Reference.',
	}),
	operationNotShown: ({ kind }) => ({
		message: `The bank has closed the session, but its answer does not show the ${kind}.`,
		advice: "Do not pay again. Look into the daily report, or ask the bank's support.",
	}),
	otherAmountUnderReference: ({ actual, expected }) => ({
		message: `The session holds ${formatMoney(actual)} under this Reference, ${formatMoney(expected)} was asked for.`,
		advice: `Do not pay again. ${LOOK_AT_SESSION}`,
	}),
	sessionIdLost: ({ cause }) => ({
		message: cause ? `${messageOf(cause)}. ${SESSION_ID_LOST}` : SESSION_ID_LOST,
		advice: 'Do not pay again. Look for the Reference in webhooks and in the daily report.',
	}),
	stateUnreadable: ({ isAtBank, cause }) =>
		joinParts(
			`${isAtBank ? 'It is at the bank, but its state' : 'The session'} can't be read.`,
			messageOf(cause),
		),

	sessionNotRead: ({ action, cause }) => ({
		message: `${ACTION_NOT_DONE[action]}. ${messageOf(cause)}`,
		advice: cause.code === 'refused' ? undefined : NOTHING_CHANGED,
	}),
	amountMismatch: ({ actual, expected }) => ({
		message: `Not confirmed: the bank shows ${formatMoney(actual)}, you expected ${formatMoney(expected)}.`,
		advice: 'The session still waits. Correct your amount and confirm it, or cancel it.',
	}),
	accountMismatch: ({ actual, expected }) => ({
		message: `Not confirmed: the bank shows the account ${maskAccount(actual)}, ${maskAccount(expected)} was asked for.`,
		advice: "Cancel the session with Session: Cancel, and tell the bank's support.",
	}),
	transferNotShown: () => ({
		message:
			"Not confirmed: the session does not show the bank's transfer, so its amount can't be compared.",
		advice: 'Fill in Confirm Information from the event, or confirm without Expected Amount.',
	}),
	severalAmounts: ({ kind, count }) => ({
		message: `Not confirmed: the session holds ${count} ${kind}s, which one amount can't be compared with.`,
		advice: 'Check each of them with Session: Get, then confirm without Expected Amount.',
	}),
	notAwaitingConfirmation: () => ({
		message: 'Not confirmed: the session does not wait for a confirmation.',
		advice: 'It was confirmed before, or is not ready yet: use Session: Wait.',
	}),
	confirmedBefore: ({ actual, expected }) => ({
		message: `The session does not wait for a confirmation and shows ${formatMoney(actual)}, ${formatMoney(expected)} was asked for.`,
		advice: LOOK_AT_SESSION,
	}),
	notConfirmable: ({ sessionStatus }) => ({
		message: `Not confirmed: the session is ${sessionStatus}.`,
		advice: LOOK_AT_SESSION,
	}),
	effectNotShown: () => 'The bank said yes, but the session does not show it.',
	noPayment: () => ({
		message: 'There is no payment in this session.',
		advice: 'Check the session ID.',
	}),
	otherCurrency: ({ currency }) => ({
		message: `The payment is in ${currency.toUpperCase()}, the amount or its limit is not.`,
		advice: 'Enter the amount in the currency of the payment.',
	}),
	severalPaymentsHeld: ({ count }) => ({
		message: `This session holds ${count} payments, of which no part can be taken: a capture can only name the session.`,
		advice: 'Leave the amount empty to capture all of them.',
	}),
	moreThanHeld: ({ held }) => ({
		message: `Only ${formatMoney(held)} is held.`,
		advice: 'Enter at most that amount.',
	}),
	capturedBefore: ({ actual }) => ({
		message: `Captured before; the session shows ${formatMoney(actual)}.`,
		advice: LOOK_AT_SESSION,
	}),

	severalPaidPayments: ({ count }) => ({
		message: `This session holds ${count} paid payments, and a refund can only name the session.`,
		advice: "Ask the bank's support to refund one of them.",
	}),
	paymentNotSucceeded: ({ status }) => ({
		message: `The payment is ${status}, only a succeeded one can be refunded.`,
		advice: LOOK_AT_SESSION,
	}),
	nothingToRefund: () => ({
		message: 'Nothing is left of this payment to be refunded.',
		advice: 'Look at its refunds with Session: Get.',
	}),
	refundsUnreadable: () => ({
		message:
			"The bank's answer holds refunds of this payment that can't be read; nothing was sent. A refund under this Reference may exist.",
		advice: "Look into the daily report, or ask the bank's support, before refunding again.",
	}),
	moreThanRefundable: ({ refundable }) => ({
		message: `Only ${formatMoney(refundable)} is left of this payment.`,
		advice: 'Enter at most that amount.',
	}),
	refundNotSent: ({ cause }) => ({
		message: joinParts('The refund was not sent.', messageOf(cause)),
		advice: NOTHING_CHANGED,
	}),
	refundedBefore: ({ amount }) => ({
		message: `This Reference refunded ${formatMoney(amount)} before.`,
		advice: 'Look at that refund; for another one use a new Reference.',
	}),
	similarRefund: ({ reference, amount }) => ({
		message: `The session shows a refund${amount ? ` of ${formatMoney(amount)}` : ''} under "${reference}", which may be this one; nothing was sent.`,
		advice: 'Look at the refunds. If none is this one, use a quite different Reference.',
	}),
	refundUnknown: ({ isResponseLost, cause }) => ({
		message: joinParts(
			'It is not known whether the refund was made.',
			isResponseLost ? 'An earlier try sent the refund and its answer was lost.' : undefined,
			messageOf(cause),
		),
		advice: 'Look at the refunds with Session: Get before refunding again.',
	}),
};

/** The message of one reason, and its advice if it has one. */
export function reasonText(reason: ResultReason): ReasonText {
	const text = reasonTexts[reason.code] as (facts: ResultReason) => string | ReasonText;
	const result = text(reason);
	return typeof result === 'string' ? { message: result } : result;
}

/** Why a request has no usable response, as a sentence. */
export const failureText = (failure: RequestFailure): string => reasonText(failure).message;

const messageOf = (reason: ResultReason | undefined): string | undefined =>
	reason && reasonText(reason).message;
