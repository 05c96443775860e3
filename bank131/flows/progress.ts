import type { BankError } from '../client/bankError';
import type { KnownErrorCode } from '../protocol/errorCodes';

/** What must survive a crash of an attempt: the session, and whether the operation may have started. */
export interface Progress {
	/** Empty while no session is known. */
	sessionId: string;
	/**
	 * `created`: nothing was started. `starting`: a start, refund or capture was sent. `confirming`: a confirmation
	 * was sent.
	 */
	step: 'created' | 'starting' | 'confirming';
	/**
	 * The code with which the bank refused the last start or refund. With the step `starting` the code leaves open
	 * whether the bank acted; with `created` it did not, but the idempotency key may be used up.
	 */
	refusedCode?: string;
	/** Refund only: the IDs of the refunds that the session held before this one. */
	before?: string[];
	/** Refund only: the ID of this refund in session `sessionId`, once it is known. */
	refundId?: string;
}

/** The code of a refused start, if it says why. It must be a word of the bank, not a text, because it is stored. */
export const refusedCodeOf = ({ code }: BankError): string | undefined =>
	/^\w{1,64}$/.test(code) && !LOCK_CODES.has(code) ? code : undefined;

/** Refusals by one of the two locks that prevent a second operation. */
const LOCK_CODES: ReadonlySet<string> = new Set<KnownErrorCode>([
	'idempotency_key_already_exists',
	'session_wrong_state',
]);

/** Saved **before** each step that moves money; loaded when a later attempt handles the same operation. */
export interface ProgressStore {
	load(): Progress | undefined;
	save(progress: Progress): void;
}
