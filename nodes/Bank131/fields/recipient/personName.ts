import type { INodeProperties } from 'n8n-workflow';

const nameField = (
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

export const firstName = nameField('First Name', 'firstName', 'e.g. Иван', 'As in the passport');

export const lastName = nameField('Last Name', 'lastName', 'e.g. Иванов', 'As in the passport');

export const middleName = nameField(
	'Middle Name',
	'middleName',
	'e.g. Иванович',
	'Patronymic, if there is one',
);

/** Full name of the recipient, as one text. */
export const recipientName: INodeProperties = {
	displayName: 'Recipient Name',
	name: 'recipientName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Иванов Иван Иванович',
	description:
		"Full name as in the passport, in Cyrillic or Latin letters; for a company its name as in the agreement. With a wrong name the recipient's bank may send the money back.",
};
