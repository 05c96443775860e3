import { invalid } from '../protocol/bankError.mts';
import type { Amount } from '../store/model.mts';
import { objectAt, requiredText } from './fields.mts';

/** Integer minor units above zero, currency in ISO letters of either case (api/01). */
export function readAmount(body: unknown, path = 'amount_details'): Amount {
	const { amount } = objectAt(body, path);
	if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount <= 0) {
		throw invalid(`${path}.amount: a whole number of minor units above zero`);
	}
	const currency = requiredText(body, `${path}.currency`, {
		pattern: /^[A-Za-z]{3,4}$/,
		says: 'an ISO 4217 code',
	});
	return { amount, currency };
}

export function roublesOnly({ currency }: Amount, what: string): void {
	if (currency.toLowerCase() !== 'rub') throw invalid(`amount_details.currency: ${what} needs rub`);
}
