import { FieldValidator } from '../fieldValidator';
import { checkOpaque } from '../../values/identifiers';
import type { PaymentSource } from '../payment';
import type { CheckedFields } from '../problems';
import { card } from './card';

export function payByCardToken(input: { savedCard: unknown }): CheckedFields<PaymentSource> {
	const checks = new FieldValidator();
	const token = checks.take('savedCard', checkOpaque(input.savedCard, 'cardToken'));
	return card(checks, 'tokenized_card', { token }, 'card token');
}
