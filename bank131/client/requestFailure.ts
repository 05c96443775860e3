import type { BankError } from './bankError';

/** A part that a response of the bank must have and does not. */
export type ResponsePart =
	| 'session'
	| 'balance'
	| 'transactions'
	| 'accounts'
	| 'accountAmount'
	| 'requestId'
	| 'notificationCount'
	| 'notifications'
	| 'result'
	| 'answer'
	| 'publicToken'
	| 'token'
	| 'tokenInformation';

/** Why a request has no usable response. The nodes turn it into a sentence (`nodes/shared/messages/reasonTexts.ts`). */
export type RequestFailure =
	/** `message` comes from the transport and is passed through unchanged. */
	| { code: 'noAnswer'; message: string }
	| { code: 'tooManyRequests' }
	| { code: 'serverError'; httpStatus: number; error?: BankError }
	/** A proxy answered, or only part of the response arrived. */
	| { code: 'notFromBank'; httpStatus: number }
	/** The bank refused, and its code says that it did not act. */
	| { code: 'refused'; error: BankError }
	/** The bank refused with a code that leaves open whether it acted. */
	| { code: 'uncertainRefusal'; error: BankError }
	/** `account`: the account whose part is missing, where the response lists several. */
	| { code: 'answerIncomplete'; missing: ResponsePart; account?: string }
	/** The response is about another session, `sessionId`. */
	| { code: 'otherSession'; sessionId: string };
