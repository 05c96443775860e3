import { compact } from '../../lib/json';
import { checkToken } from '../../values/identifiers';
import { FieldValidator } from '../fieldValidator';
import type { CheckedPaymentMethod } from '../payment';
import { cardPayment } from './parts/card';

/** Hashes of the tokenization widget; only `cardHash` is mandatory. */
export interface CardHashInput {
	cardHash: unknown;
	expirationHash: unknown;
	securityCodeHash: unknown;
	cardholderHash: unknown;
}

/** A payer's card by the hashes of the tokenization widget. */
export function payByCardHash(input: CardHashInput): CheckedPaymentMethod {
	const validator = new FieldValidator();
	const optional = (name: keyof CardHashInput) =>
		validator.takeOptional(name, input[name], (value) => checkToken(value, 'hash'));
	const hash = validator.take('cardHash', checkToken(input.cardHash, 'cardHash'));
	const data = compact({
		number_hash: hash,
		expiration_date_hash: optional('expirationHash'),
		security_code_hash: optional('securityCodeHash'),
		cardholder_name_hash: optional('cardholderHash'),
	});
	return cardPayment(validator, 'encrypted_card', {
		data,
		identity: [hash],
		displayText: 'card hash',
	});
}
