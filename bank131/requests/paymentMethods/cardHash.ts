import { compact } from '../../lib/json';
import { FieldValidator } from '../fieldValidator';
import { checkOpaque } from '../../values/identifiers';
import type { CheckedPaymentMethod } from '../payment';
import { cardPayment } from './parts/card';

export interface CardHashInput {
	cardHash: unknown;
	expirationHash: unknown;
	securityCodeHash: unknown;
	cardholderHash: unknown;
}

/** A payer's card by the hashes of the tokenization widget. */
export function payByCardHash(input: CardHashInput): CheckedPaymentMethod {
	const checks = new FieldValidator();
	const optional = (name: keyof CardHashInput) =>
		checks.takeOptional(name, input[name], (value) => checkOpaque(value, 'hash'));
	const hash = checks.take('cardHash', checkOpaque(input.cardHash, 'cardHash'));
	const data = compact({
		number_hash: hash,
		expiration_date_hash: optional('expirationHash'),
		security_code_hash: optional('securityCodeHash'),
		cardholder_name_hash: optional('cardholderHash'),
	});
	return cardPayment(checks, 'encrypted_card', { data, identity: [hash], masked: 'card hash' });
}
