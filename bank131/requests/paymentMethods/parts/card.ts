import type { Json, JsonObject } from '../../../lib/json';
import { FieldValidator } from '../../fieldValidator';
import type { CheckedPaymentMethod } from '../../payment';

/** The common part of payments by a card's number, hashes or token. `identity`: the number, hash or token. */
export function cardPayment(
	checks: FieldValidator,
	type: 'bank_card' | 'encrypted_card' | 'tokenized_card',
	card: { data: JsonObject; identity: Json; masked: string },
): CheckedPaymentMethod {
	return checks.result({
		details: { type: 'card', card: { type, [type]: card.data } },
		masked: card.masked,
		identity: card.identity,
	});
}
