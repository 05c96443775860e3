import { invalidRequest } from '../protocol/bankError.mts';
import { valueAt, isObject, textAt, type JsonObject } from '../lib/json.mts';
import type { AccountKind } from '../store/model.mts';
import {
	digits,
	requiredObject,
	oneOf,
	optionalText,
	transferPurpose,
	requiredText,
} from './fields.mts';

/** 14–19 digits, as in the SDK. Check digits are not verified: the samples of the docs fail them. */
const PAN_RULE = { pattern: /^\d{14,19}$/, expected: '14 to 19 digits' };

/** ISO 13616. Check digits are not verified, as for cards. */
const IBAN_RULE = { pattern: /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, expected: 'an IBAN' };

/** First eight digits of receiver accounts of individuals (api/03 2). */
const INDIVIDUAL_PREFIXES =
	'40817810 42301810 42302810 42303810 42304810 42305810 42306810 42307810';
/** First eight digits of accepted receiver accounts, by the account that pays (api/03 2). */
const RECEIVER_PREFIXES: Record<AccountKind, Set<string>> = {
	collateral: new Set(`${INDIVIDUAL_PREFIXES} 40802810 40820810 40702810`.split(' ')),
	settlement: new Set(`${INDIVIDUAL_PREFIXES} 40802810 40701810 40502810 40702810`.split(' ')),
	escrow: new Set(`${INDIVIDUAL_PREFIXES} 40802810 40701810 40502810 40702810`.split(' ')),
};

const requiredPhone = (details: JsonObject, path: string) =>
	requiredText(details, path, { pattern: /^\d{10,15}$/, expected: 'digits without +' });

/**
 * Checks a card, card hash or card token; `name` is the name of the details in this API version.
 * Throws `invalid_request`.
 */
export function checkCard(details: JsonObject, name: string): void {
	const type = oneOf(details, 'card.type', ['bank_card', 'encrypted_card', 'tokenized_card']);
	if (type === 'bank_card') {
		requiredText(details, 'card.bank_card.number', PAN_RULE);
		optionalText(details, 'card.bank_card.expiration_month', {
			pattern: /^(0[1-9]|1[0-2])$/,
			expected: '01 to 12',
		});
		optionalText(details, 'card.bank_card.expiration_year', digits(2));
		optionalText(details, 'card.bank_card.security_code', {
			pattern: /^\d{3,4}$/,
			expected: '3 or 4 digits',
		});
	}
	if (type === 'encrypted_card') requiredText(details, 'card.encrypted_card.number_hash');
	if (type === 'tokenized_card') requiredText(details, 'card.tokenized_card.token');
	if (!isObject(valueAt(details, 'card'))) throw invalidRequest(`${name}.card: object is required`);
}

function checkRuAccount(details: JsonObject, from: AccountKind): void {
	const path = 'bank_account.ru';
	if (textAt(details, `${path}.token`) === undefined) {
		requiredText(details, `${path}.bik`, digits(9));
		const account = requiredText(details, `${path}.account`, digits(20));
		if (!RECEIVER_PREFIXES[from].has(account.slice(0, 8))) {
			throw invalidRequest(
				`${path}.account: accounts ${account.slice(0, 8)}… cannot be paid from here`,
			);
		}
		const isLegalEntity = account.startsWith('40702810');
		const inn = optionalText(details, `${path}.inn`, {
			pattern: /^(\d{10}|\d{12})$/,
			expected: '10 or 12 digits',
		});
		if (isLegalEntity) requiredText(details, `${path}.inn`, digits(10));
		// The KPP of a legal entity is required; sole proprietors (INN of 12 digits) have none.
		if (isLegalEntity || inn?.length === 10) requiredText(details, `${path}.kpp`, digits(9));
	}
	requiredText(details, `${path}.full_name`);
	requiredText(details, `${path}.description`, transferPurpose(210));
	// A sample of the docs has "true" as text (api/00 contradiction 5), so text is accepted too.
	const isFast = valueAt(details, `${path}.is_fast`);
	if (![undefined, null, true, false, 'true', 'false'].includes(isFast as boolean)) {
		throw invalidRequest(`${path}.is_fast: true or false`);
	}
}

