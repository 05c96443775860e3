import { checkToken } from '../../values/identifiers';
import { FieldValidator } from '../fieldValidator';
import type { CheckedDestination } from '../order';
import { cardDestination } from './parts/card';

/** A card by the token that the bank issued for it. */
export function cardByToken(input: {
	savedCard: unknown;
	recipientName: unknown;
}): CheckedDestination<'card'> {
	const validator = new FieldValidator();
	const token = validator.take('savedCard', checkToken(input.savedCard, 'cardToken'));
	return cardDestination(
		validator,
		'tokenized_card',
		{ data: { token }, identity: [token], displayText: 'card token' },
		input.recipientName,
	);
}
