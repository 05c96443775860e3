import { BankUnreachable, type BankClient } from '../client/bankClient';
import type { ResponsePart } from '../client/requestFailure';
import { endpoints } from '../protocol/endpoints';
import { compact, field, objectAt, textAt, type JsonObject } from '../lib/json';

/** What a public token lets a widget do; at least one (bank's pages on widgets). */
export interface WidgetRequest {
	/** Enter a card or an account. */
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

/** A public token for the bank's widgets: one operation, 24 hours (the hours are a sister platform's). */
export async function createWidgetToken(request: WidgetRequest, bank: BankClient): Promise<string> {
	const form = request.paymentForm;
	const body = await bank.ask(
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
	// The object PublicToken of an old page calls it `token`.
	return needed(textAt(body, 'public_token') ?? textAt(body, 'token'), 'publicToken');
}

export type TokenKind = 'cardHash' | 'cardToken' | 'publicToken' | 'recurringToken' | 'account';

/**
 * What is behind a token. `account`: that such a type exists is documented, its name is not: `bank_account_ru` is an
 * assumption after the neighbouring method `tokenize`.
 */
export async function tokenInfo(
	kind: TokenKind,
	value: string,
	bank: BankClient,
): Promise<JsonObject> {
	const body = await bank.ask(endpoints.tokenInfo, tokenQuery(kind, value));
	const info = objectAt(body, 'info') ?? objectAt(body, 'data') ?? {};
	const told = compact({
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
	return orNothing(told, 'tokenInformation');
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

/** A token for a Russian account (an older page of the bank shows the method). */
export async function tokenizeAccount(
	account: { bik: string; account: string },
	bank: BankClient,
): Promise<{ token: string; maskedAccount?: string }> {
	const body = await bank.ask(endpoints.tokenizeAccount, {
		type: 'bank_account_ru',
		bank_account_ru: { bik: account.bik, account: account.account },
	});
	return {
		token: needed(textAt(body, 'token'), 'token'),
		maskedAccount: textAt(objectAt(body, 'data'), 'masked_account'),
	};
}

/**
 * A token for a card number, for partners with PCI DSS who do not store cards. The method is named on the bank's pages,
 * the envelope is not: `elements` with objects of a third-party copy (CardElements → TokenizeData) is an assumption, and
 * the answer is looked for in every place where it may stand.
 */
export async function tokenizeCard(
	cardNumber: string,
	bank: BankClient,
): Promise<{ token: string; maskedCard?: string; network?: string }> {
	const element = { ref: 'card', type: 'card', card_number: cardNumber };
	const body = await bank.ask(endpoints.tokenizeCard, { elements: [element] });
	const found = findTokenData(body, 0);
	const info = objectAt(found, 'info');
	return {
		token: needed(textAt(found, 'token'), 'token'),
		maskedCard: textAt(info, 'masked_card_number'),
		network: textAt(info, 'card_network'),
	};
}

/** The first object with a `token` at most four levels down. */
function findTokenData(value: unknown, depth: number): JsonObject | undefined {
	if (depth > 4 || typeof value !== 'object' || value === null) return undefined;
	if (!Array.isArray(value) && textAt(value, 'token') !== undefined) return value as JsonObject;
	for (const part of Object.values(value)) {
		const found = findTokenData(part, depth + 1);
		if (found) return found;
	}
	return undefined;
}

/** State of a recurring token; `finishedAt` is not enforced by the bank. */
export async function recurringToken(token: string, bank: BankClient): Promise<JsonObject> {
	const body = await bank.ask(endpoints.recurringStatus, { recurrent: { token } });
	return orNothing(recurringState(body), 'tokenInformation');
}

/** The state after disabling; where the answer does not show it as done, the token is looked at once. */
export async function disableRecurringToken(token: string, bank: BankClient): Promise<JsonObject> {
	const body = await bank.ask(endpoints.recurringDisable, { recurrent: { token } });
	const state = recurringState(body);
	if (state.isActive === false) return state;
	return await recurringToken(token, bank).catch(() => state);
}

function recurringState(body: JsonObject): JsonObject {
	const info = objectAt(body, 'recurrent');
	return compact({
		isActive: field(info, 'is_active'),
		createdAt: textAt(info, 'created_at'),
		finishedAt: textAt(info, 'finished_at'),
		type: textAt(info, 'type'),
	});
}

function orNothing(told: JsonObject, what: ResponsePart): JsonObject {
	needed(Object.keys(told)[0], what);
	return told;
}

function needed(value: string | undefined, missing: ResponsePart): string {
	if (value === undefined) throw new BankUnreachable({ code: 'answerIncomplete', missing });
	return value;
}
