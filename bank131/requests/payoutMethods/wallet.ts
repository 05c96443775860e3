import {
	checkFullName,
	checkOpaque,
	checkPhone,
	checkPurpose,
	checkYooMoneyWallet,
} from '../../values/identifiers';
import { compact } from '../../lib/json';
import { maskAccount, maskPhone } from '../../values/mask';
import type { CheckedDestination, Destination } from '../order';
import type { Checked } from '../../lib/result';
import { FieldChecks } from '../../values/fieldProblems';

export interface WalletInput {
	walletAccount: unknown;
	/** Optional in the bank's table, shown in its samples, required by its PHP SDK: sent when given. */
	recipientName: unknown;
	walletNote: unknown;
}

/** Longer descriptions make the operation fail (bank's page "Objects" / YooMoneyWalletPaymentMethod). */
const MAX_NOTE = 128;

export const yoomoneyWallet = (input: WalletInput): CheckedDestination =>
	wallet('yoomoney', input, checkYooMoneyWallet(input.walletAccount), maskAccount);

/** Only in older pages of the bank; the account is the owner's phone number. */
export const qiwiWallet = (input: WalletInput): CheckedDestination =>
	wallet('qiwi', input, checkPhone(input.walletAccount), maskPhone);

/** Known from the PHP SDK only. */
export const monetaWallet = (input: WalletInput): CheckedDestination =>
	wallet('moneta', input, checkOpaque(input.walletAccount, 'Wallet number'), maskAccount);

/** Known from the PHP SDK only, there without a description. */
export const steamWallet = (input: WalletInput): CheckedDestination =>
	wallet(
		'steam',
		{ ...input, walletNote: '' },
		checkOpaque(input.walletAccount, 'Steam account'),
		(name) => name,
	);

function wallet(
	type: string,
	input: WalletInput,
	checked: Checked<string>,
	mask: (account: string) => string,
): CheckedDestination {
	const checks = new FieldChecks();
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
