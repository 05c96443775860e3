import type { INodeProperties } from 'n8n-workflow';

import {
	payByDevice,
	payByFpsQr,
	payByInternalTransfer,
	payByRecurringToken,
	payBySberPay,
	payByTPay,
	payByYooMoney,
	type SberPayChannel,
} from '../../../bank131/requests/paymentMethods/others';
import { securityCode, textField, type PaymentMethodForm } from './form';

const recurringPayment = textField(
	'Recurring Token',
	'recurringPayment',
	'From the output of an earlier payment that was made with the option Recurring',
	{ typeOptions: { password: true } },
);

const initiator: INodeProperties = {
	displayName: 'Initiated By',
	name: 'initiator',
	type: 'options',
	options: [
		{ name: 'Merchant (MIT)', value: 'merchant', description: 'Without the payer' },
		{
			name: 'Payer (CIT)',
			value: 'client',
			description: 'The payer is present and may have to pass 3-D Secure',
		},
	],
	default: 'merchant',
	description: 'Who starts the repeated payment',
};

export const recurring: PaymentMethodForm = {
	value: 'recurring',
	name: 'Recurring Payment',
	description: 'Again, by the token of an earlier payment',
	fields: [recurringPayment, initiator, securityCode],
	read: (param) =>
		payByRecurringToken({
			recurringPayment: param.raw('recurringPayment'),
			initiator: param.choice(
				'initiator',
				param.raw('initiator'),
				['merchant', 'client'],
				'merchant',
			),
			securityCode: param.raw('securityCode'),
		}),
};

const qrDescription = textField(
	'QR Description',
	'qrDescription',
	'What the payer sees in the banking app',
	{
		placeholder: 'e.g. Payment of services',
	},
);

export const fpsQr: PaymentMethodForm = {
	value: 'fpsQr',
	name: 'Faster Payments (SBP) QR Code',
	description: 'By a QR code; needs an account at the bank and registration in FPS',
	fields: [qrDescription],
	read: (param) => payByFpsQr(param.text('qrDescription')),
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

const payerPhone = textField(
	'Payer Phone',
	'payerPhone',
	'Phone number that the payer has at Sber',
	{
		placeholder: 'e.g. +7 968 000-00-00',
	},
);

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

export const tPay: PaymentMethodForm = {
	value: 'tPay',
	name: 'T-Pay',
	description: 'In the app of T-Bank; the payer has 20 minutes',
	fields: [],
	read: () => payByTPay(),
};

export const yooMoney: PaymentMethodForm = {
	value: 'yoomoney',
	name: 'YooMoney Wallet',
	description: 'From a YooMoney wallet',
	fields: [],
	read: () => payByYooMoney(),
};

const deviceToken = textField(
	'Payment Token',
	'deviceToken',
	'What Google Pay or Apple Pay returned, as text or JSON',
	{ typeOptions: { password: true } },
);

export const googlePay: PaymentMethodForm = {
	value: 'googlePay',
	name: 'Google Pay',
	description: 'By the token of Google Pay',
	fields: [deviceToken],
	read: (param) => payByDevice('google_pay', param.raw('deviceToken')),
};

export const applePay: PaymentMethodForm = {
	value: 'applePay',
	name: 'Apple Pay',
	description: 'By the token of Apple Pay; known from the SDK only',
	fields: [deviceToken],
	read: (param) => payByDevice('apple_pay', param.raw('deviceToken')),
};

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
	'Transfer Description',
	'transferDescription',
	'Purpose of the transfer',
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
