import type { INodeProperties } from 'n8n-workflow';

import { createWidgetToken as create } from '../../../../bank131/services/tokens';
import { checkInn } from '../../../../bank131/values/identifiers';
import { defineOperation } from '../../contract/operation';
import { plainOptions } from '../../fields/batchOptions';
import { rejectLaterCharge } from '../../fields/policy';
import { readUrl } from '../../fields/text';

const widget: INodeProperties = {
	displayName: 'Widget',
	name: 'widget',
	type: 'options',
	options: [
		{
			name: 'Card or Account Entry',
			value: 'tokenize',
			description: 'The recipient enters a card or account; you get a hash or token to pay to',
		},
		{
			name: 'Payment Form',
			value: 'paymentForm',
			description: 'The payer pays by card in a session that was created before',
		},
		{
			name: 'Self-Employed Linking',
			value: 'selfEmployed',
			description: 'The person lets Bank 131 issue receipts',
		},
	],
	default: 'tokenize',
	description: 'What the token is for',
};

const shownForSelfEmployed = { show: { widget: ['selfEmployed'] } };
const shownForPaymentForm = { show: { widget: ['paymentForm'] } };

const widgetInn: INodeProperties = {
	displayName: 'Self-Employed INN',
	name: 'widgetInn',
	type: 'string',
	default: '',
	placeholder: 'e.g. 123456789012',
	description: 'Needed. INN (ИНН) of the person, 12 digits.',
	displayOptions: shownForSelfEmployed,
};

const formSessionId: INodeProperties = {
	displayName: 'Session ID',
	name: 'formSessionId',
	type: 'string',
	default: '',
	placeholder: 'e.g. ps_3230',
	description: 'Needed. From Session: Create; the widget starts the payment in it by itself.',
	displayOptions: shownForPaymentForm,
};

const formOptions: INodeProperties = {
	displayName: 'Form Options',
	name: 'formOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Failure Return URL',
			name: 'failureReturnUrl',
			type: 'string',
			default: '',
			description: 'Where the payer goes when something went wrong',
		},
		{
			displayName: 'Show Recurrent Checkbox',
			name: 'showRecurrentCheckbox',
			type: 'boolean',
			default: false,
			description: 'Whether the payer can agree to automatic payments',
		},
		{
			displayName: 'Success on Hold',
			name: 'successOnHold',
			type: 'boolean',
			default: false,
			description: 'Whether the payer sees success as soon as the money is held',
		},
		{
			displayName: 'Success Return URL',
			name: 'successReturnUrl',
			type: 'string',
			default: '',
			description: 'Where the payer goes after the payment',
		},
	],
	displayOptions: shownForPaymentForm,
};

export const createWidgetToken = defineOperation({
	resource: 'token',
	value: 'createWidgetToken',
	name: 'Create Widget Token',
	action: 'Create a token for a widget',
	description: 'Create a public token with which a page shows a widget of the bank, once',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [widget, widgetInn, formSessionId, formOptions, plainOptions],
	read: (param) => {
		const widgets = ['tokenize', 'selfEmployed', 'paymentForm'] as const;
		const kind = param.choice('widget', param.raw('widget'), widgets, 'tokenize');
		if (kind === 'selfEmployed') {
			const inn = checkInn(param.raw('widgetInn'), { checkDigits: false }, 12);
			return { selfEmployedInn: param.checked('widgetInn', inn, '') };
		}
		if (kind !== 'paymentForm') return { tokenize: true };
		const sessionId = param.text('formSessionId');
		if (sessionId === '')
			param.addProblem(
				'formSessionId',
				'The session ID is empty',
				'Create a session with Session: Create first.',
			);
		const options = param.collection('formOptions');
		const showRecurrentCheckbox = param.flagIn(options, 'showRecurrentCheckbox');
		rejectLaterCharge(param, 'showRecurrentCheckbox', showRecurrentCheckbox);
		return {
			paymentForm: {
				sessionId,
				showRecurrentCheckbox,
				successReturnUrl: readUrl(param, 'successReturnUrl', options.successReturnUrl),
				failureReturnUrl: readUrl(param, 'failureReturnUrl', options.failureReturnUrl),
				...(param.flagIn(options, 'successOnHold') && { successOnHold: true }),
			},
		};
	},
	run: async (request, { bank }) => ({ json: { publicToken: await create(request, bank) } }),
});
