import { invalidRequest } from '../protocol/bankError.mts';
import { maskAccount, publicCardFields, parseDestination } from '../wire/destination.mts';
import { valueAt, isObject, type JsonObject } from '../lib/json.mts';
import { digits, requiredObject, oneOf, optionalText, requiredText } from '../wire/fields.mts';
import { checkCard } from '../wire/payoutDetails.mts';
import type { IssuedToken } from '../store/tokenVault.mts';
import { onlyV1, type Call, type Endpoint, type Endpoints } from './endpoint.mts';

const v1 = (answer: Endpoint['answer']): Endpoint => ({ versions: onlyV1, answer });

const tokenFacts = ({ token, createdAt, finishedAt, active }: IssuedToken) => ({
	token,
	created_at: createdAt,
	finished_at: finishedAt,
	is_active: active,
});

/** A public token for widgets: at least one widget object (api/11.2). */
function publicToken({ bank, body }: Call): JsonObject {
	const known = ['tokenize_widget', 'self_employed_widget', 'acquiring_widget'];
	const widgets = [...known, 'fps_no_account_widget'].filter((name) => isObject(body[name]));
	if (widgets.length === 0) throw invalidRequest('a widget object is required');
	if (
		widgets.includes('tokenize_widget') &&
		typeof valueAt(body, 'tokenize_widget.access') !== 'boolean'
	) {
		throw invalidRequest('tokenize_widget.access: true or false');
	}
	if (widgets.includes('self_employed_widget')) {
		requiredText(body, 'self_employed_widget.tax_reference', digits(12));
	}
	if (widgets.includes('acquiring_widget')) {
		bank.sessions.get(valueAt(body, 'acquiring_widget.session_id'));
		for (const field of ['success_return_url', 'failure_return_url']) {
			const url = optionalText(body, `acquiring_widget.${field}`);
			if (url !== undefined && !URL.canParse(url)) throw invalidRequest(`${field}: a URL`);
		}
	}
	return { status: 'ok', public_token: bank.tokens.issuePublicToken(body) };
}

function cardInfo({ bank, body }: Call): JsonObject {
	const details = { type: 'card', card: requiredObject(body, 'card') };
	checkCard(details, 'card');
	const hash = valueAt(details, 'card.encrypted_card.number_hash');
	const token = valueAt(details, 'card.tokenized_card.token');
	const known = typeof hash === 'string' ? { number_hash: hash } : { token };
	const shown = parseDestination(details, bank.tokens).publicDetails.card as JsonObject;
	const { brand, last4, country_iso3 } = shown;
	return {
		status: 'ok',
		info: {
			...known,
			brand,
			last4,
			...(country_iso3 !== undefined && { country_iso3 }),
			type: 'card',
		},
	};
}

/** Assumption: account tokens can be asked about (documented), by the type name of `tokenize`. */
function accountInfo({ bank, body }: Call): JsonObject {
	const known = bank.tokens.findAccount(requiredText(body, 'bank_account_ru.token'));
	if (known === undefined) throw invalidRequest('bank_account_ru.token: was not found');
	return {
		status: 'ok',
		info: { type: 'bank_account_ru', masked_account: maskAccount(known.account) },
	};
}

function tokenInfo(call: Call): JsonObject {
	const { bank, body } = call;
	const types = ['card', 'public_token', 'recurrent_token', 'bank_account_ru'] as const;
	const type = oneOf(body, 'type', types);
	if (type === 'card') return cardInfo(call);
	if (type === 'bank_account_ru') return accountInfo(call);
	const token = requiredText(body, `${type}.token`);
	const issued = bank.tokens[type === 'public_token' ? 'publicTokens' : 'recurrentTokens'];
	const found = issued.get(token);
	// Assumption: an unknown token is an invalid request.
	if (found === undefined) throw invalidRequest(`${type}.token: was not found`);
	return { status: 'ok', info: { ...tokenFacts(found), type } };
}

function recurrent({ bank, body }: Call): IssuedToken {
	const found = bank.tokens.recurrentTokens.get(requiredText(body, 'recurrent.token'));
	if (found === undefined) throw invalidRequest('recurrent.token: was not found');
	return found;
}

const recurrentAnswer = (token: IssuedToken) => ({
	status: 'ok',
	recurrent: { ...tokenFacts(token), type: 'recurrent_token' },
});

/** Assumption: the envelope of tokenize/elements is not documented; `elements` ↔ `data` (api/04). */
function tokenizeElements({ bank, body }: Call): JsonObject {
	const elements = body.elements;
	if (!Array.isArray(elements) || elements.length === 0) throw invalidRequest('elements: is required');
	const data = elements.map((element: unknown) => {
		const pan = requiredText(element, 'card_number', {
			pattern: /^\d{14,19}$/,
			expected: '14 to 19 digits',
		});
		const { brand } = publicCardFields(pan);
		const masked_card_number = `${pan.slice(0, 6)}******${pan.slice(-4)}`;
		const info = { masked_card_number, card_network: brand, card_type: 'debit' };
		return { ref: valueAt(element, 'ref'), number: { token: bank.tokens.storeCard(pan), info } };
	});
	return { status: 'ok', data };
}

export const tokenEndpoints: Endpoints = {
	token: v1(publicToken),
	'token/info': v1(tokenInfo),
	tokenize: v1(({ bank, body }) => {
		oneOf(body, 'type', ['bank_account_ru']);
		const bik = requiredText(body, 'bank_account_ru.bik', digits(9));
		const account = requiredText(body, 'bank_account_ru.account', digits(20));
		const token = bank.tokens.storeAccount(bik, account);
		return { status: 'ok', token, data: { masked_account: maskAccount(account) } };
	}),
	'tokenize/elements': v1(tokenizeElements),
	'recurrent/status': v1((call) => recurrentAnswer(recurrent(call))),
	'recurrent/disable': v1((call) => {
		const token = recurrent(call);
		token.active = false;
		return recurrentAnswer(token);
	}),
};