function checkBankAccount(details: JsonObject, from: AccountKind): void {
	const system = oneOf(details, 'bank_account.system_type', [
		'ru',
		'faster_payment_system',
		'iban',
		'global',
	]);
	if (system === 'ru') checkRuAccount(details, from);
	if (system === 'faster_payment_system') {
		requiredPhone(details, 'bank_account.faster_payment_system.phone');
		requiredText(details, 'bank_account.faster_payment_system.bank_id', digits(12));
		requiredText(details, 'bank_account.faster_payment_system.description', transferPurpose(140));
	}
	if (system === 'iban') requiredText(details, 'bank_account.iban.account', IBAN_RULE);
	if (system === 'global') requiredText(details, 'bank_account.global.iban');
}

function checkWallet(details: JsonObject): void {
	const type = oneOf(details, 'wallet.type', ['yoomoney', 'qiwi', 'moneta', 'steam']);
	if (type === 'qiwi') requiredPhone(details, 'wallet.qiwi.account');
	else if (type === 'yoomoney') {
		requiredText(details, 'wallet.yoomoney.account', {
			pattern: /^\d{11,20}$/,
			expected: '11 to 20 digits',
		});
		optionalText(details, 'wallet.yoomoney.description', { max: 128 });
	} else requiredText(details, `wallet.${type}.account`);
}

function checkTax(details: JsonObject): void {
	const type = oneOf(details, 'tax.type', ['tax_short', 'tax_full']);
	// The docs show the details flat and nested under the type (api/00 contradictions 2, 12): both are accepted.
	const tax = isObject(valueAt(details, `tax.${type}`))
		? requiredObject(details, `tax.${type}`)
		: requiredObject(details, 'tax');
	requiredObject(tax, 'tax_details');
	if (type === 'tax_full') {
		requiredText(tax, 'description');
		requiredText(tax, 'uin');
		requiredText(tax, 'payer.inn');
		requiredText(tax, 'payee.account');
		return;
	}
	const period = valueAt(tax, 'tax_details.period');
	if (period === undefined) return;
	const kind = oneOf(tax, 'tax_details.period.type', ['month', 'quarter']);
	const number = valueAt(tax, 'tax_details.period.number');
	const last = kind === 'month' ? 12 : 4;
	if (!Number.isInteger(number) || Number(number) < 1 || Number(number) > last) {
		throw invalidRequest(`tax_details.period.number: 1 to ${last}`);
	}
	requiredText(tax, 'tax_details.period.year', digits(4));
}

/**
 * Checks the payout method. `name` is the name of the details in this API version: payment_method or
 * payout_details.
 * Throws `invalid_request`.
 */
export function checkPayoutDetails(details: JsonObject, name: string, from: AccountKind): void {
	const type = oneOf(details, 'type', ['card', 'bank_account', 'wallet', 'tax', 'recurrent']);
	if (type === 'card') checkCard(details, name);
	if (type === 'bank_account') checkBankAccount(details, from);
	if (type === 'wallet') checkWallet(details);
	if (type === 'tax') checkTax(details);
	if (type === 'recurrent') requiredText(details, 'recurrent.token');
}

/** Checks the details of an FPS registration check. Throws `invalid_request`. */
export function checkVerificationDetails(details: JsonObject): void {
	oneOf(details, 'type', ['bank_account']);
	oneOf(details, 'bank_account.system_type', ['faster_payment_system_verification']);
	requiredPhone(details, 'bank_account.faster_payment_system_verification.phone');
	requiredText(details, 'bank_account.faster_payment_system_verification.bank_id', digits(12));
}

/** True for cards, card hashes, card tokens and recurrent tokens. */
export const isCardPayout = (details: JsonObject) =>
	details.type === 'card' || details.type === 'recurrent';

/** True for payouts through the Faster Payments System. */
export const isFpsPayout = (details: JsonObject) =>
	textAt(details, 'bank_account.system_type') === 'faster_payment_system';
