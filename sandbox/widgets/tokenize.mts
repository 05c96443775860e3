import { cardBrand } from '../wire/destination.mts';
import { digits, requiredText } from '../wire/fields.mts';
import { requireAccountNumber, requireCardNumber } from './checkDigits.mts';
import { requireActiveToken, deactivateToken } from './publicToken.mts';
import type { WidgetEndpoints } from './endpoint.mts';

const PAN_RULE = { pattern: /^\d{14,19}$/, expected: '14 to 19 digits' };

/** Endpoints of the card and account tokenizers. */
export const tokenizeEndpoints: WidgetEndpoints = {
	/** Returns the hash that a payout accepts as `encrypted_card.number_hash` (api/11.3). */
	cards: ({ bank, body }) => {
		const { token } = requireActiveToken(bank, body, 'tokenize_widget');
		const number = requiredText(body, 'number', PAN_RULE);
		requireCardNumber(number);
		const cardToken = bank.tokens.storeCard(number);
		deactivateToken(token);
		return { card_token: cardToken, brand: cardBrand(number), last4: number.slice(-4) };
	},
	/** Returns the token that a payout accepts as `bank_account.ru.token` (api/11.4). */
	accounts: ({ bank, body }) => {
		const { token } = requireActiveToken(bank, body, 'tokenize_widget');
		const bik = requiredText(body, 'bik', digits(9));
		const account = requiredText(body, 'account', digits(20));
		requireAccountNumber(bik, account);
		const accountToken = bank.tokens.storeAccount(bik, account);
		deactivateToken(token);
		return { account_token: accountToken, last4: account.slice(-4) };
	},
};
