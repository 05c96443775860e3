import { optionsField } from '../../fields/batchOptions';
import { readOutput, readSessionId, sessionId, simplify } from '../../fields/session';
import { operation } from '../../contract/operation';
import { seen } from '../../results/sessionView';

export const sessionOptions = optionsField([simplify]);

export const get = operation({
	resource: 'session',
	value: 'get',
	name: 'Get',
	action: 'Get a session',
	description: 'Read what the bank knows about a session, its payout or payment',
	movesMoney: false,
	forAgents: 'free',
	fields: [sessionId, sessionOptions],
	read: (param) => ({ sessionId: readSessionId(param), output: readOutput(param) }),
	run: async (input, { bank }) => seen(await bank.readSession(input.sessionId), input.output),
});
