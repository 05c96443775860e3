import type { INodeProperties } from 'n8n-workflow';

export const bikField: INodeProperties = {
	displayName: 'BIK',
	name: 'bik',
	type: 'string',
	default: '',
	placeholder: 'e.g. 044525974',
	description: "9-digit code of the recipient's bank",
};

export const accountField: INodeProperties = {
	displayName: 'Account Number',
	name: 'account',
	type: 'string',
	default: '',
	placeholder: 'e.g. 40817810400003869535',
	description: '20 digits. Keep the column as text: as a number it loses digits.',
};
