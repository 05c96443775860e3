import type { JsonObject } from '../lib/json.mts';

/** Error codes of the bank that the sandbox uses itself; any other code is possible too. */
export type ErrorCode =
	| 'account_not_found'
	| 'amount_less_allowed_provider'
	| 'authentication_error'
	| 'authorization_error'
	| 'idempotency_key_already_exists'
	| 'internal_error'
	| 'invalid_request'
	| 'refund_amount_too_large'
	| 'routing_internal_error'
	| 'session_wrong_state'
	| (string & {});

/** Rejection of a whole request: `{"status":"error","error":{code, description}}` (api/01). */
export class BankError extends Error {
	constructor(
		readonly code: ErrorCode,
		readonly description: string,
	) {
		super(`${code}: ${description}`);
	}
}

/** Error `invalid_request`. */
export const invalidRequest = (description: string) =>
	new BankError('invalid_request', description);

/** Error `session_wrong_state`; `action` is what the session does not allow now. */
export const wrongSessionState = (sessionId: string, action: string) =>
	new BankError('session_wrong_state', `Session ${sessionId}: ${action} is impossible now`);

/** Error of one operation, as it appears in the session (api/06). */
export interface OperationError {
	code: string;
	description: string;
	reject_reasons?: JsonObject[];
}
