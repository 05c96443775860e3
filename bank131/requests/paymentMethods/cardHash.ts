import { compact } from '../../lib/json';
import type { CheckedFields } from '../../lib/result';
import { FieldChecks } from '../../values/fieldProblems';
import { checkOpaque } from '../../values/identifiers';
import type { PaymentMethodDetails } from '../payment';
import { cardPayment } from './card';

export interface CardHashInput {
	cardHash: unknown;
	expirationHash: unknown;
	securityCodeHash: unknown;
	cardholderHash: unknown;
}

/** Hashes from the tokenization widget. */
export function payByCardHash(input: CardHashInput): CheckedFields<PaymentMethodDetails> {
	const checks = new FieldChecks();
	const optional = (name: keyof CardHashInput) =>
		checks.takeOptional(name, input[name], (value) => checkOpaque(value, 'Hash'));
	const data = compact({
		number_hash: checks.take('cardHash', checkOpaque(input.cardHash, 'Card hash')),
		expiration_date_hash: optional('expirationHash'),
		security_code_hash: optional('securityCodeHash'),
		cardholder_name_hash: optional('cardholderHash'),
	});
	return cardPayment(checks, 'encrypted_card', data, 'card hash');
}
