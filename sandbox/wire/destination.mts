import type { Destination } from '../store/model.mts';
import { fingerprint } from '../lib/fingerprint.mts';
import { scenarioKey } from '../config/scenarios.mts';
import { valueAt, isObject, textAt, type JsonObject } from '../lib/json.mts';
import type { TokenVault } from '../store/tokenVault.mts';

/** First 6 and last 4 digits. */
export const maskCard = (pan: string) => `${pan.slice(0, 6)}******${pan.slice(-4)}`;
/** First 5 and last 4 characters. */
export const maskAccount = (account: string) => `${account.slice(0, 5)}***${account.slice(-4)}`;
/** First 4 and last 4 digits. */
export const maskPhone = (phone: string) => `${phone.slice(0, 4)}***${phone.slice(-4)}`;

/** Brand by the first digits of a PAN; `unknown` for other ranges. */
export function cardBrand(pan: string): string {
	const head = Number(pan.slice(0, 4));
	if (head >= 2200 && head <= 2204) return 'mir';
	if (pan.startsWith('4')) return 'visa';
	if ((head >= 5100 && head <= 5599) || (head >= 2221 && head <= 2720)) return 'mastercard';
	return 'unknown';
}

/** Fields of a card in responses and webhooks, instead of its number (api/03 1). */
export const publicCardFields = (pan: string): JsonObject => ({
	last4: pan.slice(-4),
	brand: cardBrand(pan),
	bin: pan.slice(0, 6),
	country_iso3: 'RUS',
});

/** A destination and the details that responses show. */
export interface ParsedDestination {
	destination: Destination;
	/** The details of the request, without secrets. */
	publicDetails: JsonObject;
}

function cardDestination(pan: string): ParsedDestination {
	return {
		destination: {
			method: 'card',
			masked: maskCard(pan),
			fingerprint: fingerprint(pan),
			scenarioKey: scenarioKey('card', pan),
			isReturnable: false,
		},
		publicDetails: { type: 'card', card: publicCardFields(pan) },
	};
}

/** Assumption: a hash or token that the sandbox did not issue belongs to a Visa card. */
function unknownCardDestination(token: string): ParsedDestination {
	const digits = String(parseInt(fingerprint(token).slice(0, 8), 16))
		.padStart(10, '0')
		.slice(-4);
	const publicCard = { last4: digits, brand: 'visa' };
	return {
		destination: {
			method: 'card',
			masked: `token ******${digits}`,
			fingerprint: fingerprint(token),
			scenarioKey: scenarioKey('card', token),
			isReturnable: false,
		},
		publicDetails: { type: 'card', card: publicCard },
	};
}

function parseCard(details: JsonObject, vault: TokenVault): ParsedDestination {
	const pan = textAt(details, 'card.bank_card.number');
	if (pan !== undefined) return cardDestination(pan);
	const token =
		textAt(details, 'card.encrypted_card.number_hash') ??
		textAt(details, 'card.tokenized_card.token') ??
		textAt(details, 'recurrent.token') ??
		'';
	const stored = vault.findCardNumber(token);
	return stored === undefined ? unknownCardDestination(token) : cardDestination(stored);
}

function parseRussianAccount(details: JsonObject, vault: TokenVault): ParsedDestination {
	const ru = valueAt(details, 'bank_account.ru') as JsonObject;
	const token = typeof ru.token === 'string' ? ru.token : undefined;
	const stored = token === undefined ? ru : vault.findAccount(token);
	const account = typeof stored?.account === 'string' ? stored.account : undefined;
	const full = account === undefined ? String(token) : `${String(stored?.bik)}/${account}`;
	return {
		destination: {
			method: 'bank_account/ru',
			masked: account === undefined ? 'account token' : maskAccount(account),
			fingerprint: fingerprint(full),
			scenarioKey: scenarioKey('account', account ?? String(token)),
			isReturnable: true,
		},
		publicDetails: details,
	};
}

/** Assumption: an account abroad can send money back, as a Russian one. */
const parseIban = (details: JsonObject, iban: string): ParsedDestination => ({
	destination: {
		method: 'bank_account/iban',
		masked: maskAccount(iban),
		fingerprint: fingerprint(iban),
		scenarioKey: scenarioKey('account', iban),
		isReturnable: true,
	},
	publicDetails: details,
});

function phoneOrWalletDestination(
	details: JsonObject,
	method: string,
	kind: string,
	value: string,
): ParsedDestination {
	return {
		destination: {
			method,
			masked: kind === 'phone' ? maskPhone(value) : maskAccount(value),
			fingerprint: fingerprint(
				kind === 'phone'
					? `${value}@${textAt(details, `bank_account.${method.split('/')[1]}.bank_id`)}`
					: `${method.split('/')[1]}:${value}`,
			),
			scenarioKey: scenarioKey(kind, value),
			isReturnable: false,
		},
		publicDetails: details,
	};
}

/** Parses `payment_method`, `payout_details` or `payment_details` that have passed their checks. */
export function parseDestination(details: JsonObject, vault: TokenVault): ParsedDestination {
	const type = String(details.type);
	if (type === 'card' || type === 'recurrent') return parseCard(details, vault);
	if (type === 'bank_account') {
		const system = textAt(details, 'bank_account.system_type') ?? 'unknown';
		if (system === 'ru') return parseRussianAccount(details, vault);
		const iban = textAt(details, 'bank_account.iban.account');
		if (system === 'iban' && iban !== undefined) return parseIban(details, iban);
		const phone = textAt(details, `bank_account.${system}.phone`);
		if (phone !== undefined)
			return phoneOrWalletDestination(details, `bank_account/${system}`, 'phone', phone);
	}
	if (type === 'wallet') {
		const wallet = textAt(details, 'wallet.type') ?? 'unknown';
		const account = textAt(details, `wallet.${wallet}.account`);
		if (account !== undefined)
			return phoneOrWalletDestination(details, `wallet/${wallet}`, 'wallet', account);
	}
	const inner = isObject(details[type]) ? textAt(details, `${type}.type`) : undefined;
	const method = inner === undefined ? type : `${type}/${inner}`;
	return {
		destination: { method, masked: method, fingerprint: fingerprint(method), isReturnable: false },
		publicDetails: details,
	};
}
