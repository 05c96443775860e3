import type { INodeProperties } from 'n8n-workflow';

/** Phone number of a SberPay payer. */
export const payerPhone: INodeProperties = {
	displayName: 'Payer Phone',
	name: 'payerPhone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +7 968 000-00-00',
	description: 'Phone number that the payer has at Sber',
};
