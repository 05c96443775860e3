import { compact } from '../../../lib/json';
import { checkFullName, checkPurpose } from '../../../values/identifiers';
import type { CheckedValue } from '../../../values/problems';
import { FieldValidator } from '../../fieldValidator';
import type { CheckedDestination, Destination } from '../../order';

/** The fields of a payout to a wallet. */
export interface WalletInput {
	walletAccount: unknown;
	/** Optional in the bank's table, shown in its samples, required by its PHP SDK. It is sent if it is given. */
	recipientName: unknown;
	/** Purpose of the payout, optional. */
	walletNote: unknown;
}

/** Characters. Longer descriptions make the operation fail (bank's page "Objects" / YooMoneyWalletPaymentMethod). */
const MAX_NOTE = 128;

/** The common part of all wallets. `mask` makes the account fit to be shown. */
export function walletDestination(
	type: string,
	input: WalletInput,
	checked: CheckedValue<string>,
	mask: (account: string) => string,
): CheckedDestination<'wallet'> {
	const validator = new FieldValidator();
	const account = validator.take('walletAccount', checked);
	const description = validator.takeOptional('walletNote', input.walletNote, (note) =>
		checkPurpose(note, MAX_NOTE),
	);
	const recipientName = validator.takeOptional('recipientName', input.recipientName, checkFullName);
	return validator.result<Destination<'wallet'>>({
		kind: 'wallet',
		details: { type: 'wallet', wallet: { type, [type]: compact({ account, description }) } },
		displayText: account === '' ? '' : mask(account),
		identity: [account],
		recipientName,
	});
}
