import { invalid, ok, type Result } from '../lib/result';
import { isAccountKeyValid } from './checkDigits';
import type { CheckPolicy } from './identifiers';
import { maskAccount } from './mask';
import type { ValueName, ValueProblem } from './problems';
import { cellDigits, wrongLength } from './text';

/** The kind of account that pays, which decides which accounts can be paid (api/03 §2). */
export type PayingAccountKind = 'collateral' | 'settlement';

const ACCOUNTS_OF_PEOPLE = ['40817', '42301', '42302', '42303', '42304', '42305', '42306', '42307'];
const RUBLES = '810';

/**
 * First five digits of the accounts that the bank pays to, by the account that pays. `settlement` includes escrow.
 * `any` is for tokens, which can be paid from every account.
 */
const BALANCE_ACCOUNTS: Record<PayingAccountKind | 'any', string[]> = {
	collateral: [...ACCOUNTS_OF_PEOPLE, '40802', '40820', '40702'],
	settlement: [...ACCOUNTS_OF_PEOPLE, '40802', '40701', '40502', '40702'],
	any: [...ACCOUNTS_OF_PEOPLE, '40802', '40820', '40701', '40502', '40702'],
};
/** Characters that people write between the digits of an account. */
const ACCOUNT_SEPARATORS = /[\s.\u2010-\u2015-]/g;

/** The digits of an account number of any length, without spaces, dots and hyphens. */
export const accountDigits = (input: unknown, what: ValueName): Result<string, ValueProblem> =>
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
): Result<string, ValueProblem> {
	const digits = accountDigits(input, 'account');
	if (!digits.ok) return digits;
	const { value } = digits;
	if (value.length !== 20) return wrongLength('account', value, 20);
	const account = maskAccount(value);
	const currency = value.slice(5, 8);
	if (currency !== RUBLES) return invalid({ code: 'account.notRubles', account, currency });
	const accepted = BALANCE_ACCOUNTS[paidFrom];
	if (!accepted.includes(value.slice(0, 5))) {
		return invalid({ code: 'account.notPaidTo', account, paidFrom, accepted });
	}
	if (policy.checkDigits && /^\d{9}$/.test(bik) && !isAccountKeyValid(value, bik)) {
		return invalid({ code: 'account.wrongCheckDigit', account, bik });
	}
	return ok(value);
}
