import { BankError } from '../protocol/bankError.mts';
import type { Bank } from '../bank/bank.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { requiredText } from '../wire/fields.mts';
import type { TokenVault } from '../store/tokenVault.mts';

export type WidgetName = 'tokenize_widget' | 'self_employed_widget' | 'acquiring_widget';

type PublicToken = NonNullable<ReturnType<TokenVault['publicTokens']['get']>>;

// Assumption: the docs name no code for a token that is unknown, used or of another widget.
const refused = (description: string) => new BankError('authorization_error', description);

function issuedToken(bank: Bank, body: JsonObject, widget: WidgetName) {
	const token = bank.tokens.publicTokens.get(requiredText(body, 'public_token'));
	if (token === undefined) throw refused('public_token: is not known');
	const allowed = token.widgets[widget];
	if (!isObject(allowed) || allowed.access === false) {
		throw refused('public_token: was not issued for this widget');
	}
	return { token, allowed };
}

/** The token of a widget that may still do its one operation (api/11.2), and what it was issued for. */
export function openToken(bank: Bank, body: JsonObject, widget: WidgetName) {
	const { token, allowed } = issuedToken(bank, body, widget);
	if (!token.active) throw refused('public_token: has been used; one token is one operation');
	if (Date.parse(token.finishedAt) <= Date.now()) throw refused('public_token: has expired');
	return { token, allowed };
}

/** For looking at what became of the operation: a used token is good enough. */
export const seenToken = (bank: Bank, body: JsonObject, widget: WidgetName) =>
	issuedToken(bank, body, widget).token;

/** Assumption: only an operation that was carried out uses the token up, not a typing error. */
export function useUp(token: PublicToken): void {
	token.active = false;
}
