import type { INodeProperties } from 'n8n-workflow';

import { payByInternalTransfer } from '../../../bank131/requests/paymentMethods/internalTransfer';
import { textField, type PaymentMethodForm } from './paymentMethodForm';

const transferFrom: INodeProperties = {
	displayName: 'Transfer From',
	name: 'transferFrom',
	type: 'options',
	options: [
		{ name: 'Escrow Account', value: 'escrow' },
		{ name: 'Settlement Account', value: 'settlement' },
	],
	default: 'escrow',
	description: 'Which of your accounts the money comes from',
};

const transferDescription = textField(
	'Transfer Purpose',
	'transferDescription',
	'Needed. Purpose of the transfer from your account.',
	{
		placeholder: 'e.g. Transfer under the offer agreement',
	},
);

export const internalTransfer: PaymentMethodForm = {
	value: 'internalTransfer',
	name: 'Internal Transfer',
	description: 'From your own settlement or escrow account',
	fields: [transferFrom, transferDescription],
	read: (param) =>
		payByInternalTransfer({
			from: param.choice(
				'transferFrom',
				param.raw('transferFrom'),
				['escrow', 'settlement'],
				'escrow',
			),
			description: param.raw('transferDescription'),
		}),
};
