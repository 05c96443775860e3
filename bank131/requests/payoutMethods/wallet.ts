import { compact } from '../../lib/json';
import { FieldValidator } from '../fieldValidator';
import { checkFullName, checkPurpose } from '../../values/identifiers';
import type { CheckedValue } from '../../values/problems';
import type { CheckedDestination, Destination } from '../order';

export interface WalletInput {
	walletAccount: unknown;
	/** Optional in the bank's table, shown in its samples, required by its PHP SDK: sent when given. */
	recipientName: unknown;
	walletNote: unknown;
}

/** Longer descriptions make the operation fail (bank's page "Objects" / YooMoneyWalletPaymentMethod). */
const MAX_NOTE = 128;

export function wallet(
	type: string,
	input: WalletInput,
	checked: CheckedValue<string>,
	mask: (account: string) => string,
): CheckedDestination {
	const checks = new FieldValidator();
	const account = checks.take('walletAccount', checked);
	const description = checks.takeOptional('walletNote', input.walletNote, (note) =>
		checkPurpose(note, MAX_NOTE),
	);
	const recipientName = checks.takeOptional('recipientName', input.recipientName, checkFullName);
	return checks.result<Destination>({
		details: { type: 'wallet', wallet: { type, [type]: compact({ account, description }) } },
		masked: account === '' ? '' : mask(account),
		recipientName,
	});
}
