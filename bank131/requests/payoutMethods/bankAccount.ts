import { checkAccount } from '../../values/accountNumber';
import { checkBik, type CheckPolicy } from '../../values/identifiers';
import { maskAccount } from '../../values/mask';
import type { PayingAccountKind } from '../../values/payableAccounts';
import { FieldValidator } from '../fieldValidator';
import type { CheckedDestination } from '../order';
import { russianAccountDestination, type AccountHolderInput } from './parts/russianAccount';

/** Russian account (bank's page "Objects" / BankAccountRU), by BIK and number. */
export function accountByNumber(
	input: AccountHolderInput & { account: unknown; bik: unknown; paidFrom: PayingAccountKind },
	policy: CheckPolicy,
): CheckedDestination<'account'> {
	const validator = new FieldValidator();
	const bik = validator.take('bik', checkBik(input.bik));
	const account = validator.take(
		'account',
		checkAccount(input.account, bik, policy, input.paidFrom),
	);
	return russianAccountDestination(
		validator,
		{
			data: { bik, account },
			identity: [account],
			displayText: account === '' ? '' : maskAccount(account),
		},
		input,
		policy,
	);
}
