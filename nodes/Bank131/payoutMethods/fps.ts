import type { INodeProperties } from 'n8n-workflow';

import { fpsByPhone } from '../../../bank131/payoutMethods/fps';
import { purpose, recipientName, type PayoutMethodForm } from './form';

const phone: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +7 968 000-00-00',
	description: "The recipient's mobile number",
};

const fpsBank: INodeProperties = {
	displayName: 'FPS Bank ID',
	name: 'fpsBankId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 100000000069',
	description: "12-digit ID of the recipient's bank in the Faster Payments System",
};

export const fps: PayoutMethodForm = {
	value: 'fps',
	name: 'Faster Payments (SBP) by Phone',
	description:
		'By phone number. Cannot be returned; needs a settlement or escrow account at the bank.',
	fields: [phone, fpsBank, recipientName, purpose],
	read: (param) =>
		fpsByPhone({
			phone: param.raw('phone'),
			fpsBankId: param.raw('fpsBankId'),
			recipientName: param.raw('recipientName'),
			purpose: param.raw('purpose'),
		}),
};
