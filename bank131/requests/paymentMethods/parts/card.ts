import type { JsonObject } from '../../../lib/json';
import { FieldValidator } from '../../fieldValidator';
import type { CheckedPaymentMethod } from '../../payment';

/** The common part of payments by a card's number, hashes or token. `identity`: the number, hash or token. */
export function cardPayment(
	validator: FieldValidator,
	type: 'bank_card' | 'encrypted_card' | 'tokenized_card',
	card: { data: JsonObject; identity: string[]; displayText: string },
): CheckedPaymentMethod {
	return validator.result({
		details: { type: 'card', card: { type, [type]: card.data } },
		displayText: card.displayText,
		identity: card.identity,
	});
}
