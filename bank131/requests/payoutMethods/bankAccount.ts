import { checkAccount, type PayoutSource } from '../../values/accountNumber';
import { FieldChecks } from '../../values/fieldProblems';
import { checkBik, type CheckPolicy } from '../../values/identifiers';
import { maskAccount } from '../../values/mask';
import type { CheckedDestination } from '../order';
import { russianAccountDestination, type AccountHolderInput } from './russianAccount';

/** Russian account (bank's page "Objects" / BankAccountRU), by BIK and number. */
export function accountByNumber(
	input: AccountHolderInput & { account: unknown; bik: unknown; paidFrom: PayoutSource },
	policy: CheckPolicy,
): CheckedDestination<'account'> {
	const checks = new FieldChecks();
	const bik = checks.take('bik', checkBik(input.bik));
	const account = checks.take('account', checkAccount(input.account, bik, policy, input.paidFrom));
	return russianAccountDestination(
		checks,
		{
			data: { bik, account },
			identity: [account],
			masked: account === '' ? '' : maskAccount(account),
		},
		input,
		policy,
	);
}
