import { yoomoneyWallet } from '../../../bank131/requests/payoutMethods/yoomoney';
import { readWallet, walletFields } from '../fields/recipient/wallet';
import type { PayoutMethodForm } from './payoutMethodForm';

export const yoomoney: PayoutMethodForm = {
	kind: 'wallet',
	value: 'yoomoney',
	name: 'YooMoney Wallet',
	description: 'To a YooMoney wallet',
	fields: walletFields,
	read: (param) => yoomoneyWallet(readWallet(param)),
};
