import { compact } from '../../lib/json';
import { invalid, ok, type Checked } from '../../lib/result';
import { FieldChecks } from '../../values/fieldProblems';
import { checkCardNumber, type CheckPolicy } from '../../values/identifiers';
import { maskCard } from '../../values/mask';
import { cellNumber, cleanText } from '../../values/text';
import type { CheckedPaymentMethod } from '../payment';
import { cardPayment } from './card';
import { checkSecurityCode } from './securityCode';

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
export function payByCardData(input: CardDataInput, policy: CheckPolicy): CheckedPaymentMethod {
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
	return cardPayment(checks, 'bank_card', {
		data,
		identity: [number],
		masked: number === '' ? '' : maskCard(number),
	});
}

export function checkMonth(value: unknown): Checked<string> {
	const month = cellNumber(value);
	return Number.isInteger(month) && month >= 1 && month <= 12
		? ok(String(month).padStart(2, '0'))
		: invalid('The month of expiry is not a month', 'Enter 1 to 12.');
}

export function checkYear(value: unknown): Checked<string> {
	const text = String(value ?? '').trim();
	return /^(20)?\d\d$/.test(text)
		? ok(text.slice(-2))
		: invalid('The year of expiry is not a year', 'Enter it as 27 or 2027.');
}
