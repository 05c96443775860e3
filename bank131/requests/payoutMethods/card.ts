import { checkCardNumber, checkFullName, checkOpaque, type CheckPolicy } from '../../values/identifiers';
import type { JsonObject } from '../../lib/json';
import { maskCard } from '../../values/mask';
import type { CheckedDestination, Destination } from '../order';
import { FieldChecks } from '../../values/fieldProblems';

/**
 * Cards (bank's pages "Payouts by card number", "Payouts with our widget", "Objects" / CardPaymentMethod). The
 * recipient's passport name is mandatory for every card payout.
 */
export function cardByNumber(
	input: { cardNumber: unknown; recipientName: unknown },
	policy: CheckPolicy,
): CheckedDestination {
	const checks = new FieldChecks();
	const number = checks.take('cardNumber', checkCardNumber(input.cardNumber, policy));
	return card(
		checks,
		'bank_card',
		{ number },
		number === '' ? '' : maskCard(number),
		input.recipientName,
	);
}

/** `hash` comes from the tokenization widget. */
export function cardByHash(input: {
	cardHash: unknown;
	recipientName: unknown;
}): CheckedDestination {
	const checks = new FieldChecks();
	const hash = checks.take('cardHash', checkOpaque(input.cardHash, 'Card hash'));
	return card(checks, 'encrypted_card', { number_hash: hash }, 'card hash', input.recipientName);
}

export function cardByToken(input: {
	savedCard: unknown;
	recipientName: unknown;
}): CheckedDestination {
	const checks = new FieldChecks();
	const token = checks.take('savedCard', checkOpaque(input.savedCard, 'Card token'));
	return card(checks, 'tokenized_card', { token }, 'card token', input.recipientName);
}

function card(
	checks: FieldChecks,
	type: string,
	data: JsonObject,
	masked: string,
	name: unknown,
): CheckedDestination {
	const recipientName = checks.take('recipientName', checkFullName(name));
	return checks.result<Destination>({
		details: { type: 'card', card: { type, [type]: data } },
		masked,
		recipientName,
	});
}
