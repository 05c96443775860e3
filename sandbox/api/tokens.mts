import { invalidRequest } from '../protocol/bankError.mts';
import { maskAccount, publicCardFields, parseDestination } from '../wire/destination.mts';
import { valueAt, isObject, type JsonObject } from '../lib/json.mts';
import { digits, requiredObject, oneOf, optionalText, requiredText } from '../wire/fields.mts';
import { checkCard } from '../wire/payoutDetails.mts';
import type { IssuedToken } from '../store/tokenVault.mts';
import { ONLY_V1, type EndpointRequest, type Endpoint, type Endpoints } from './endpoint.mts';

const v1Endpoint = (handle: Endpoint['handle']): Endpoint => ({ versions: ONLY_V1, handle });

const tokenFields = ({ token, createdAt, finishedAt, active }: IssuedToken) => ({
	token,
	created_at: createdAt,
	finished_at: finishedAt,
	is_active: active,
});

const PUBLIC_TOKEN_WIDGETS = [
	'tokenize_widget',
	'self_employed_widget',
	'acquiring_widget',
	'fps_no_account_widget',
];

/** Issues a public token for widgets. At least one widget object is required (api/11.2). */
function createPublicToken({ bank, body }: EndpointRequest): JsonObject {
	const widgets = PUBLIC_TOKEN_WIDGETS.filter((name) => isObject(body[name]));
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

function handleCardInfo({ bank, body }: EndpointRequest): JsonObject {
	const details = { type: 'card', card: requiredObject(body, 'card') };
	checkCard(details, 'card');
	const hash = valueAt(details, 'card.encrypted_card.number_hash');
	const token = valueAt(details, 'card.tokenized_card.token');
	const reference = typeof hash === 'string' ? { number_hash: hash } : { token };
	const publicCard = parseDestination(details, bank.tokens).publicDetails.card as JsonObject;
	const { brand, last4, country_iso3 } = publicCard;
	return {
		status: 'ok',
		info: {
			...reference,
			brand,
			last4,
			...(country_iso3 !== undefined && { country_iso3 }),
			type: 'card',
		},
	};
}

/** Assumption: the documented query for account tokens uses the type name of `tokenize`. */
function handleAccountInfo({ bank, body }: EndpointRequest): JsonObject {
	const stored = bank.tokens.findAccount(requiredText(body, 'bank_account_ru.token'));
	if (stored === undefined) throw invalidRequest('bank_account_ru.token: was not found');
	return {
		status: 'ok',
		info: { type: 'bank_account_ru', masked_account: maskAccount(stored.account) },
	};
}

function handleTokenInfo(request: EndpointRequest): JsonObject {
	const { bank, body } = request;
	const types = ['card', 'public_token', 'recurrent_token', 'bank_account_ru'] as const;
	const type = oneOf(body, 'type', types);
	if (type === 'card') return handleCardInfo(request);
	if (type === 'bank_account_ru') return handleAccountInfo(request);
	const token = requiredText(body, `${type}.token`);
	const issued = bank.tokens[type === 'public_token' ? 'publicTokens' : 'recurrentTokens'];
	const stored = issued.get(token);
	// Assumption: an unknown token is an invalid request.
	if (stored === undefined) throw invalidRequest(`${type}.token: was not found`);
	return { status: 'ok', info: { ...tokenFields(stored), type } };
}

function requireRecurrentToken({ bank, body }: EndpointRequest): IssuedToken {
	const stored = bank.tokens.recurrentTokens.get(requiredText(body, 'recurrent.token'));
	if (stored === undefined) throw invalidRequest('recurrent.token: was not found');
	return stored;
}

const recurrentResponse = (token: IssuedToken) => ({
	status: 'ok',
	recurrent: { ...tokenFields(token), type: 'recurrent_token' },
});

/**
 * Assumption: `elements` in the request, `data` in the response (api/04); the envelope is not
 * documented.
 */
function handleTokenizeElements({ bank, body }: EndpointRequest): JsonObject {
	const elements = body.elements;
	if (!Array.isArray(elements) || elements.length === 0)
		throw invalidRequest('elements: is required');
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

/** Methods for tokens (api/04, api/11, api/13.12). */
export const tokenEndpoints: Endpoints = {
	token: v1Endpoint(createPublicToken),
	'token/info': v1Endpoint(handleTokenInfo),
	tokenize: v1Endpoint(({ bank, body }) => {
		oneOf(body, 'type', ['bank_account_ru']);
		const bik = requiredText(body, 'bank_account_ru.bik', digits(9));
		const account = requiredText(body, 'bank_account_ru.account', digits(20));
		const token = bank.tokens.storeAccount(bik, account);
		return { status: 'ok', token, data: { masked_account: maskAccount(account) } };
	}),
	'tokenize/elements': v1Endpoint(handleTokenizeElements),
	'recurrent/status': v1Endpoint((request) => recurrentResponse(requireRecurrentToken(request))),
	'recurrent/disable': v1Endpoint((request) => {
		const token = requireRecurrentToken(request);
		token.active = false;
		return recurrentResponse(token);
	}),
};
