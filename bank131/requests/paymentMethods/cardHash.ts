import { compact } from '../../lib/json';
import { FieldValidator } from '../fieldValidator';
import { checkOpaque } from '../../values/identifiers';
import type { PaymentSource } from '../payment';
import type { CheckedFields } from '../problems';
import { card } from './card';

export interface CardHashInput {
	cardHash: unknown;
	expirationHash: unknown;
	securityCodeHash: unknown;
	cardholderHash: unknown;
}

/** Hashes from the tokenization widget. */
export function payByCardHash(input: CardHashInput): CheckedFields<PaymentSource> {
	const checks = new FieldValidator();
	const optional = (name: keyof CardHashInput) =>
		checks.takeOptional(name, input[name], (value) => checkOpaque(value, 'hash'));
	const data = compact({
		number_hash: checks.take('cardHash', checkOpaque(input.cardHash, 'cardHash')),
		expiration_date_hash: optional('expirationHash'),
		security_code_hash: optional('securityCodeHash'),
		cardholder_name_hash: optional('cardholderHash'),
	});
	return card(checks, 'encrypted_card', data, 'card hash');
}
