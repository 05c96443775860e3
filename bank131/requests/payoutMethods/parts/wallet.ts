import { compact } from '../../../lib/json';
import { FieldValidator } from '../../fieldValidator';
import { checkFullName, checkPurpose } from '../../../values/identifiers';
import type { CheckedValue } from '../../../values/problems';
import type { CheckedDestination, Destination } from '../../order';

export interface WalletInput {
	walletAccount: unknown;
	/** Optional in the bank's table, shown in its samples, required by its PHP SDK. It is sent if it is given. */
	recipientName: unknown;
	walletNote: unknown;
}

/** Characters. Longer descriptions make the operation fail (bank's page "Objects" / YooMoneyWalletPaymentMethod). */
const MAX_NOTE = 128;

/** The common part of all wallets. `mask` removes what must not be shown from the account. */
export function walletDestination(
	type: string,
	input: WalletInput,
	checked: CheckedValue<string>,
	mask: (account: string) => string,
): CheckedDestination<'wallet'> {
	const checks = new FieldValidator();
	const account = checks.take('walletAccount', checked);
	const description = checks.takeOptional('walletNote', input.walletNote, (note) =>
		checkPurpose(note, MAX_NOTE),
	);
	const recipientName = checks.takeOptional('recipientName', input.recipientName, checkFullName);
	return checks.result<Destination<'wallet'>>({
		kind: 'wallet',
		details: { type: 'wallet', wallet: { type, [type]: compact({ account, description }) } },
		masked: account === '' ? '' : mask(account),
		identity: [account],
		recipientName,
	});
}
