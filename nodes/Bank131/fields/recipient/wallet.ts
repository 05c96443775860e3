import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../../parameters/itemParameters';
import { recipientName } from './personName';

export const walletAccount: INodeProperties = {
	displayName: 'Wallet Number',
	name: 'walletAccount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 410012411727100',
	description:
		'Needed. YooMoney: 11 to 20 digits. Moneta: the account number. QIWI: the phone number. Steam: the account name.',
};

export const walletNote: INodeProperties = {
	displayName: 'Wallet Note',
	name: 'walletNote',
	type: 'string',
	default: '',
	description: 'Optional. What the recipient reads in the wallet, up to 128 characters.',
};

export const walletFields = [walletAccount, recipientName, walletNote];

/** Reads the fields of a wallet. They are not checked here. */
export function readWallet(param: ItemParameters) {
	return {
		walletAccount: param.raw('walletAccount'),
		recipientName: param.raw('recipientName'),
		walletNote: param.raw('walletNote'),
	};
}
