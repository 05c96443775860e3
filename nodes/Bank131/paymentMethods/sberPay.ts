import type { INodeProperties } from 'n8n-workflow';

import {
	payBySberPay,
	type SberPayChannel,
} from '../../../bank131/requests/paymentMethods/sberPay';
import type { PaymentMethodForm } from './paymentMethodForm';

/** Phone number of a SberPay payer. */
const payerPhone: INodeProperties = {
	displayName: 'Payer Phone',
	name: 'payerPhone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +7 968 000-00-00',
	description: 'Optional. Phone number that the payer has at Sber.',
};

/** The field of the push, which needs it. */
export const requiredPayerPhone: INodeProperties = {
	...payerPhone,
	required: true,
	description: 'Phone number that the payer has at Sber',
};

const sberPayChannel: INodeProperties = {
	displayName: 'Channel',
	name: 'sberPayChannel',
	type: 'options',
	options: [
		{
			name: 'App',
			value: 'app',
			description: 'The payer is in your mobile app and follows a link',
		},
		{
			name: 'Mobile Web',
			value: 'mobile_web',
			description: 'The payer is in a phone browser and follows a link',
		},
		{
			name: 'Web',
			value: 'web',
			description: 'The payer is at a computer and gets a push: see Send SberPay Push',
		},
	],
	default: 'app',
	description: 'Where the payer is',
};

export const sberPay: PaymentMethodForm = {
	value: 'sberPay',
	name: 'SberPay',
	description: 'In the app of Sber; the payer has 20 minutes',
	fields: [sberPayChannel, payerPhone],
	read: (param) =>
		payBySberPay({
			channel: param.choice<SberPayChannel>(
				'sberPayChannel',
				param.raw('sberPayChannel'),
				['app', 'web', 'mobile_web'],
				'app',
			),
			phone: param.raw('payerPhone'),
		}),
};
