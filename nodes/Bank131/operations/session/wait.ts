import type { INodeProperties } from 'n8n-workflow';

import { waitForSession } from '../../../../bank131/flows/sessionActions';
import { defineOperation } from '../../contract/operation';
import { readTimeLimitMs, timeLimit } from '../../fields/plan';
import { outputFields, readOutputOptions, readSessionId, sessionId } from '../../fields/session';
import { sessionResult } from '../../results/sessionResult';

const waitFor: INodeProperties = {
	displayName: 'Wait For',
	name: 'waitFor',
	type: 'options',
	options: [
		{
			name: 'Final Result',
			value: 'final',
			description: 'The money has moved or the payout has failed',
		},
		{
			name: 'Ready to Confirm',
			value: 'ready',
			description: 'The bank has checked it, or it is final already',
		},
	],
	default: 'final',
	description: 'When the node goes on',
};

export const wait = defineOperation({
	resource: 'session',
	value: 'wait',
	name: 'Wait',
	action: 'Wait for a session',
	description: 'Read a session until it is ready or final, at most as long as you say',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [sessionId, waitFor, ...outputFields([timeLimit])],
	read: (param) => ({
		sessionId: readSessionId(param),
		untilFinal:
			param.choice('waitFor', param.raw('waitFor'), ['final', 'ready'], 'final') === 'final',
		timeLimitMs: readTimeLimitMs(param),
		output: readOutputOptions(param),
	}),
	run: async (input, { bank }) =>
		sessionResult(await waitForSession(input.sessionId, input, bank), input.output),
});
