import { defineOperation } from '../../contract/operation';
import {
	readOutputOptions,
	readSessionId,
	sessionId,
	sessionOutputFields,
} from '../../fields/session';
import { sessionViewResult } from '../../results/sessionView';

export const get = defineOperation({
	resource: 'session',
	value: 'get',
	name: 'Get',
	action: 'Get a session',
	description: 'Read what the bank knows about a session, its payout or payment',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [sessionId, ...sessionOutputFields],
	read: (param) => ({ sessionId: readSessionId(param), output: readOutputOptions(param) }),
	run: async (input, { bank }) =>
		sessionViewResult(await bank.readSession(input.sessionId), input.output),
});
