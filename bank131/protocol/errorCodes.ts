/**
 * What the bank's error codes mean and what to do about them, in words for a payouts manager.
 * Source: the bank's page "Error codes" (its newest list is visible only in part), the older lists and the PHP SDK.
 * The bank warns that codes change without notice: an unknown code is passed on as it came.
 *
 * `look` marks answers after which nobody knows yet whether the bank acted: read the session first.
 */
export interface ErrorCode {
	meaning: string;
	advice: string;
	outcomeUncertain?: true;
}

const SUPPORT = "If it happens again, contact the bank's support with the session ID.";
/** True only of a payout that the bank took and then declined: its key is used up, and no money went out. */
export const NEW_REFERENCE = 'To pay again, use a new Reference.';

/** Advice for where no payout is at stake. */
export const withoutPayout = (advice: string | undefined): string | undefined =>
	advice?.replace(NEW_REFERENCE, '').trim() || undefined;

export const startedBefore = (what = 'payout'): string =>
	`A ${what} with this Reference was started before, and this row did nothing. Find it by its Reference in earlier executions, webhooks or the daily report; if it still waits for confirmation, the Ready to Confirm event of the Bank 131 Trigger has its session. Look before paying again.`;

export const errorCodes: Readonly<Record<string, ErrorCode>> = {
	'3DS_error': {
		meaning: '3-D Secure authentication did not succeed',
		advice: 'Ask the payer to try again.',
	},
	account_not_found: {
		meaning: 'The recipient account was not found',
		advice: `Check the account number and the BIK. ${NEW_REFERENCE}`,
	},
	activity_count_exceeded: {
		meaning: "The card's activity limit is exceeded",
		advice: `Ask the recipient about the limits of the card, or pay to another card. ${NEW_REFERENCE}`,
	},
	amount_less_allowed_provider: {
		meaning: 'The amount is below the minimum',
		advice: `Raise "Amount". ${NEW_REFERENCE}`,
	},
	authentication_error: {
		meaning: 'The bank did not accept the signature',
		advice:
			'Check "Private Key" in the credential: its public half must be the one registered at the bank for this project.',
	},
	authorization_error: {
		meaning: 'The project is not allowed to do this',
		advice: 'Check "Project" in the credential, or ask your bank manager to enable the method.',
	},
	bank_card_expired: {
		meaning: 'The card has expired',
		advice: `Ask for another card. ${NEW_REFERENCE}`,
	},
	binding_is_deactivated: {
		meaning: 'The card is not verified or its binding is disabled',
		advice: `Ask for another card. ${NEW_REFERENCE}`,
	},
	capture_timeout: {
		meaning: 'Cancelled: not captured in time',
		advice: 'Check the final status before trying again.',
	},
	card_number_does_not_exist: {
		meaning: 'The card number does not exist',
		advice: `Check the card number. ${NEW_REFERENCE}`,
	},
	confirm_timeout: {
		meaning: 'Cancelled: not confirmed in time',
		advice: `Confirm sooner, or let the node confirm automatically. ${NEW_REFERENCE}`,
	},
	declined_by_issuer_bank: {
		meaning: "The recipient's bank declined the payout",
		advice: `Ask the recipient for other details. ${NEW_REFERENCE}`,
	},
	idempotency_key_already_exists: {
		meaning: 'The bank has already seen this Reference',
		advice: startedBefore(),
		outcomeUncertain: true,
	},
	identification_error: {
		meaning: 'The partner could not be identified',
		advice: 'Check the details, then try again.',
	},
	insufficient_funds: {
		meaning: 'Not enough money on the card',
		advice: 'Ask the payer for another card.',
	},
	insufficient_wallet_balance: {
		meaning: 'Not enough money on your account at the bank',
		advice: `Top up the account (Balance: Get shows what is on it). ${NEW_REFERENCE}`,
	},
	internal_error: {
		meaning: 'Internal error of the bank',
		advice: `Try again later. ${SUPPORT}`,
		outcomeUncertain: true,
	},
	invalid_request: {
		meaning: 'The bank did not accept the request',
		advice: 'Check the fields against the bank’s description of the error.',
	},
	not_permitted_by_issuer_bank: {
		meaning: "The recipient's bank does not permit the payout",
		advice: `Ask the recipient for other details. ${NEW_REFERENCE}`,
	},
	npd_service_internal_error: {
		meaning: 'The service for the self-employed does not work right now',
		advice: `Try again later. ${SUPPORT}`,
		outcomeUncertain: true,
	},
	operation_rejected: {
		meaning: 'Rejected for security reasons',
		advice: 'Do not repeat it; contact your bank manager.',
	},
	provider_exceeds_amount_limit: {
		meaning: 'The amount is above the limit',
		advice: `Split the payout or choose another method. ${NEW_REFERENCE}`,
	},
	provider_foreign_transfer_prohibited: {
		meaning: 'A foreign card is not allowed',
		advice: `Ask for a Russian card. ${NEW_REFERENCE}`,
	},
	provider_internal_error: {
		meaning: 'Error on the side of the provider',
		advice: `Try again later. ${SUPPORT}`,
		outcomeUncertain: true,
	},
	provider_issuer_unavailable: {
		meaning: "The recipient's bank is unavailable",
		advice: `Try again later. ${NEW_REFERENCE}`,
	},
	provider_timeout: {
		meaning: 'The provider did not answer in time; the bank cancelled the operation',
		advice: `Check the session status before paying again. ${NEW_REFERENCE}`,
		outcomeUncertain: true,
	},
	refund_amount_too_large: {
		meaning: 'The refund is larger than what is left of the payment',
		advice: 'Lower "Amount".',
	},
	routing_internal_error: {
		meaning: 'The bank has no route for this payout',
		advice:
			'The method may not be part of your agreement (for example urgent transfers). Ask your bank manager to enable it.',
	},
	session_cancelled: { meaning: 'The session was cancelled', advice: NEW_REFERENCE },
	session_cancelled_by_partner: { meaning: 'You cancelled the session', advice: NEW_REFERENCE },
	session_wrong_state: {
		meaning: 'The session is in a state that does not allow this',
		advice: 'Read the session with Session: Get to see where it stands.',
		outcomeUncertain: true,
	},
	taxpayer_already_bound: {
		meaning: 'The person is already linked to the bank',
		advice: 'Nothing to do.',
	},
	taxpayer_income_exceeds_amount_limit: {
		meaning: 'The receipt would exceed the yearly income limit of 2.4 million rubles',
		advice: 'Pay without a receipt of a self-employed person, under another kind of contract.',
	},
	taxpayer_not_bound: {
		meaning: 'The self-employed person is not linked to Bank 131',
		advice: `Let the person link in the bank's widget, check again with Self-Employed: Check. ${NEW_REFERENCE}`,
	},
	taxpayer_unknown: {
		meaning: 'The person with this INN is not self-employed',
		advice: `Check the INN and the person's status. ${NEW_REFERENCE}`,
	},
	wallet_internal_error: {
		meaning: 'Error of the balance service',
		advice: `Try again later. ${SUPPORT}`,
		outcomeUncertain: true,
	},
};

/** Codes with which a session ends because somebody or a timer stopped it, not because the payout went wrong. */
export const cancelCodes: ReadonlySet<string> = new Set([
	'session_cancelled',
	'session_cancelled_by_partner',
	'confirm_timeout',
	'capture_timeout',
]);

export function explain(code: string | undefined): ErrorCode | undefined {
	return code !== undefined && Object.prototype.hasOwnProperty.call(errorCodes, code)
		? errorCodes[code]
		: undefined;
}

/** True after a code that leaves open whether the bank acted: the session must be read before anything is decided. */
export const isOutcomeUncertain = (code: string | undefined): boolean =>
	explain(code)?.outcomeUncertain === true;
