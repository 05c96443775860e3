import type { INodeProperties } from 'n8n-workflow';

import { sessionOptions } from './get';
import { readOutput } from '../../fields/session';
import { operation } from '../../operation';
import { seen } from './seen';

const metadata: INodeProperties = {
	displayName: 'Metadata (JSON)',
	name: 'sessionMetadata',
	type: 'json',
	default: '{}',
	description: 'Any data of yours as a JSON object; the bank sends it back in webhooks',
};

export const create = operation({
	resource: 'session',
	value: 'create',
	name: 'Create',
	action: 'Create a session',
	description:
		'Open an empty session; no money moves. Payout: Start, Payment: Start and the payment form use it.',
	movesMoney: false,
	fields: [metadata, sessionOptions],
	read: (param) => ({
		metadata: param.jsonObject('sessionMetadata', param.raw('sessionMetadata')),
		output: readOutput(param),
	}),
	run: async (input, { bank }) =>
		seen(
			await bank.createSession(input.metadata ? { metadata: input.metadata } : {}),
			input.output,
		),
});
