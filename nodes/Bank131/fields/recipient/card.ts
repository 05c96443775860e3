import type { INodeProperties } from 'n8n-workflow';

const WORKFLOW_SETTINGS = 'https://docs.n8n.io/workflows/settings/';

export const pciNotice: INodeProperties = {
	displayName: `Card numbers need PCI DSS, and n8n stores what nodes receive: switch off saving executions in the <a href="${WORKFLOW_SETTINGS}" target="_blank">workflow settings</a>, or pay to the hash or token of the bank's widget.`,
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
		'Needed. 14 to 19 digits. Let an expression bring it: what is typed in here is stored in the workflow.',
};

/** The field of an operation that has no other way to give the card. */
export const requiredCardNumber: INodeProperties = { ...cardNumberField, required: true };

export const widgetHash: INodeProperties = {
	displayName: 'Card Hash',
	name: 'cardHash',
	type: 'string',
	default: '',
	placeholder: 'e.g. 759c9852dde2211d7531b3d905c1d513',
	description: "Needed. The hash that the bank's widget returned. It can be used again and again.",
};

export const savedCard: INodeProperties = {
	displayName: 'Card Token',
	name: 'savedCard',
	type: 'string',
	default: '',
	placeholder: 'e.g. 759c9852dde2211d7531b3d905c1d513',
	description:
		'Needed. Token of a card that was tokenized at the bank; valid in all your projects.',
};
