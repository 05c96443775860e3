import { checkIban } from '../../values/accountNumber';
import { checkFullName, type CheckPolicy } from '../../values/identifiers';
import { maskAccount } from '../../values/mask';
import { FieldValidator } from '../fieldValidator';
import type { CheckedDestination, Destination } from '../order';

/**
 * An account abroad, by IBAN. Known from the PHP SDK only, whose details hold nothing but the number and whose payouts
 * need the recipient's name.
 */
export function accountByIban(
	input: { iban: unknown; recipientName: unknown },
	policy: CheckPolicy,
): CheckedDestination<'account'> {
	const validator = new FieldValidator();
	const account = validator.take('iban', checkIban(input.iban, policy));
	const recipientName = validator.take('recipientName', checkFullName(input.recipientName));
	return validator.result<Destination<'account'>>({
		kind: 'account',
		details: { type: 'bank_account', bank_account: { system_type: 'iban', iban: { account } } },
		displayText: account === '' ? '' : maskAccount(account),
		identity: [account],
		recipientName,
	});
}
