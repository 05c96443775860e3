import { monetaWallet } from '../../../bank131/requests/payoutMethods/moneta';
import { readWallet, walletFields } from '../fields/recipient/wallet';
import type { PayoutMethodForm } from './payoutMethodForm';

export const moneta: PayoutMethodForm = {
	kind: 'wallet',
	value: 'moneta',
	name: 'Moneta Wallet',
	description:
		"Not in the bank's public documentation: ask your manager at the bank whether it is enabled",
	fields: walletFields,
	read: (param) => monetaWallet(readWallet(param)),
};
