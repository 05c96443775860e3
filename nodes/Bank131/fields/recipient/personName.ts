import type { INodeProperties } from 'n8n-workflow';

const nameField = (
	displayName: string,
	parameter: string,
	placeholder: string,
	description: string,
	required = false,
): INodeProperties => ({
	displayName,
	name: parameter,
	type: 'string',
	default: '',
	placeholder,
	description,
	...(required && { required }),
});

export const firstName = nameField(
	'First Name',
	'firstName',
	'e.g. Иван',
	'As in the passport',
	true,
);

export const lastName = nameField(
	'Last Name',
	'lastName',
	'e.g. Иванов',
	'As in the passport',
	true,
);

export const middleName = nameField(
	'Middle Name',
	'middleName',
	'e.g. Иванович',
	'Optional. Patronymic (отчество), if there is one.',
);

/** Full name of the recipient, as one text. */
export const recipientName: INodeProperties = {
	displayName: 'Recipient Name',
	name: 'recipientName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Иванов Иван Иванович',
	description:
		"Needed for accounts, cards and receipts. As in the passport; for a company as in the agreement. With a wrong name the recipient's bank may send the money back.",
};
