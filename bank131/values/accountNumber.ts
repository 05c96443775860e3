import { cellDigits, wrongLength } from './text';
import { isAccountKeyValid } from './checkDigits';
import type { CheckPolicy } from './identifiers';
import { maskAccount } from './mask';
import { invalid, ok, type Checked } from '../lib/result';

/** Where the money of a payout comes from decides which accounts it can go to (api/03 §2). */
export type PayoutSource = 'collateral' | 'settlement';

const FOR_PEOPLE = ['40817', '42301', '42302', '42303', '42304', '42305', '42306', '42307'];
const RUBLES = '810';

/** Beginnings of accounts the bank pays to, by source; `settlement` holds for escrow too. A token is paid to from any. */
const BALANCE_ACCOUNTS: Record<PayoutSource | 'any', string[]> = {
	collateral: [...FOR_PEOPLE, '40802', '40820', '40702'],
	settlement: [...FOR_PEOPLE, '40802', '40701', '40502', '40702'],
	any: [...FOR_PEOPLE, '40802', '40820', '40701', '40502', '40702'],
};
const FROM: Record<PayoutSource | 'any', string> = {
	collateral: ' from the collateral account',
	settlement: ' from a settlement or escrow account',
	any: '',
};
/** What may stand between the digits of an account. */
const ACCOUNT_SEPARATORS = /[\s.\u2010-\u2015-]/g;

export const accountDigits = (input: unknown, what: string): Checked<string> =>
	cellDigits(input, what, ACCOUNT_SEPARATORS);

/**
 * Russian account of 20 digits, spaces, dots and hyphens allowed; the digits only. Its beginning must be one the bank
 * pays to; the control key against `bik` under `policy`, unless `bik` is no BIK, which is its own problem already.
 */
export function checkAccount(
	input: unknown,
	bik: string,
	policy: CheckPolicy,
	source: PayoutSource | 'any' = 'collateral',
): Checked<string> {
	const what = 'Account';
	const digits = accountDigits(input, what);
	if (!digits.ok) return digits;
	const { value } = digits;
	if (value.length !== 20) return wrongLength(what, value, '20', false);
	const shown = `Account ${maskAccount(value)}`;
	if (value.slice(5, 8) !== RUBLES) {
		return invalid(
			`${shown} is not in rubles: its digits 6 to 8 are ${value.slice(5, 8)}, not ${RUBLES}`,
			'Ask the recipient for a ruble account.',
		);
	}
	if (!BALANCE_ACCOUNTS[source].includes(value.slice(0, 5))) {
		return invalid(
			`${shown} is of a kind that Bank 131 does not pay to${FROM[source]}`,
			`Ask the recipient for an account that begins with one of ${BALANCE_ACCOUNTS[source].join(', ')}.`,
		);
	}
	if (policy.checkDigits && /^\d{9}$/.test(bik) && !isAccountKeyValid(value, bik)) {
		return invalid(
			`${shown} does not belong to BIK ${bik}: its control digit is wrong`,
			'Check both: one digit of the account or the BIK may be wrong.',
		);
	}
	return ok(value);
}
