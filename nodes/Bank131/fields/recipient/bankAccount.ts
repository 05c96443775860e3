import type { INodeProperties } from 'n8n-workflow';

export const bikField: INodeProperties = {
	displayName: 'BIK',
	name: 'bik',
	type: 'string',
	default: '',
	placeholder: 'e.g. 044525974',
	description: "Needed. BIK (БИК) of the recipient's bank, 9 digits.",
};

export const accountField: INodeProperties = {
	displayName: 'Account Number',
	name: 'account',
	type: 'string',
	default: '',
	placeholder: 'e.g. 40817810400003869535',
	description: 'Needed. 20 digits. Keep the column as text: as a number it loses digits.',
};

/** The fields of operations that have no other way to give the account. */
export const requiredBankAccountFields = [accountField, bikField].map((field) => ({
	...field,
	required: true,
}));
