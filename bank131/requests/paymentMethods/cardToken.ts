import { checkToken } from '../../values/identifiers';
import { FieldValidator } from '../fieldValidator';
import type { CheckedPaymentMethod } from '../payment';
import { cardPayment } from './parts/card';

/** A payer's card by the token that the bank issued for it. */
export function payByCardToken(input: { savedCard: unknown }): CheckedPaymentMethod {
	const validator = new FieldValidator();
	const token = validator.take('savedCard', checkToken(input.savedCard, 'cardToken'));
	return cardPayment(validator, 'tokenized_card', {
		data: { token },
		identity: [token],
		displayText: 'card token',
	});
}
