import { invalid, ok } from '../lib/result';
import { isAccountKeyValid, isIbanValid } from './checkDigits';
import { refusesDigits, type CheckPolicy } from './identifiers';
import { maskAccount } from './mask';
import { payableAccounts, type PayingAccountKind } from './payableAccounts';
import type { CheckedValue, ValueName } from './problems';
import { SEPARATORS, cellDigits, cellText, wrongLength } from './text';

/** Digits 6 to 8 of a ruble account. */
const RUBLES = '810';
/** Characters that people write between the digits of an account. */
const ACCOUNT_SEPARATORS = /[\s.\u2010-\u2015-]/g;

/** The digits of an account number of any length, without spaces, dots and hyphens. */
export const accountDigits = (input: unknown, what: ValueName): CheckedValue<string> =>
	cellDigits(input, what, ACCOUNT_SEPARATORS);

/**
 * The 20 digits of a Russian account in rubles; spaces, dots and hyphens in the input are allowed. The bank must pay to
 * accounts with its first five digits (api/03 §2). `policy` decides whether its control key must match `bik`; the key
 * is not checked where `bik` does not have 9 digits, because that is reported as a problem of the BIK.
 */
export function checkAccount(
	input: unknown,
	bik: string,
	policy: CheckPolicy,
	paidFrom: PayingAccountKind | 'any' = 'collateral',
): CheckedValue<string> {
	const digits = accountDigits(input, 'account');
	if (!digits.ok) return digits;
	const { value } = digits;
	if (value.length !== 20) return wrongLength('account', value, 20);
	const account = maskAccount(value);
	const currency = value.slice(5, 8);
	if (currency !== RUBLES) return invalid({ code: 'account.notRubles', account, currency });
	const accepted = payableAccounts[paidFrom];
	if (!accepted.includes(value.slice(0, 5))) {
		return invalid({ code: 'account.notPaidTo', account, paidFrom, accepted });
	}
	if (/^\d{9}$/.test(bik) && refusesDigits(policy, 'account', isAccountKeyValid(value, bik))) {
		return invalid({ code: 'account.wrongCheckDigit', account, bik });
	}
	return ok(value);
}

/**
 * An IBAN in capital letters without blanks: country, two check digits, 11 to 30 letters and digits (ISO 13616). Its
 * check digits under `policy`.
 */
export function checkIban(input: unknown, policy: CheckPolicy): CheckedValue<string> {
	const text = cellText(input, 'iban');
	if (!text.ok) return text;
	const value = text.value.replace(SEPARATORS, '').toUpperCase();
	if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/.test(value)) {
		return invalid({ code: 'iban.wrongFormat' });
	}
	return refusesDigits(policy, 'iban', isIbanValid(value))
		? invalid({ code: 'iban.wrongCheckDigits', account: maskAccount(value) })
		: ok(value);
}
