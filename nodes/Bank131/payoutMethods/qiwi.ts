import { qiwiWallet } from '../../../bank131/requests/payoutMethods/qiwi';
import { readWallet, walletFields } from '../fields/recipient/wallet';
import type { PayoutMethodForm } from './payoutMethodForm';

export const qiwi: PayoutMethodForm = {
	kind: 'wallet',
	value: 'qiwi',
	name: 'QIWI Wallet',
	description: "No longer on the bank's current pages: ask your manager whether it is enabled",
	fields: walletFields,
	read: (param) => qiwiWallet(readWallet(param)),
};
