import type { BankError } from '../client/transport';

/** What can go wrong after the bank accepted a request to the tax service. */
export type TaxServiceProblem =
	/** The answer has no such content; `missing` is a noun, such as `count`. */
	| { code: 'taxService.incompleteAnswer'; missing: string }
	/** There was no answer within the time limit. */
	| { code: 'taxService.timeout' }
	/** The bank or the tax service answered with an error. */
	| { code: 'taxService.error'; error: BankError };
