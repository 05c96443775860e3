/** What one error code of the bank means for the program. Its meaning in words lives in `nodes/shared/messages`. */
export interface ErrorCodeEffect {
	/** The bank may have acted in spite of this code: read the session before deciding anything. */
	readonly outcomeUncertain?: true;
	/** The same request may succeed later, so a request that moves no money is repeated. */
	readonly isTemporary?: true;
	/** A person or a timer stopped the session; the payout did not fail by itself. */
	readonly isCancellation?: true;
	/** The bank accepted the payout and then declined it: its idempotency key is used up, and no money went out. */
	readonly needsNewReference?: true;
}

/**
 * The documented error codes of the bank. This is the only place that says what a code means for the program.
 * Source: the bank's page "Error codes" (its newest list is visible only in part), the older lists and the PHP SDK.
 * The bank warns that codes change without notice: an unknown code is passed on unchanged.
 */
export const errorCodes = {
	'3DS_error': {},
	account_not_found: { needsNewReference: true },
	activity_count_exceeded: { needsNewReference: true },
	amount_less_allowed_provider: { needsNewReference: true },
	authentication_error: {},
	authorization_error: {},
	bank_card_expired: { needsNewReference: true },
	binding_is_deactivated: { needsNewReference: true },
	capture_timeout: { isCancellation: true },
	card_number_does_not_exist: { needsNewReference: true },
	confirm_timeout: { isCancellation: true, needsNewReference: true },
	declined_by_issuer_bank: { needsNewReference: true },
	idempotency_key_already_exists: { outcomeUncertain: true },
	identification_error: {},
	insufficient_funds: {},
	insufficient_wallet_balance: { needsNewReference: true },
	internal_error: { outcomeUncertain: true, isTemporary: true },
	invalid_request: {},
	not_permitted_by_issuer_bank: { needsNewReference: true },
	npd_service_internal_error: { outcomeUncertain: true },
	operation_rejected: {},
	provider_exceeds_amount_limit: { needsNewReference: true },
	provider_foreign_transfer_prohibited: { needsNewReference: true },
	provider_internal_error: { outcomeUncertain: true },
	provider_issuer_unavailable: { needsNewReference: true },
	provider_timeout: { outcomeUncertain: true, needsNewReference: true },
	refund_amount_too_large: {},
	routing_internal_error: {},
	session_cancelled: { isCancellation: true, needsNewReference: true },
	session_cancelled_by_partner: { isCancellation: true, needsNewReference: true },
	session_wrong_state: { outcomeUncertain: true },
	taxpayer_already_bound: {},
	taxpayer_income_exceeds_amount_limit: {},
	taxpayer_not_bound: { needsNewReference: true },
	taxpayer_unknown: { needsNewReference: true },
	wallet_internal_error: { outcomeUncertain: true },
} as const satisfies Readonly<Record<string, ErrorCodeEffect>>;

/** A documented error code. */
export type KnownErrorCode = keyof typeof errorCodes;

/** The code if it is a documented one; `undefined` for any other. */
export function knownErrorCode(code: string | undefined): KnownErrorCode | undefined {
	return code !== undefined && Object.prototype.hasOwnProperty.call(errorCodes, code)
		? (code as KnownErrorCode)
		: undefined;
}

function effectOf(code: string | undefined): ErrorCodeEffect {
	const known = knownErrorCode(code);
	return known === undefined ? {} : errorCodes[known];
}

/** True for a documented code that leaves open whether the bank acted: read the session before deciding anything. */
export const isOutcomeUncertain = (code: string | undefined): boolean =>
	effectOf(code).outcomeUncertain === true;

/**
 * True for a documented code that excludes that the bank acted. A code that is not documented (`request_in_progress`,
 * `service_timeout`) may mean that it acts later.
 */
export const isCertainRefusal = (code: string): boolean =>
	knownErrorCode(code) !== undefined && !isOutcomeUncertain(code);

/** True for a code after which the same request may succeed later. */
export const isTemporary = (code: string | undefined): boolean =>
	effectOf(code).isTemporary === true;

/** True for a code with which a session ends because a person or a timer stopped it. */
export const isCancellation = (code: string | undefined): boolean =>
	effectOf(code).isCancellation === true;

/** True for a code with which the bank declines a payout it has accepted: paying again needs a new idempotency key. */
export const needsNewReference = (code: string | undefined): boolean =>
	effectOf(code).needsNewReference === true;
