import { cellNumber, cleanText } from '../../values/text';
import { checkCardNumber, checkOpaque, type CheckPolicy } from '../../values/identifiers';
import { FieldChecks } from '../../values/fieldProblems';
import { compact, type JsonObject } from '../../lib/json';
import { maskCard } from '../../values/mask';
import type { CheckedFields } from '../order';
import type { PaymentSource } from '../payment';
import { bad, good, type Checked } from '../../lib/result';

export interface CardDataInput {
	cardNumber: unknown;
	/** 1 to 12. */
	expirationMonth: unknown;
	/** Two or four digits. */
	expirationYear: unknown;
	securityCode: unknown;
	cardholderName: unknown;
}

/** A payer's card by its data (bank's page "Paying with PCI DSS"; the rules of each part come from the PHP SDK). */
export function payByCardData(
	input: CardDataInput,
	policy: CheckPolicy,
): CheckedFields<PaymentSource> {
	const checks = new FieldChecks();
	const number = checks.take('cardNumber', checkCardNumber(input.cardNumber, policy));
	const data = compact({
		number,
		expiration_month: checks.take('expirationMonth', checkMonth(input.expirationMonth)),
		expiration_year: checks.take('expirationYear', checkYear(input.expirationYear)),
		security_code: checks.takeOptional('securityCode', input.securityCode, checkSecurityCode),
		cardholder_name: checks.takeOptional('cardholderName', input.cardholderName, (name) =>
			cleanText(name, 'Cardholder name'),
		),
	});
	return card(checks, 'bank_card', data, number === '' ? '' : maskCard(number));
}

export interface CardHashInput {
	cardHash: unknown;
	expirationHash: unknown;
	securityCodeHash: unknown;
	cardholderHash: unknown;
}

/** Hashes from the tokenization widget. */
export function payByCardHash(input: CardHashInput): CheckedFields<PaymentSource> {
	const checks = new FieldChecks();
	const optional = (name: keyof CardHashInput) =>
		checks.takeOptional(name, input[name], (value) => checkOpaque(value, 'Hash'));
	const data = compact({
		number_hash: checks.take('cardHash', checkOpaque(input.cardHash, 'Card hash')),
		expiration_date_hash: optional('expirationHash'),
		security_code_hash: optional('securityCodeHash'),
		cardholder_name_hash: optional('cardholderHash'),
	});
	return card(checks, 'encrypted_card', data, 'card hash');
}

export function payByCardToken(input: { savedCard: unknown }): CheckedFields<PaymentSource> {
	const checks = new FieldChecks();
	const token = checks.take('savedCard', checkOpaque(input.savedCard, 'Card token'));
	return card(checks, 'tokenized_card', { token }, 'card token');
}

function card(
	checks: FieldChecks,
	type: string,
	data: JsonObject,
	masked: string,
): CheckedFields<PaymentSource> {
	return checks.result({ details: { type: 'card', card: { type, [type]: data } }, masked });
}

function checkMonth(value: unknown): Checked<string> {
	const month = cellNumber(value);
	return Number.isInteger(month) && month >= 1 && month <= 12
		? good(String(month).padStart(2, '0'))
		: bad('The month of expiry is not a month', 'Enter 1 to 12.');
}

function checkYear(value: unknown): Checked<string> {
	const text = String(value ?? '').trim();
	return /^(20)?\d\d$/.test(text)
		? good(text.slice(-2))
		: bad('The year of expiry is not a year', 'Enter it as 27 or 2027.');
}

export function checkSecurityCode(value: unknown): Checked<string> {
	const text = String(value).trim();
	return /^\d{3,4}$/.test(text)
		? good(text)
		: bad('The security code does not have 3 or 4 digits', 'Ask the payer again.');
}
