import { checkAccount, type PayoutSource } from '../../values/accountNumber';
import { FieldChecks } from '../../values/fieldProblems';
import { checkBik, type CheckPolicy } from '../../values/identifiers';
import { maskAccount } from '../../values/mask';
import type { CheckedDestination } from '../order';
import { russianAccountDestination, type AccountHolderInput } from './russianAccount';

/** Russian account (bank's page "Objects" / BankAccountRU), by BIK and number. */
export function accountByNumber(
	input: AccountHolderInput & { account: unknown; bik: unknown; source: PayoutSource },
	policy: CheckPolicy,
): CheckedDestination {
	const checks = new FieldChecks();
	const bik = checks.take('bik', checkBik(input.bik));
	const account = checks.take('account', checkAccount(input.account, bik, policy, input.source));
	return russianAccountDestination(
		checks,
		{ bik, account },
		account === '' ? '' : maskAccount(account),
		input,
		policy,
	);
}
