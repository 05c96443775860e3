import { FieldChecks } from '../../values/fieldProblems';
import { checkOpaque } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { cardDestination } from './card';

export function cardByToken(input: {
	savedCard: unknown;
	recipientName: unknown;
}): CheckedDestination {
	const checks = new FieldChecks();
	const token = checks.take('savedCard', checkOpaque(input.savedCard, 'Card token'));
	return cardDestination(checks, 'tokenized_card', { token }, 'card token', input.recipientName);
}
