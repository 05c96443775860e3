import { isInnValid, isLuhnValid } from './checkDigits';
import {
	COPY_AGAIN,
	SEPARATORS,
	empty,
	digitCount,
	cellText,
	cellDigits,
	wrongLength,
	cleanText,
	oneSpelling,
} from './text';
import { invalid, ok, type Checked } from '../lib/result';

/** How far values are checked: lengths and characters always. */
export interface CheckPolicy {
	/** Luhn, account key, INN. Off for the bank's demo, whose documented test values fail them. */
	checkDigits: boolean;
}

/** Card number of 14–19 digits (api/03 §1, SDK), spaces and hyphens allowed; the digits only. Luhn under `policy`. */
export function checkCardNumber(input: unknown, policy: CheckPolicy): Checked<string> {
	const what = 'Card number';
	const digits = cellDigits(input, what);
	if (!digits.ok) return digits;
	const { value } = digits;
	if (value.length < 14 || value.length > 19) {
		return wrongLength(what, value, '14 to 19', false);
	}
	if (policy.checkDigits && !isLuhnValid(value)) {
		return invalid(
			`Card number ending in ${value.slice(-4)} does not exist: its check digit is wrong`,
			COPY_AGAIN,
		);
	}
	return ok(value);
}

/** BIK of a Russian bank: nine digits, the first a zero. */
export function checkBik(input: unknown): Checked<string> {
	const digits = cellDigits(input, 'BIK');
	if (!digits.ok) return digits;
	const { value } = digits;
	if (value.length !== 9) return wrongLength('BIK', value, '9', value.length === 8);
	if (!value.startsWith('0')) {
		return invalid(
			'BIK does not begin with 0',
			'Copy the BIK again: it has nine digits, such as 044525974.',
		);
	}
	return ok(value);
}

/**
 * INN, the taxpayer's number: 10 digits of a company, 12 of a person; `length` demands one of them. Check digits under
 * `policy`.
 */
export function checkInn(input: unknown, policy: CheckPolicy, length?: 10 | 12): Checked<string> {
	const digits = cellDigits(input, 'INN');
	if (!digits.ok) return digits;
	const { value } = digits;
	if (length === 10 && value.length === 12) {
		return invalid(
			'INN has 12 digits, as a person has; a company has 10',
			'Enter the INN of the company.',
		);
	}
	if (length === 12 && value.length === 10) {
		return invalid(
			'INN has 10 digits, as a company has; a person has 12',
			'Enter the INN of the person.',
		);
	}
	const allowed = length ? [length] : [10, 12];
	if (!allowed.some((count) => count === value.length)) {
		const lostZero = allowed.some((count) => count === value.length + 1);
		return wrongLength(
			'INN',
			value,
			length ? String(length) : '10 (company) or 12 (person)',
			lostZero,
		);
	}
	return policy.checkDigits && (value.startsWith('00') || !isInnValid(value))
		? invalid('INN does not exist: its check digits are wrong', COPY_AGAIN)
		: ok(value);
}

/** KPP, the company's registration reason: 4 digits, 2 digits or capital Latin letters, 3 digits. */
export function checkKpp(input: unknown): Checked<string> {
	const text = cellText(input, 'KPP');
	if (!text.ok) return text;
	const value = text.value.replace(SEPARATORS, '').toUpperCase();
	if (/^\d{4}[0-9A-Z]{2}\d{3}$/.test(value)) return ok(value);
	if (/^\d{8}$/.test(value)) return wrongLength('KPP', value, '9', true);
	return invalid('KPP is not a KPP', 'Enter its nine characters, such as 770801001.');
}

/**
 * Phone as the bank wants it: digits with the country, no `+` (`79680000000`, api/03 §3). Accepts `+7`, `8` and `7` with
 * spaces, brackets, hyphens; other countries only when written with `+` or `00`.
 */
