import type { INodeProperties } from 'n8n-workflow';

import { fpsByPhone } from '../../../bank131/requests/payoutMethods/fps';
import { fpsBankField, fpsBankOf } from '../fields/fpsBank';
import { purpose, recipientName, type PayoutMethodForm } from './form';

export const phoneField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +7 968 000-00-00',
	description: "The recipient's mobile number",
};

export const fps: PayoutMethodForm = {
	value: 'fps',
	name: 'Faster Payments (SBP) by Phone',
	description:
		'By phone number. Cannot be returned; needs a settlement or escrow account at the bank.',
	fields: [phoneField, fpsBankField, recipientName, purpose],
	read: (param) =>
		fpsByPhone({
			phone: param.raw('phone'),
			fpsBankId: fpsBankOf(param),
			recipientName: param.raw('recipientName'),
			purpose: param.raw('purpose'),
		}),
};
