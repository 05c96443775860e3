import type { JsonObject } from '../../../lib/json';
import { checkFullName } from '../../../values/identifiers';
import { FieldValidator } from '../../fieldValidator';
import type { CheckedDestination, Destination } from '../../order';

/** The common part of payouts to a card by number, hash or token. `identity`: the number, hash or token. */
export function cardDestination(
	validator: FieldValidator,
	type: 'bank_card' | 'encrypted_card' | 'tokenized_card',
	card: { data: JsonObject; identity: string[]; displayText: string },
	name: unknown,
): CheckedDestination<'card'> {
	const recipientName = validator.take('recipientName', checkFullName(name));
	return validator.result<Destination<'card'>>({
		kind: 'card',
		details: { type: 'card', card: { type, [type]: card.data } },
		displayText: card.displayText,
		identity: card.identity,
		recipientName,
	});
}
