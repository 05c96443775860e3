import type { INodeProperties } from 'n8n-workflow';

import { cardByHash, cardByNumber, cardByToken } from '../../../bank131/requests/payoutMethods/card';
import { recipientName, type PayoutMethodForm } from './form';

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
	displayName: 'Widget Hash',
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

export const cardNumber: PayoutMethodForm = {
	value: 'cardNumber',
	name: 'Card Number',
	description: 'To a bank card issued in Russia, by its number (PCI DSS)',
	fields: [pciNotice, cardNumberField, recipientName],
	read: (param, policy) =>
		cardByNumber(
			{ cardNumber: param.raw('cardNumber'), recipientName: param.raw('recipientName') },
			policy,
		),
};

export const cardToken: PayoutMethodForm = {
	value: 'cardToken',
	name: 'Card Token',
	description: 'To a card that was tokenized at the bank',
	fields: [savedCard, recipientName],
	read: (param) =>
		cardByToken({ savedCard: param.raw('savedCard'), recipientName: param.raw('recipientName') }),
};

export const cardHash: PayoutMethodForm = {
	value: 'cardHash',
	name: 'Card Widget Hash',
	description: "To a card that the recipient entered in the bank's widget",
	fields: [widgetHash, recipientName],
	read: (param) =>
		cardByHash({ cardHash: param.raw('cardHash'), recipientName: param.raw('recipientName') }),
};
