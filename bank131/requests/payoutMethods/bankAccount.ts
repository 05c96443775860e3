import { checkAccount } from '../../values/accountNumber';
import { FieldValidator } from '../fieldValidator';
import { checkBik, type CheckPolicy } from '../../values/identifiers';
import { maskAccount } from '../../values/mask';
import type { PayingAccountKind } from '../../values/payableAccounts';
import type { CheckedDestination } from '../order';
import { russianAccountDestination, type AccountHolderInput } from './parts/russianAccount';

/** Russian account (bank's page "Objects" / BankAccountRU), by BIK and number. */
export function accountByNumber(
	input: AccountHolderInput & { account: unknown; bik: unknown; paidFrom: PayingAccountKind },
	policy: CheckPolicy,
): CheckedDestination<'account'> {
	const checks = new FieldValidator();
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
