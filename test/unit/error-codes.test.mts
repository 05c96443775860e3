/**
 * What each error code of the bank means for the program, written a second time: a code that is classified wrongly
 * could pay twice or report paid money as failed. Source: the bank's page "Error codes", the PHP SDK, and the
 * assumptions in docs/assumptions.md.
 */
import {
	errorCodes,
	isCancellation,
	isOutcomeUncertain,
	isTemporary,
	needsNewReference,
} from '../../bank131/protocol/errorCodes.ts';

const expectedCodes = {
	'the bank did not act': [
		'3DS_error',
		'authentication_error',
		'authorization_error',
		'identification_error',
		'insufficient_funds',
		'invalid_request',
		'operation_rejected',
		'refund_amount_too_large',
		'routing_internal_error',
		'taxpayer_already_bound',
		'taxpayer_income_exceeds_amount_limit',
	],
	'declined, needs a new Reference': [
		'account_not_found',
		'activity_count_exceeded',
		'amount_less_allowed_provider',
		'bank_card_expired',
		'binding_is_deactivated',
		'card_number_does_not_exist',
		'declined_by_issuer_bank',
		'insufficient_wallet_balance',
		'not_permitted_by_issuer_bank',
		'provider_exceeds_amount_limit',
		'provider_foreign_transfer_prohibited',
		'provider_issuer_unavailable',
		'taxpayer_not_bound',
		'taxpayer_unknown',
	],
	cancelled: ['capture_timeout'],
	'cancelled, needs a new Reference': [
		'confirm_timeout',
		'session_cancelled',
		'session_cancelled_by_partner',
	],
	'outcome uncertain': [
		'idempotency_key_already_exists',
		'npd_service_internal_error',
		'provider_internal_error',
		'session_wrong_state',
		'wallet_internal_error',
	],
	'outcome uncertain, temporary': ['internal_error'],
	'outcome uncertain, needs a new Reference': ['provider_timeout'],
} as const;

const effects = {
	'the bank did not act': {},
	'declined, needs a new Reference': { newReference: true },
	cancelled: { cancellation: true },
	'cancelled, needs a new Reference': { cancellation: true, newReference: true },
	'outcome uncertain': { uncertain: true },
	'outcome uncertain, temporary': { uncertain: true, temporary: true },
	'outcome uncertain, needs a new Reference': { uncertain: true, newReference: true },
};

const rows = Object.entries(expectedCodes).flatMap(([effect, codes]) =>
	codes.map((code) => [code as string, effect as keyof typeof effects] as const),
);

const NO_EFFECT = { uncertain: false, temporary: false, cancellation: false, newReference: false };

const effectsOf = (code: string) => ({
	uncertain: isOutcomeUncertain(code),
	temporary: isTemporary(code),
	cancellation: isCancellation(code),
	newReference: needsNewReference(code),
});

test.each(rows)('error code %s: %s', (code, effect) => {
	expect(effectsOf(code)).toEqual({ ...NO_EFFECT, ...effects[effect] });
});

test('unknown error code: no effect', () => {
	expect(effectsOf('new_code')).toEqual(NO_EFFECT);
});

test('each documented error code: has its expected effect in this file', () => {
	expect(rows.map(([code]) => code).sort()).toEqual(Object.keys(errorCodes).sort());
});
