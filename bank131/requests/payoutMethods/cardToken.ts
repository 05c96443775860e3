import { FieldValidator } from '../fieldValidator';
import { checkOpaque } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { card } from './card';

export function cardByToken(input: {
	savedCard: unknown;
	recipientName: unknown;
}): CheckedDestination {
	const checks = new FieldValidator();
	const token = checks.take('savedCard', checkOpaque(input.savedCard, 'cardToken'));
	return card(checks, 'tokenized_card', { token }, 'card token', input.recipientName);
}