export function checkPhone(input: unknown): Checked<string> {
	const text = cellText(input, 'Phone');
	if (!text.ok) return text;
	const compact = text.value.replace(/[\s().\u2010-\u2015-]/g, '');
	const international = /^(?:\+|00)([0-9]+)$/.exec(compact);
	const digits = international ? international[1] : compact;
	if (!/^[0-9]+$/.test(digits)) {
		return invalid('Phone holds something other than digits', 'Enter it like +7 968 000-00-00.');
	}
	if (/^7\d{10}$/.test(digits)) return ok(digits);
	if (international && /^[1-69]\d{9,14}$|^8[1-8]\d{8,13}$/.test(digits)) return ok(digits);
	if (/^8\d{10}$/.test(digits) && !international) return ok(`7${digits.slice(1)}`);
	if (/^9\d{9}$/.test(digits)) {
		return invalid('Phone has no country code', 'Put +7 in front of a Russian number.');
	}
	return invalid(
		`Phone has ${digitCount(digits)}, not the 11 of a Russian number`,
		'Enter it like +7 968 000-00-00.',
	);
}

/** Id of a bank in the Faster Payments System: 12 digits, such as `100000000069`. */
export function checkFpsBankId(input: unknown): Checked<string> {
	const what = 'Bank ID';
	const digits = cellDigits(input, what);
	if (!digits.ok) return digits;
	if (digits.value.length !== 12) {
		return invalid(
			`${what} has ${digitCount(digits.value)}, not 12`,
			'Choose the bank from the list of FPS banks. It is not the BIK.',
		);
	}
	return digits;
}

/** YooMoney wallet of 11–20 digits (api/03 §4). */
export function checkYooMoneyWallet(input: unknown): Checked<string> {
	const what = 'YooMoney wallet';
	const digits = cellDigits(input, what);
	if (!digits.ok) return digits;
	const { length } = digits.value;
	return length < 11 || length > 20 ? wrongLength(what, digits.value, '11 to 20', false) : digits;
}

/**
 * Purpose of payment: not empty, at most `maxLength` characters (210 to an account, 140 by FPS, 128 to YooMoney), without
 * `?` and `!` (api/03). Assumption: the bank counts characters, not bytes, and takes no line breaks.
 */
export function checkPurpose(input: unknown, maxLength: number): Checked<string> {
	const what = 'Purpose';
	const text = cleanText(input, what, maxLength);
	if (!text.ok) return text;
	const forbidden = /[?!]/.exec(text.value);
	if (forbidden) {
		return invalid(
			`${what} holds "${forbidden[0]}", which banks do not accept there`,
			'Take out question marks and exclamation marks.',
		);
	}
	return text;
}

/** Name of a person or company, as in the passport or agreement. Assumption: 255 characters are enough for anybody. */
export function checkFullName(input: unknown): Checked<string> {
	const what = 'Full name';
	const text = cleanText(input, what, 255);
	if (!text.ok) return text;
	return /\p{L}/u.test(text.value)
		? text
		: invalid(
				`${what} holds no letters`,
				'Enter the name as it is in the passport or the agreement.',
			);
}

/**
 * The user's own id of the payout. Trimmed and in one spelling, because the same order must always give the same
 * idempotency key.
 */
export function checkReference(input: unknown): Checked<string> {
	const text = cleanText(input, 'Reference', 255);
	return text.ok ? ok(oneSpelling(text.value)) : text;
}

/** A token or hash the bank or its widget has made: opaque, but never empty and never with spaces. */
export function checkOpaque(input: unknown, what: string): Checked<string> {
	if (typeof input !== 'string' || input.trim() === '') {
		return input === undefined || input === null || typeof input === 'string'
			? empty(what)
			: invalid(`${what} is not text`, 'Enter it exactly as the bank gave it.');
	}
	const value = input.trim();
	return /^[\x21-\x7e]{1,4096}$/.test(value)
		? ok(value)
		: invalid(
				`${what} holds spaces or foreign characters`,
				'Enter it exactly as the bank gave it.',
			);
}
