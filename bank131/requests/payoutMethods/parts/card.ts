import type { Json, JsonObject } from '../../../lib/json';
import { FieldValidator } from '../../fieldValidator';
import { checkFullName } from '../../../values/identifiers';
import type { CheckedDestination, Destination } from '../../order';

/** The common part of payouts to a card by number, hash or token. `identity`: the number, hash or token. */
export function cardDestination(
	checks: FieldValidator,
	type: 'bank_card' | 'encrypted_card' | 'tokenized_card',
	card: { data: JsonObject; identity: Json; masked: string },
	name: unknown,
): CheckedDestination<'card'> {
	const recipientName = checks.take('recipientName', checkFullName(name));
	return checks.result<Destination<'card'>>({
		kind: 'card',
		details: { type: 'card', card: { type, [type]: card.data } },
		masked: card.masked,
		identity: card.identity,
		recipientName,
	});
}
