import { invalidRequest } from '../protocol/bankError.mts';
import { valueAt, isObject, textAt, type JsonObject } from '../lib/json.mts';
import { oneOf, optionalText, requiredText } from './fields.mts';
import { checkCard } from './payoutDetails.mts';

const INTERNET_BANKING_TYPES = [
	'sber_pay',
	'tpay',
	'alipay',
	'alipay_hk',
	'dana',
	'gcash',
	'kakaopay',
	'wechatpay',
	'phone_ident',
	'pix',
	'country_ewallet',
	'china_unionpay',
] as const;

function checkInternetBanking(details: JsonObject): void {
	const type = oneOf(details, 'internet_banking.type', INTERNET_BANKING_TYPES);
	const path = `internet_banking.${type}`;
	// The SDK has mobile_web, a copy of the docs web_mobile (api/00 contradiction 12): both are accepted.
	if (type === 'sber_pay') {
		oneOf(details, `${path}.channel`, ['app', 'web', 'mobile_web', 'web_mobile']);
		optionalText(details, `${path}.phone`);
	}
	if (type === 'phone_ident') requiredText(details, `${path}.phone`);
	if (type === 'country_ewallet') requiredText(details, `${path}.country_iso2`);
	if (type === 'pix') {
		for (const field of ['document', 'name', 'email']) requiredText(details, `${path}.${field}`);
	}
}

/**
 * Checks the payment method of the payer (api/13.5), or the source account of an escrow or settlement
 * payout. Throws `invalid_request`.
 */
export function checkPaymentDetails(details: JsonObject): void {
	const type = oneOf(details, 'type', [
		'card',
		'recurrent',
		'internal_transfer',
		'secured_card',
		'faster_payment_system',
		'faster_payment_system_binding',
		'internet_banking',
		'wallet',
		'bank_account',
		'crypto_wallet',
	]);
	if (type === 'card') {
		checkCard(details, 'payment_details');
		if (isObject(valueAt(details, 'card.bank_card'))) {
			requiredText(details, 'card.bank_card.expiration_month');
			requiredText(details, 'card.bank_card.expiration_year');
		}
	}
	if (type === 'recurrent') {
		requiredText(details, 'recurrent.token');
		if (valueAt(details, 'recurrent.initiator') !== undefined) {
			oneOf(details, 'recurrent.initiator', ['merchant', 'client']);
		}
	}
	if (type === 'secured_card') {
		const wallet = oneOf(details, 'secured_card.type', ['google_pay', 'apple_pay']);
		requiredText(details, `secured_card.${wallet}.token`);
	}
	if (type === 'internet_banking') checkInternetBanking(details);
	if (type === 'wallet') requiredText(details, 'wallet.type');
}

/**
 * Checks the source account of a card payout from escrow or settlement (api/14.3). Throws
 * `invalid_request`.
 */
export function checkInternalTransfer(details: JsonObject, from: 'escrow' | 'settlement'): void {
	oneOf(details, 'type', ['internal_transfer']);
	const expectedType =
		from === 'escrow' ? 'transfer_from_nominal_account' : 'transfer_from_bank_account';
	if (textAt(details, 'internal_transfer.type') !== expectedType) {
		throw invalidRequest(`payment_details.internal_transfer.type: ${expectedType}`);
	}
	requiredText(details, `internal_transfer.${expectedType}.description`);
}

/** Returns `payment_options`; `undefined` if it is missing. Throws `invalid_request`. */
export function checkPaymentOptions(body: JsonObject): JsonObject | undefined {
	const options = body.payment_options;
	if (options === undefined || options === null) return undefined;
	if (!isObject(options)) throw invalidRequest('payment_options: object is required');
	const url = optionalText(body, 'payment_options.return_url');
	if (url !== undefined && !URL.canParse(url))
		throw invalidRequest('payment_options.return_url: a URL');
	return options;
}
