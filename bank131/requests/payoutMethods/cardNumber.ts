import { checkCardNumber, type CheckPolicy } from '../../values/identifiers';
import { maskCard } from '../../values/mask';
import { FieldValidator } from '../fieldValidator';
import type { CheckedDestination } from '../order';
import { cardDestination } from './parts/card';

/**
 * A card by its number (bank's pages "Payouts by card number", "Payouts with our widget", "Objects" /
 * CardPaymentMethod). The recipient's passport name is mandatory for every card payout.
 */
export function cardByNumber(
	input: { cardNumber: unknown; recipientName: unknown },
	policy: CheckPolicy,
): CheckedDestination<'card'> {
	const validator = new FieldValidator();
	const number = validator.take('cardNumber', checkCardNumber(input.cardNumber, policy));
	return cardDestination(
		validator,
		'bank_card',
		{ data: { number }, identity: [number], displayText: number === '' ? '' : maskCard(number) },
		input.recipientName,
	);
}
