import { BankError } from '../protocol/bankError.mts';
import type { Bank } from '../bank/bank.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { requiredText } from '../wire/fields.mts';
import type { TokenVault } from '../store/tokenVault.mts';

/** Name of a widget in the request for a public token. */
export type WidgetName = 'tokenize_widget' | 'self_employed_widget' | 'acquiring_widget';

type PublicToken = NonNullable<ReturnType<TokenVault['publicTokens']['get']>>;

/** Assumption: the docs name no code for a token that is unknown, used or issued for another widget. */
const unauthorized = (description: string) => new BankError('authorization_error', description);

function requireIssuedToken(bank: Bank, body: JsonObject, widget: WidgetName) {
	const token = bank.tokens.publicTokens.get(requiredText(body, 'public_token'));
	if (token === undefined) throw unauthorized('public_token: is not known');
	const options = token.widgets[widget];
	if (!isObject(options) || options.access === false) {
		throw unauthorized('public_token: was not issued for this widget');
	}
	return { token, options };
}

/**
 * The token and its options, for the one operation that the token allows (api/11.2). Throws
 * `authorization_error`.
 */
export function requireActiveToken(bank: Bank, body: JsonObject, widget: WidgetName) {
	const { token, options } = requireIssuedToken(bank, body, widget);
	if (!token.active) throw unauthorized('public_token: has been used; one token is one operation');
	if (Date.parse(token.finishedAt) <= Date.now()) throw unauthorized('public_token: has expired');
	return { token, options };
}

/**
 * The token, also if it is used: enough to read the result of its operation. Throws
 * `authorization_error`.
 */
export const readIssuedToken = (bank: Bank, body: JsonObject, widget: WidgetName) =>
	requireIssuedToken(bank, body, widget).token;

/** Assumption: only a completed operation uses the token, not an input error. */
export function deactivateToken(token: PublicToken): void {
	token.active = false;
}
