import type { JsonObject } from '../lib/json';

/** Error object of the bank: `code` and `description` as documented, `rejectReasons` from the PHP SDK. */
export interface BankError {
	code: string;
	/** Absent when the bank sent none. */
	description?: string;
	rejectReasons?: JsonObject[];
}
