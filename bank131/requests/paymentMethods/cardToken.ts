import { FieldValidator } from '../fieldValidator';
import { checkOpaque } from '../../values/identifiers';
import type { CheckedPaymentMethod } from '../payment';
import { cardPayment } from './parts/card';

/** A payer's card by the token that the bank issued for it. */
export function payByCardToken(input: { savedCard: unknown }): CheckedPaymentMethod {
	const checks = new FieldValidator();
	const token = checks.take('savedCard', checkOpaque(input.savedCard, 'cardToken'));
	return cardPayment(checks, 'tokenized_card', {
		data: { token },
		identity: [token],
		masked: 'card token',
	});
}
