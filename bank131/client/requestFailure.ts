import type { BankError } from './bankError';

/** A part that a response of the bank must have. */
export type ResponsePart =
	| 'session'
	| 'balance'
	| 'banks'
	| 'transactions'
	| 'turnoverTransactions'
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

/** Why a request has no usable response. `nodes/shared/messages/reasonTexts.ts` turns it into a sentence. */
export type RequestFailure =
	/** No HTTP response. `message` comes from the transport and is passed through unchanged. */
	| { code: 'noResponse'; message: string }
	/** HTTP 429. */
	| { code: 'tooManyRequests' }
	| { code: 'serverError'; httpStatus: number; error?: BankError }
	/** The response is that of a proxy, or only part of it arrived. */
	| { code: 'notFromBank'; httpStatus: number }
	/** The bank refused, and its code says that it did not act. */
	| { code: 'refused'; error: BankError }
	/** The bank refused with a code that leaves open whether it acted. */
	| { code: 'uncertainRefusal'; error: BankError }
	/**
	 * The part `missing` is absent or unreadable. `account`: the account it belongs to, if the response lists several.
	 */
	| { code: 'responseIncomplete'; missing: ResponsePart; account?: string }
	/** The response is about another session, `sessionId`. */
	| { code: 'otherSession'; sessionId: string };
