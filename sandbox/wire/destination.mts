import type { Destination } from '../store/model.mts';
import { fingerprint } from '../lib/fingerprint.mts';
import { triggerOf } from '../config/scenarios.mts';
import { at, isObject, textAt, type JsonObject } from '../lib/json.mts';
import type { TokenVault } from '../store/tokenVault.mts';

export const maskCard = (pan: string) => `${pan.slice(0, 6)}******${pan.slice(-4)}`;
export const maskAccount = (account: string) => `${account.slice(0, 5)}***${account.slice(-4)}`;
export const maskPhone = (phone: string) => `${phone.slice(0, 4)}***${phone.slice(-4)}`;

export function cardBrand(pan: string): string {
	const head = Number(pan.slice(0, 4));
	if (head >= 2200 && head <= 2204) return 'mir';
	if (pan.startsWith('4')) return 'visa';
	if ((head >= 5100 && head <= 5599) || (head >= 2221 && head <= 2720)) return 'mastercard';
	return 'unknown';
}

/** What answers and webhooks show of a card instead of its number (api/03 1). */
export const shownCard = (pan: string): JsonObject => ({
	last4: pan.slice(-4),
	brand: cardBrand(pan),
	bin: pan.slice(0, 6),
	country_iso3: 'RUS',
});

export interface Seen {
	destination: Destination;
	/** The same object as the request's, with nothing secret left in it. */
	shown: JsonObject;
}

function seenCard(pan: string): Seen {
	return {
		destination: {
			method: 'card',
			masked: maskCard(pan),
			fingerprint: fingerprint(pan),
			trigger: triggerOf('card', pan),
			returnable: false,
		},
		shown: { type: 'card', card: shownCard(pan) },
	};
}

/** Assumption: a hash or token the sandbox never issued belongs to some Visa card. */
function seenUnknownCard(token: string): Seen {
	const digits = String(parseInt(fingerprint(token).slice(0, 8), 16))
		.padStart(10, '0')
		.slice(-4);
	const shown = { last4: digits, brand: 'visa' };
	return {
		destination: {
			method: 'card',
			masked: `token ******${digits}`,
			fingerprint: fingerprint(token),
			trigger: triggerOf('card', token),
			returnable: false,
		},
		shown: { type: 'card', card: shown },
	};
}

function seeCard(details: JsonObject, vault: TokenVault): Seen {
	const pan = textAt(details, 'card.bank_card.number');
	if (pan !== undefined) return seenCard(pan);
	const token =
		textAt(details, 'card.encrypted_card.number_hash') ??
		textAt(details, 'card.tokenized_card.token') ??
		textAt(details, 'recurrent.token') ??
		'';
	const known = vault.cardOf(token);
	return known === undefined ? seenUnknownCard(token) : seenCard(known);
}

function seeRuAccount(details: JsonObject, vault: TokenVault): Seen {
	const ru = at(details, 'bank_account.ru') as JsonObject;
	const token = typeof ru.token === 'string' ? ru.token : undefined;
	const known = token === undefined ? ru : vault.accountOf(token);
	const account = typeof known?.account === 'string' ? known.account : undefined;
	const full = account === undefined ? String(token) : `${String(known?.bik)}/${account}`;
	return {
		destination: {
			method: 'bank_account/ru',
			masked: account === undefined ? 'account token' : maskAccount(account),
			fingerprint: fingerprint(full),
			trigger: triggerOf('account', account ?? String(token)),
			returnable: true,
		},
		shown: details,
	};
}

function plain(details: JsonObject, method: string, kind: string, value: string): Seen {
	return {
		destination: {
			method,
			masked: kind === 'phone' ? maskPhone(value) : maskAccount(value),
			fingerprint: fingerprint(
				kind === 'phone'
					? `${value}@${textAt(details, `bank_account.${method.split('/')[1]}.bank_id`)}`
					: `${method.split('/')[1]}:${value}`,
			),
			trigger: triggerOf(kind, value),
			returnable: false,
		},
		shown: details,
	};
}

/** Reads a checked `payment_method` / `payout_details` / `payment_details`. */
export function see(details: JsonObject, vault: TokenVault): Seen {
	const type = String(details.type);
	if (type === 'card' || type === 'recurrent') return seeCard(details, vault);
	if (type === 'bank_account') {
		const system = textAt(details, 'bank_account.system_type') ?? 'unknown';
		if (system === 'ru') return seeRuAccount(details, vault);
		const phone = textAt(details, `bank_account.${system}.phone`);
		if (phone !== undefined) return plain(details, `bank_account/${system}`, 'phone', phone);
	}
	if (type === 'wallet') {
		const wallet = textAt(details, 'wallet.type') ?? 'unknown';
		const account = textAt(details, `wallet.${wallet}.account`);
		if (account !== undefined) return plain(details, `wallet/${wallet}`, 'wallet', account);
	}
	const inner = isObject(details[type]) ? textAt(details, `${type}.type`) : undefined;
	const method = inner === undefined ? type : `${type}/${inner}`;
	return {
		destination: { method, masked: method, fingerprint: fingerprint(method), returnable: false },
		shown: details,
	};
}
