import { invalid, ok } from '../lib/result';
import { isInnValid, isLuhnValid } from './checkDigits';
import type { CheckedValue, KnownValue, ValueName } from './problems';
import { foldReference } from './references';
import { SEPARATORS, cellDigits, cellText, cleanText, enteredText, wrongLength } from './text';
import { findUnusableId, findUnusableText } from './unusableText';

/** Which optional checks are made. Lengths and characters are always checked. */
export interface CheckPolicy {
	/** Check digits of cards (Luhn), accounts and INNs. Off for the bank's demo: its documented test values fail them. */
	checkDigits: boolean;
	/** Called for a number with wrong check digits if they are not checked. */
	onWrongDigits?(what: KnownValue): void;
}

/** Whether the policy refuses a number, whose check digits are right if `isValid`. */
export function refusesDigits(policy: CheckPolicy, what: KnownValue, isValid: boolean): boolean {
	if (!isValid && !policy.checkDigits) policy.onWrongDigits?.(what);
	return !isValid && policy.checkDigits;
}

/** The 14–19 digits of a card number (api/03 §1, SDK), from text with spaces and hyphens. Luhn under `policy`. */
export function checkCardNumber(input: unknown, policy: CheckPolicy): CheckedValue<string> {
	const digits = cellDigits(input, 'cardNumber');
	if (!digits.ok) return digits;
	const { value } = digits;
	if (value.length < 14 || value.length > 19) {
		return wrongLength('cardNumber', value, [14, 19]);
	}
	if (refusesDigits(policy, 'cardNumber', isLuhnValid(value))) {
		return invalid({ code: 'cardNumber.wrongCheckDigit', lastDigits: value.slice(-4) });
	}
	return ok(value);
}

/** BIK of a Russian bank: nine digits, the first a zero. */
export function checkBik(input: unknown): CheckedValue<string> {
	const digits = cellDigits(input, 'bik');
	if (!digits.ok) return digits;
	const { value } = digits;
	if (value.length !== 9) return wrongLength('bik', value, 9, value.length === 8);
	return value.startsWith('0') ? ok(value) : invalid({ code: 'bik.wrongFirstDigit' });
}

/**
 * INN, the taxpayer's number: 10 digits for a company, 12 for a person. `length` allows only one of the two. Check
 * digits under `policy`.
 */
export function checkInn(
	input: unknown,
	policy: CheckPolicy,
	length?: 10 | 12,
): CheckedValue<string> {
	const digits = cellDigits(input, 'inn');
	if (!digits.ok) return digits;
	const { value } = digits;
	if (length === 10 && value.length === 12) return invalid({ code: 'inn.ofPerson' });
	if (length === 12 && value.length === 10) return invalid({ code: 'inn.ofCompany' });
	const allowed = length ? [length] : [10, 12];
	if (!allowed.some((count) => count === value.length)) {
		const isZeroLost = allowed.some((count) => count === value.length + 1);
		return length
			? wrongLength('inn', value, length, isZeroLost)
			: invalid({ code: 'inn.wrongLength', digits: value.length, isZeroLost });
	}
	return refusesDigits(policy, 'inn', !value.startsWith('00') && isInnValid(value))
		? invalid({ code: 'inn.wrongCheckDigits' })
		: ok(value);
}

/** KPP, a company's registration reason code: 4 digits, 2 digits or capital Latin letters, 3 digits. */
export function checkKpp(input: unknown): CheckedValue<string> {
	const text = cellText(input, 'kpp');
	if (!text.ok) return text;
	const value = text.value.replace(SEPARATORS, '').toUpperCase();
	if (/^\d{4}[0-9A-Z]{2}\d{3}$/.test(value)) return ok(value);
	if (/^\d{8}$/.test(value)) return wrongLength('kpp', value, 9, true);
	return invalid({ code: 'kpp.wrongFormat' });
}

/** `+8` or `008` apart from the next digits. */
const PLUS_EIGHT = /^(?:\+|00)\s?8[\s().\u2010-\u2015-]/;

/**
 * Phone in the bank's form: digits with the country code, without `+` (`79680000000`, api/03 §3). Input: a Russian
 * number that begins with `+7`, `8` or `7`, with spaces, brackets, dots and hyphens; other countries only with `+` or
 * `00`.
 */
