import { FieldValidator } from '../fieldValidator';
import { checkOpaque } from '../../values/identifiers';
import type { CheckedDestination } from '../order';
import { cardDestination } from './parts/card';

/** A card by the token that the bank issued for it. */
export function cardByToken(input: {
	savedCard: unknown;
	recipientName: unknown;
}): CheckedDestination<'card'> {
	const checks = new FieldValidator();
	const token = checks.take('savedCard', checkOpaque(input.savedCard, 'cardToken'));
	return cardDestination(
		checks,
		'tokenized_card',
		{ data: { token }, identity: [token], masked: 'card token' },
		input.recipientName,
	);
}
