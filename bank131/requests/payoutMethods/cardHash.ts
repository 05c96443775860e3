import { FieldChecks } from '../../values/fieldProblems';
import { checkOpaque } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { cardDestination } from './card';

/** `hash` comes from the tokenization widget. */
export function cardByHash(input: {
	cardHash: unknown;
	recipientName: unknown;
}): CheckedDestination {
	const checks = new FieldChecks();
	const hash = checks.take('cardHash', checkOpaque(input.cardHash, 'Card hash'));
	return cardDestination(
		checks,
		'encrypted_card',
		{ number_hash: hash },
		'card hash',
		input.recipientName,
	);
}
