import { checkToken } from '../../values/identifiers';
import { FieldValidator } from '../fieldValidator';
import type { CheckedDestination } from '../order';
import { cardDestination } from './parts/card';

/** A card by the hash of its number, which comes from the tokenization widget. */
export function cardByHash(input: {
	cardHash: unknown;
	recipientName: unknown;
}): CheckedDestination<'card'> {
	const validator = new FieldValidator();
	const hash = validator.take('cardHash', checkToken(input.cardHash, 'cardHash'));
	return cardDestination(
		validator,
		'encrypted_card',
		{ data: { number_hash: hash }, identity: [hash], displayText: 'card hash' },
		input.recipientName,
	);
}
