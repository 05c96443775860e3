import { cancelSession } from '../../../../bank131/flows/sessionActions';
import { readOutput, readSessionId, sessionId } from '../../fields/session';
import { operation } from '../../contract/operation';
import { sessionResult } from '../../results/payoutResult';
import { sessionOptions } from './get';

export const cancel = operation({
	resource: 'session',
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel a session',
	description: 'Cancel a session that was not started, or waits for confirmation or capture',
	movesMoney: false,
	forAgents: 'switched',
	fields: [sessionId, sessionOptions],
	read: (param) => ({ sessionId: readSessionId(param), output: readOutput(param) }),
	run: async (input, { bank }) =>
		sessionResult(await cancelSession(input.sessionId, bank), input.output),
});
