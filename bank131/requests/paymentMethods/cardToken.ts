import type { CheckedFields } from '../../lib/result';
import { FieldChecks } from '../../values/fieldProblems';
import { checkOpaque } from '../../values/identifiers';
import type { PaymentMethodDetails } from '../payment';
import { cardPayment } from './card';

export function payByCardToken(input: { savedCard: unknown }): CheckedFields<PaymentMethodDetails> {
	const checks = new FieldChecks();
	const token = checks.take('savedCard', checkOpaque(input.savedCard, 'Card token'));
	return cardPayment(checks, 'tokenized_card', { token }, 'card token');
}
