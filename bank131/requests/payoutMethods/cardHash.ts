import { FieldValidator } from '../fieldValidator';
import { checkOpaque } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { cardDestination } from './parts/card';

/** A card by the hash of its number, which comes from the tokenization widget. */
export function cardByHash(input: {
	cardHash: unknown;
	recipientName: unknown;
}): CheckedDestination<'card'> {
	const checks = new FieldValidator();
	const hash = checks.take('cardHash', checkOpaque(input.cardHash, 'cardHash'));
	return cardDestination(
		checks,
		'encrypted_card',
		{ data: { number_hash: hash }, identity: [hash], masked: 'card hash' },
		input.recipientName,
	);
}
