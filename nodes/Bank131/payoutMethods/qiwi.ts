import { qiwiWallet } from '../../../bank131/requests/payoutMethods/qiwi';
import { fields, readWallet } from '../fields/recipient/wallet';
import type { PayoutMethodForm } from './form';

export const qiwi: PayoutMethodForm = {
	value: 'qiwi',
	name: 'QIWI Wallet',
	description: "No longer on the bank's current pages: ask your manager whether it is enabled",
	fields,
	read: (param) => qiwiWallet(readWallet(param)),
};