export function checkPhone(input: unknown): CheckedValue<string> {
	const text = cellText(input, 'phone');
	if (!text.ok) return text;
	const compact = text.value.replace(/[\s().\u2010-\u2015-]/g, '');
	const international = /^(?:\+|00)([0-9]+)$/.exec(compact);
	const digits = international ? international[1] : compact;
	if (!/^[0-9]+$/.test(digits)) return invalid({ code: 'phone.notDigits' });
	// "+8 495 …" is the Russian 8 with a plus, not the Vietnamese +84: a country code has no blank inside.
	if (PLUS_EIGHT.test(text.value) && digits.length === 11) {
		return invalid({ code: 'phone.plusEight' });
	}
	if (/^7\d{10}$/.test(digits)) return ok(digits);
	if (international && /^[1-69]\d{9,14}$|^8[1-8]\d{8,13}$/.test(digits)) return ok(digits);
	if (/^8\d{10}$/.test(digits) && !international) return ok(`7${digits.slice(1)}`);
	if (/^9\d{9}$/.test(digits)) return invalid({ code: 'phone.noCountryCode' });
	return invalid({ code: 'phone.wrongLength', digits: digits.length });
}

/** ID of a bank in the Faster Payments System: 12 digits, such as `100000000069`. */
export function checkFpsBankId(input: unknown): CheckedValue<string> {
	const digits = cellDigits(input, 'fpsBankId');
	if (!digits.ok) return digits;
	const { length } = digits.value;
	return length === 12 ? digits : invalid({ code: 'fpsBankId.wrongLength', digits: length });
}

/** A long number as a spreadsheet shows it: `1E+11`. */
const SHORTENED_NUMBER = /^\s*\d+(?:[.,]\d+)?e\+?\d+\s*$/i;

/** Whether an FPS bank is given by its name and not by its ID: a text with letters. */
export const isFpsBankName = (input: unknown): input is string =>
	typeof input === 'string' && /\p{L}/u.test(input) && !SHORTENED_NUMBER.test(input);

/** Name of a bank of the Faster Payments System as a person writes it. Whether there is such a bank is not checked. */
export const checkFpsBankName = (input: unknown): CheckedValue<string> =>
	cleanText(input, 'fpsBankId', 255);

/** Number of a YooMoney wallet: 11–20 digits (api/03 §4). */
export function checkYooMoneyWallet(input: unknown): CheckedValue<string> {
	const digits = cellDigits(input, 'yooMoneyWallet');
	if (!digits.ok) return digits;
	const { length } = digits.value;
	return length < 11 || length > 20
		? wrongLength('yooMoneyWallet', digits.value, [11, 20])
		: digits;
}

/**
 * Purpose of a payment: not empty, one line, without `?` and `!` (api/03). At most `maxLength` characters: 210 to an
 * account, 140 by FPS, 128 to YooMoney. Assumption: the bank counts characters, not bytes, and accepts no line breaks.
 */
export function checkPurpose(input: unknown, maxLength: number): CheckedValue<string> {
	const text = cleanText(input, 'purpose', maxLength);
	if (!text.ok) return text;
	const forbidden = /[?!]/.exec(text.value);
	return forbidden
		? invalid({ code: 'purpose.forbiddenCharacter', character: forbidden[0] })
		: text;
}

/** Name of a person or company, as in the passport or agreement. Assumption: no name has more than 255 characters. */
export function checkFullName(input: unknown): CheckedValue<string> {
	const text = cleanText(input, 'fullName', 255);
	if (!text.ok) return text;
	return /\p{L}/u.test(text.value) ? text : invalid({ code: 'fullName.noLetters' });
}

/**
 * The user's own ID of an operation, at most 255 characters, as it was entered: users join the output with their sheet
 * by it. Its idempotency key comes from `foldReference`.
 */
export function checkReference(input: unknown): CheckedValue<string> {
	const text = enteredText(input, 'reference', 255);
	if (!text.ok) return text;
	if (foldReference(text.value) === '') return invalid({ code: 'value.empty', what: 'reference' });
	const problem = findUnusableId(text.value, 'reference');
	return problem ? invalid(problem) : text;
}

/**
 * An account, login or token without what can be spelt in several ways: capitals, blanks and signs. Only to compare
 * two of them, where taking two for one is the safe mistake.
 */
export const foldIdentifier = (text: string): string =>
	text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');

/** A token or hash issued by the bank or its widget: 1–4096 printable ASCII characters without spaces. */
export function checkToken(input: unknown, what: ValueName): CheckedValue<string> {
	if (typeof input !== 'string' || input.trim() === '') {
		const isEmpty = input === undefined || input === null || typeof input === 'string';
		return invalid({ code: isEmpty ? 'value.empty' : 'token.notText', what });
	}
	const value = input.trim();
	const problem = findUnusableText(value, what);
	if (problem) return invalid(problem);
	return /^[\x21-\x7e]{1,4096}$/.test(value)
		? ok(value)
		: invalid({ code: 'token.forbiddenCharacter', what });
}
