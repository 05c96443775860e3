import { FieldValidator } from '../fieldValidator';
import { checkOpaque } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { card } from './card';

/** `hash` comes from the tokenization widget. */
export function cardByHash(input: {
	cardHash: unknown;
	recipientName: unknown;
}): CheckedDestination {
	const checks = new FieldValidator();
	const hash = checks.take('cardHash', checkOpaque(input.cardHash, 'cardHash'));
	return card(checks, 'encrypted_card', { number_hash: hash }, 'card hash', input.recipientName);
}
