import { checkFullName, checkPhone, checkPurpose, checkYooMoneyWallet } from '../checks';
import { compact } from '../json';
import { maskAccount, maskPhone } from '../mask';
import type { CheckedDestination } from '../order';
import type { Checked } from '../problem';
import { FieldChecks } from './fieldChecks';

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

function wallet(
	type: string,
	input: WalletInput,
	checked: Checked<string>,
	mask: (account: string) => string,
): CheckedDestination {
	const checks = new FieldChecks();
	const account = checks.take('walletAccount', checked);
	const description = given(input.walletNote)
		? checks.take('walletNote', checkPurpose(input.walletNote, MAX_NOTE))
		: undefined;
	const recipientName = given(input.recipientName)
		? checks.take('recipientName', checkFullName(input.recipientName))
		: undefined;
	return checks.destination({
		details: { type: 'wallet', wallet: { type, [type]: compact({ account, description }) } },
		masked: account === '' ? '' : mask(account),
		recipientName,
	});
}

const given = (value: unknown): boolean =>
	value !== undefined && value !== null && String(value).trim() !== '';
