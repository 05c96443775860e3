import type { INodeProperties } from 'n8n-workflow';

import { payByRecurringToken } from '../../../bank131/requests/paymentMethods/recurring';
import { securityCode, textField, type PaymentMethodForm } from './paymentMethodForm';

const recurringPayment = textField(
	'Recurring Token',
	'recurringPayment',
	'Needed. From the output of an earlier payment that was made with the field Recurring.',
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
