import { yoomoneyWallet } from '../../../bank131/requests/payoutMethods/yoomoney';
import { fields, readWallet } from '../fields/recipient/wallet';
import type { PayoutMethodForm } from './form';

export const yoomoney: PayoutMethodForm = {
	value: 'yoomoney',
	name: 'YooMoney Wallet',
	description: 'To a YooMoney wallet',
	fields,
	read: (param) => yoomoneyWallet(readWallet(param)),
};
