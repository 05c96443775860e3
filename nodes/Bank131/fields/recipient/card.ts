import type { INodeProperties } from 'n8n-workflow';

export const pciNotice: INodeProperties = {
	displayName:
		"Card numbers need PCI DSS. n8n stores what a node receives: turn off saving of executions, or use the bank's widget and pay to its hash or token.",
	name: 'pciNotice',
	type: 'notice',
	default: '',
};

export const cardNumberField: INodeProperties = {
	displayName: 'Card Number',
	name: 'cardNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. 4242 4242 4242 4242',
	description:
		'14 to 19 digits. Let an expression bring it: what is typed in here is stored in the workflow.',
};

export const widgetHash: INodeProperties = {
	displayName: 'Card Hash',
	name: 'cardHash',
	type: 'string',
	default: '',
	placeholder: 'e.g. 759c9852dde2211d7531b3d905c1d513',
	description:
		"Card number hash that the bank's tokenization widget returned. It can be used again and again.",
};

export const savedCard: INodeProperties = {
	displayName: 'Card Token',
	name: 'savedCard',
	type: 'string',
	default: '',
	placeholder: 'e.g. 759c9852dde2211d7531b3d905c1d513',
	description:
		'Token of a card that was tokenized at the bank; valid in all projects of the partner',
};
