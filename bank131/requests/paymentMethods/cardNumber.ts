import { compact } from '../../lib/json';
import { invalid, ok, type Result } from '../../lib/result';
import { checkCardNumber, type CheckPolicy } from '../../values/identifiers';
import { maskCard } from '../../values/mask';
import { cellNumber, cleanText, valueText } from '../../values/text';
import { FieldValidator } from '../fieldValidator';
import type { CheckedPaymentMethod } from '../payment';
import type { RequestProblem } from '../problems';
import { cardPayment } from './parts/card';
import { checkSecurityCode } from './parts/securityCode';

/** The fields of a payer's card. Security code and name are optional. */
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
	const validator = new FieldValidator();
	const number = validator.take('cardNumber', checkCardNumber(input.cardNumber, policy));
	const data = compact({
		number,
		expiration_month: validator.take('expirationMonth', checkExpiryMonth(input.expirationMonth)),
		expiration_year: validator.take('expirationYear', checkExpiryYear(input.expirationYear)),
		security_code: validator.takeOptional('securityCode', input.securityCode, checkSecurityCode),
		cardholder_name: validator.takeOptional('cardholderName', input.cardholderName, (name) =>
			cleanText(name, 'cardholderName'),
		),
	});
	return cardPayment(validator, 'bank_card', {
		data,
		identity: [number],
		displayText: number === '' ? '' : maskCard(number),
	});
}

/** Month of expiry as two digits, from a number 1 to 12. */
function checkExpiryMonth(value: unknown): Result<string, RequestProblem> {
	const month = cellNumber(value);
	return Number.isInteger(month) && month >= 1 && month <= 12
		? ok(String(month).padStart(2, '0'))
		: invalid({ code: 'card.expiryMonth' });
}

/** Year of expiry as two digits, from two or four. */
function checkExpiryYear(value: unknown): Result<string, RequestProblem> {
	const text = valueText(value);
	return /^(20)?\d\d$/.test(text) ? ok(text.slice(-2)) : invalid({ code: 'card.expiryYear' });
}
