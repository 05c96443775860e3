import type { INodeProperties } from 'n8n-workflow';

import { getTokenInfo, type TokenKind } from '../../../../bank131/services/tokens';
import { defineOperation } from '../../contract/operation';
import { plainOptions } from '../../fields/batchOptions';
import { readRequiredText } from '../../fields/text';

const tokenKind: INodeProperties = {
	displayName: 'Kind of Token',
	name: 'tokenKind',
	type: 'options',
	options: [
		{
			name: 'Account Token',
			value: 'account',
			description:
				'Shows the masked account. The bank does not publish this request, so it may be refused.',
		},
		{ name: 'Card Hash', value: 'cardHash', description: 'Shows brand and last 4 digits' },
		{ name: 'Card Token', value: 'cardToken', description: 'Shows brand and last 4 digits' },
		{ name: 'Public Token', value: 'publicToken', description: 'Of a widget: is it still active' },
		{ name: 'Recurring Token', value: 'recurringToken', description: 'Is it still active' },
	],
	default: 'cardHash',
	description: 'What you have',
};

const TOKEN_KINDS: TokenKind[] = [
	'account',
	'cardHash',
	'cardToken',
	'publicToken',
	'recurringToken',
];

const tokenValue: INodeProperties = {
	displayName: 'Value',
	name: 'tokenValue',
	type: 'string',
	typeOptions: { password: true },
	required: true,
	default: '',
	description: 'The hash or token itself',
};

export const getInfo = defineOperation({
	resource: 'token',
	value: 'getInfo',
	name: 'Get Info',
	action: 'Get information about a token',
	description: 'Show what is behind a hash or token, e.g. the last 4 digits of the card',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [tokenKind, tokenValue, plainOptions],
	read: (param) => ({
		kind: param.choice('tokenKind', param.raw('tokenKind'), TOKEN_KINDS, 'cardHash'),
		value: readRequiredText(param, 'tokenValue', 'Enter the hash or token as the bank gave it.'),
	}),
	run: async (input, { bank }) => ({ json: await getTokenInfo(input.kind, input.value, bank) }),
});
