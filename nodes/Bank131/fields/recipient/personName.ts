import type { INodeProperties } from 'n8n-workflow';

export const name = (
	displayName: string,
	parameter: string,
	placeholder: string,
	description: string,
): INodeProperties => ({
	displayName,
	name: parameter,
	type: 'string',
	default: '',
	placeholder,
	description,
});

export const firstName = name('First Name', 'firstName', 'e.g. Иван', 'As in the passport');

export const lastName = name('Last Name', 'lastName', 'e.g. Иванов', 'As in the passport');

export const middleName = name(
	'Middle Name',
	'middleName',
	'e.g. Иванович',
	'Patronymic, if there is one',
);
