import { qiwiWallet } from '../../../bank131/requests/payoutMethods/qiwi';
import { readWallet, walletFields } from '../fields/recipient/wallet';
import type { PayoutMethodForm } from './payoutMethodForm';

export const qiwi: PayoutMethodForm = {
	kind: 'wallet',
	value: 'qiwi',
	name: 'QIWI Wallet',
	description: "No longer on the bank's pages: ask your manager at the bank whether it is enabled",
	fields: walletFields,
	read: (param) => qiwiWallet(readWallet(param)),
};
