import { invalidRequest } from '../protocol/bankError.mts';
import type { Money } from '../store/model.mts';
import { requiredObject, requiredText } from './fields.mts';

/**
 * Parses an amount: a positive integer of minor units, currency as ISO letters in either case
 * (api/01). Throws `invalid_request`.
 */
export function parseAmount(body: unknown, path = 'amount_details'): Money {
	const { amount } = requiredObject(body, path);
	if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount <= 0) {
		throw invalidRequest(`${path}.amount: a whole number of minor units above zero`);
	}
	const currency = requiredText(body, `${path}.currency`, {
		pattern: /^[A-Za-z]{3,4}$/,
		expected: 'an ISO 4217 code',
	});
	return { amount, currency };
}

/** Throws unless the currency is the rouble; `what` names the method in the error. */
export function requireRoubles({ currency }: Money, what: string): void {
	if (currency.toLowerCase() !== 'rub')
		throw invalidRequest(`amount_details.currency: ${what} needs rub`);
}
