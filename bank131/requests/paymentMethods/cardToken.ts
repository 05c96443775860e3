import type { CheckedFields } from '../../lib/result';
import { FieldChecks } from '../../values/fieldProblems';
import { checkOpaque } from '../../values/identifiers';
import type { PaymentSource } from '../payment';
import { card } from './card';

export function payByCardToken(input: { savedCard: unknown }): CheckedFields<PaymentSource> {
	const checks = new FieldChecks();
	const token = checks.take('savedCard', checkOpaque(input.savedCard, 'Card token'));
	return card(checks, 'tokenized_card', { token }, 'card token');
}
