import { steamWallet } from '../../../bank131/requests/payoutMethods/steam';
import { recipientName } from '../fields/recipient/personName';
import { readWallet, walletAccount } from '../fields/recipient/wallet';
import type { PayoutMethodForm } from './payoutMethodForm';

export const steam: PayoutMethodForm = {
	kind: 'wallet',
	value: 'steam',
	name: 'Steam Wallet',
	description:
		"Not in the bank's public documentation: ask your manager at the bank whether it is enabled",
	fields: [walletAccount, recipientName],
	read: (param) => steamWallet({ ...readWallet(param), walletNote: '' }),
};
