import { FieldValidator } from '../fieldValidator';
import { checkCardNumber, type CheckPolicy } from '../../values/identifiers';
import { maskCard } from '../../values/mask';
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
	const checks = new FieldValidator();
	const number = checks.take('cardNumber', checkCardNumber(input.cardNumber, policy));
	return cardDestination(
		checks,
		'bank_card',
		{ data: { number }, identity: [number], masked: number === '' ? '' : maskCard(number) },
		input.recipientName,
	);
}
