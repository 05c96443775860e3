import type { INodeProperties } from 'n8n-workflow';

export const recipientName: INodeProperties = {
	displayName: 'Recipient Name',
	name: 'recipientName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Иванов Иван Иванович',
	description:
		"Full name as in the passport, in Cyrillic or Latin letters; for a company its name as in the agreement. With a wrong name the recipient's bank may send the money back.",
};

export const purpose: INodeProperties = {
	displayName: 'Purpose',
	name: 'purpose',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Payment under agreement 131 for November, VAT exempt',
	description:
		'Purpose of the payment: operation, agreement, goods or services, VAT. No "?" or "!". Up to 210 characters for accounts, 140 for FPS.',
};
