import type { BankError } from '../../../bank131/client/bankError';
import type { RequestKind } from '../../../bank131/requests/order';
import {
	knownErrorCode,
	needsNewReference,
	type KnownErrorCode,
} from '../../../bank131/protocol/errorCodes';

/** One error code in words for the person who runs the payouts. */
interface ErrorCodeText {
	meaning: string;
	/** What to do. The sentence about the Reference is added from the code's `needsNewReference`. */
	advice?: string;
}

const TRY_LATER = "Try again later; if it happens again, ask the bank's support.";

/** Advice if the bank has seen the idempotency key of this payout, payment or receipt before. */
export const startedBeforeText = (kind: RequestKind): string =>
	`Begun earlier, nothing sent now. That ${kind} may have failed: see the earlier run.`;

const errorCodeTexts: Readonly<Record<KnownErrorCode, ErrorCodeText>> = {
	'3DS_error': {
		meaning: '3-D Secure authentication did not succeed',
		advice: 'Ask the payer to try again.',
	},
	account_not_found: {
		meaning: 'The recipient account was not found',
		advice: 'Check the account number and the BIK.',
	},
	activity_count_exceeded: {
		meaning: "The card's activity limit is exceeded",
		advice: 'Pay to another card.',
	},
	amount_less_allowed_provider: {
		meaning: 'The amount is below the minimum',
		advice: 'Raise "Amount".',
	},
	authentication_error: {
		meaning: 'The bank did not accept the signature',
		advice: 'Check "Private Key": the bank must have its public half for this project.',
	},
	authorization_error: {
		meaning: 'The project is not allowed to do this',
		advice: 'Check "Project", or ask your manager at the bank to enable the method.',
	},
	bank_card_expired: {
		meaning: 'The card has expired',
		advice: 'Ask for another card.',
	},
	binding_is_deactivated: {
		meaning: 'The card is not verified or its binding is disabled',
		advice: 'Ask for another card.',
	},
	capture_timeout: {
		meaning: 'Cancelled: not captured in time',
		advice: 'Check the final status before trying again.',
	},
	card_number_does_not_exist: {
		meaning: 'The card number does not exist',
		advice: 'Check the card number.',
	},
	confirm_timeout: {
		meaning: 'Cancelled: not confirmed in time',
		advice: 'Confirm sooner, or automatically.',
	},
	declined_by_issuer_bank: {
		meaning: "The recipient's bank declined the payout",
		advice: 'Ask the recipient for other details.',
	},
	idempotency_key_already_exists: {
		meaning: 'The bank has already seen this Reference',
		advice: startedBeforeText('payout'),
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
		advice: 'Top up the account that pays.',
	},
	internal_error: {
		meaning: 'Internal error of the bank',
		advice: TRY_LATER,
	},
	invalid_request: {
		meaning: 'The bank did not accept the request',
		advice: "Check the fields against the bank's description.",
	},
	not_permitted_by_issuer_bank: {
		meaning: "The recipient's bank does not permit the payout",
		advice: 'Ask the recipient for other details.',
	},
	npd_service_internal_error: {
		meaning: 'The service for the self-employed does not work right now',
		advice: TRY_LATER,
	},
	operation_rejected: {
		meaning: 'Rejected for security reasons',
		advice: 'Do not repeat it; ask your manager at the bank.',
	},
	provider_exceeds_amount_limit: {
		meaning: 'The amount is above the limit',
		advice: 'Split the payout or choose another method.',
	},
	provider_foreign_transfer_prohibited: {
		meaning: 'A foreign card is not allowed',
		advice: 'Ask for a Russian card.',
	},
	provider_internal_error: {
		meaning: 'Error on the side of the provider',
		advice: TRY_LATER,
	},
	provider_issuer_unavailable: {
		meaning: "The recipient's bank is unavailable",
		advice: 'Try again later.',
	},
	provider_timeout: {
		meaning: 'The provider did not answer in time; the bank cancelled the operation',
		advice: 'Look at the session first.',
	},
	refund_amount_too_large: {
		meaning: 'The refund is larger than what is left of the payment',
		advice: 'Lower "Amount".',
	},
	routing_internal_error: {
		meaning: 'The bank has no route for this payout',
		advice: 'Ask your manager at the bank to enable this method.',
	},
	session_cancelled: {
		meaning: 'The session was cancelled',
	},
	session_cancelled_by_partner: {
		meaning: 'You cancelled the session',
	},
	session_wrong_state: {
		meaning: 'The session is in a state that does not allow this',
		advice: 'Look at its state with Session: Get.',
	},
	taxpayer_already_bound: {
		meaning: 'The person is already linked to the bank',
		advice: 'Nothing to do.',
	},
	taxpayer_income_exceeds_amount_limit: {
		meaning: 'The receipt would exceed the yearly income limit of 2.4 million rubles',
		advice: 'Pay without a receipt, under another kind of contract.',
	},
	taxpayer_not_bound: {
		meaning: 'The self-employed person is not linked to Bank 131',
		advice: "Let the person link in the bank's widget.",
	},
	taxpayer_unknown: {
		meaning: 'The person with this INN is not self-employed',
		advice: "Check the INN and the person's status.",
	},
	wallet_internal_error: {
		meaning: 'Error of the balance service',
		advice: TRY_LATER,
	},
};

/** The bank's own description of its error; without one, the meaning of the code. */
export function errorDescription({ code, description }: BankError): string {
	if (description !== undefined) return description;
	const known = knownErrorCode(code);
	return known === undefined ? 'The bank gave no description' : errorCodeTexts[known].meaning;
}

/** What to do after this code, for an operation without a Reference; undefined for an unknown code. */
export function errorAdvice(code: string | undefined): string | undefined {
	const known = knownErrorCode(code);
	return known && errorCodeTexts[known].advice;
}

/**
 * What to do after this code, for an operation with a Reference; undefined for an unknown code.
 * @param referenceAdvice the sentence about the Reference; it is added if the code needs a new Reference
 */
export function errorAdviceWithReference(
	code: string | undefined,
	referenceAdvice: string,
): string | undefined {
	const known = knownErrorCode(code);
	if (known === undefined) return undefined;
	const sentences = [errorCodeTexts[known].advice, needsNewReference(known) && referenceAdvice];
	return sentences.filter(Boolean).join(' ');
}
