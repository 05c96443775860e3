import { BankRefusal, BankUnreachable, type BankClient } from '../client/bankClient';
import type { ResponsePart } from '../client/requestFailure';
import { compact, field, objectAt, textAt, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';

/** What a public token allows a widget to do; at least one of them (bank's pages on widgets). */
export interface WidgetRequest {
	/** Tokenize a card or an account that the user enters. */
	tokenize?: boolean;
	/** Link the self-employed person with this INN. */
	selfEmployedInn?: string;
	/** Pay in the session's payment form. */
	paymentForm?: {
		sessionId: string;
		showRecurrentCheckbox: boolean;
		successReturnUrl?: string;
		failureReturnUrl?: string;
		successOnHold?: boolean;
	};
}

/**
 * Creates a public token for the bank's widgets. It is valid for one operation and for 24 hours (a sister platform's
 * page names the hours).
 * @throws BankRefusal, BankUnreachable
 */
export async function createWidgetToken(request: WidgetRequest, bank: BankClient): Promise<string> {
	const form = request.paymentForm;
	const body = await bank.request(
		endpoints.widgetToken,
		compact({
			tokenize_widget: request.tokenize ? { access: true } : undefined,
			self_employed_widget:
				request.selfEmployedInn === undefined
					? undefined
					: { tax_reference: request.selfEmployedInn },
			acquiring_widget:
				form &&
				compact({
					session_id: form.sessionId,
					show_recurrent_checkbox: form.showRecurrentCheckbox,
					success_return_url: form.successReturnUrl,
					failure_return_url: form.failureReturnUrl,
					success_on_hold: form.successOnHold,
				}),
		}),
	);
	// The object PublicToken of an old page has the name `token`.
	return requireText(textAt(body, 'public_token') ?? textAt(body, 'token'), 'publicToken');
}

/** What a token represents; `cardHash` comes from the bank's widget. */
export type TokenKind = 'cardHash' | 'cardToken' | 'publicToken' | 'recurringToken' | 'account';

/**
 * Information about a token; only the fields that the bank sent, with their values as sent. Assumption for `account`:
 * the type is called `bank_account_ru`, as in the method `tokenize`; the bank documents the type without its name.
 * @throws BankRefusal, BankUnreachable, also when the response has none of the fields
 */
export async function getTokenInfo(
	kind: TokenKind,
	value: string,
	bank: BankClient,
): Promise<JsonObject> {
	const body = await bank.request(endpoints.tokenInfo, tokenQuery(kind, value));
	const info = objectAt(body, 'info') ?? objectAt(body, 'data') ?? {};
	const tokenInfo = compact({
		type: textAt(info, 'type'),
		brand: textAt(info, 'brand'),
		last4: textAt(info, 'last4'),
		countryIso3: textAt(info, 'country_iso3'),
		maskedAccount: textAt(info, 'masked_account'),
		createdAt: textAt(info, 'created_at'),
		finishedAt: textAt(info, 'finished_at'),
		isActive: field(info, 'is_active'),
		initiator: textAt(info, 'initiator'),
	});
	return requireAnyField(tokenInfo, 'tokenInformation');
}

function tokenQuery(kind: TokenKind, value: string): JsonObject {
	switch (kind) {
		case 'cardHash':
			return {
				type: 'card',
				card: { type: 'encrypted_card', encrypted_card: { number_hash: value } },
			};
		case 'cardToken':
			return { type: 'card', card: { type: 'tokenized_card', tokenized_card: { token: value } } };
		case 'publicToken':
			return { type: 'public_token', public_token: { token: value } };
		case 'recurringToken':
			return { type: 'recurrent_token', recurrent_token: { token: value } };
		case 'account':
			return { type: 'bank_account_ru', bank_account_ru: { token: value } };
	}
}

/**
 * Creates a token for a Russian bank account (an older page of the bank shows the method).
 * @throws BankRefusal, BankUnreachable, also when the response has no token
 */
export async function tokenizeAccount(
	account: { bik: string; account: string },
	bank: BankClient,
): Promise<{ token: string; maskedAccount?: string }> {
	const body = await bank.request(endpoints.tokenizeAccount, {
		type: 'bank_account_ru',
		bank_account_ru: { bik: account.bik, account: account.account },
	});
	return {
		token: requireText(textAt(body, 'token'), 'token'),
		maskedAccount: textAt(objectAt(body, 'data'), 'masked_account'),
	};
}

/**
 * Creates a token for a card number, for partners with PCI DSS who do not store cards. The bank's pages name the
 * method, but not its body. Assumption: `elements` with the objects of a third-party copy (CardElements →
 * TokenizeData). The token is searched in the whole response for the same reason.
 * @throws BankRefusal, BankUnreachable, also when the response has no token
 */
export async function tokenizeCard(
	cardNumber: string,
	bank: BankClient,
): Promise<{ token: string; maskedCard?: string; network?: string }> {
	const element = { ref: 'card', type: 'card', card_number: cardNumber };
	const body = await bank.request(endpoints.tokenizeCard, { elements: [element] });
	const tokenData = findTokenData(body, 0);
	const info = objectAt(tokenData, 'info');
	return {
		token: requireText(textAt(tokenData, 'token'), 'token'),
		maskedCard: textAt(info, 'masked_card_number'),
		network: textAt(info, 'card_network'),
	};
}

/** The first object with a `token`, at most four levels deep. */
function findTokenData(value: unknown, depth: number): JsonObject | undefined {
	if (depth > 4 || typeof value !== 'object' || value === null) return undefined;
	if (!Array.isArray(value) && textAt(value, 'token') !== undefined) return value as JsonObject;
	for (const part of Object.values(value)) {
		const match = findTokenData(part, depth + 1);
		if (match) return match;
	}
	return undefined;
}

/**
 * State of a recurring token. The bank does not enforce `finishedAt`.
 * @throws BankRefusal, BankUnreachable, also when the response has no state
 */
export async function getRecurringToken(token: string, bank: BankClient): Promise<JsonObject> {
	const body = await bank.request(endpoints.recurringStatus, { recurrent: { token } });
	return requireAnyField(readRecurringState(body), 'tokenInformation');
}

/**
 * Disables a recurring token and returns its state. If the response does not show `isActive: false`, the state is read
 * once more; the caller must check `isActive`.
 * @throws BankRefusal, BankUnreachable when the request to disable it failed
 */
export async function disableRecurringToken(token: string, bank: BankClient): Promise<JsonObject> {
	const body = await bank.request(endpoints.recurringDisable, { recurrent: { token } });
	const state = readRecurringState(body);
	if (state.isActive === false) return state;
	return await getRecurringToken(token, bank).catch((error: unknown) => {
		if (error instanceof BankRefusal || error instanceof BankUnreachable) return state;
		throw error;
	});
}

function readRecurringState(body: JsonObject): JsonObject {
	const info = objectAt(body, 'recurrent');
	return compact({
		isActive: field(info, 'is_active'),
		createdAt: textAt(info, 'created_at'),
		finishedAt: textAt(info, 'finished_at'),
		type: textAt(info, 'type'),
	});
}

function requireAnyField(fields: JsonObject, what: ResponsePart): JsonObject {
	requireText(Object.keys(fields)[0], what);
	return fields;
}

function requireText(value: string | undefined, missing: ResponsePart): string {
	if (value === undefined) throw new BankUnreachable({ code: 'responseIncomplete', missing });
	return value;
}
