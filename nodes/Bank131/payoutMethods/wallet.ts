import type { INodeProperties } from 'n8n-workflow';

import {
	monetaWallet,
	qiwiWallet,
	steamWallet,
	yoomoneyWallet,
} from '../../../bank131/requests/payoutMethods/wallet';
import type { ItemParameters } from '../parameters/itemParameters';
import { recipientName, type PayoutMethodForm } from './form';

const walletAccount: INodeProperties = {
	displayName: 'Wallet Number',
	name: 'walletAccount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 410012411727100',
	description:
		'YooMoney: 11 to 20 digits. Moneta: the account number. QIWI: the phone number. Steam: the account name.',
};

const walletNote: INodeProperties = {
	displayName: 'Note',
	name: 'walletNote',
	type: 'string',
	default: '',
	description: 'Description of the payout, up to 128 characters',
};

const fields = [walletAccount, recipientName, walletNote];

export const qiwi: PayoutMethodForm = {
	value: 'qiwi',
	name: 'QIWI Wallet',
	description: "No longer on the bank's current pages: ask your manager whether it is enabled",
	fields,
	read: (param) => qiwiWallet(readWallet(param)),
};

export const moneta: PayoutMethodForm = {
	value: 'moneta',
	name: 'Moneta Wallet',
	description: 'Known from the SDK only: ask your manager whether it is enabled',
	fields,
	read: (param) => monetaWallet(readWallet(param)),
};

export const steam: PayoutMethodForm = {
	value: 'steam',
	name: 'Steam Wallet',
	description: 'Known from the SDK only: ask your manager whether it is enabled',
	fields: [walletAccount, recipientName],
	read: (param) => steamWallet({ ...readWallet(param), walletNote: '' }),
};

export const yoomoney: PayoutMethodForm = {
	value: 'yoomoney',
	name: 'YooMoney Wallet',
	description: 'To a YooMoney wallet',
	fields,
	read: (param) => yoomoneyWallet(readWallet(param)),
};

function readWallet(param: ItemParameters) {
	return {
		walletAccount: param.raw('walletAccount'),
		recipientName: param.raw('recipientName'),
		walletNote: param.raw('walletNote'),
	};
}
