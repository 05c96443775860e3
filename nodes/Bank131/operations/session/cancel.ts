import { cancelSession } from '../../../../bank131/flows/sessionActions';
import { defineOperation } from '../../contract/operation';
import {
	readOutputOptions,
	readSessionId,
	sessionId,
	sessionOutputFields,
} from '../../fields/session';
import { sessionResult } from '../../results/sessionResult';

export const cancel = defineOperation({
	resource: 'session',
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel a session',
	description: 'Cancel a session that was not started, or waits for confirmation or capture',
	movesMoney: false,
	agentPolicy: 'needsSwitch',
	fields: [sessionId, ...sessionOutputFields],
	read: (param) => ({ sessionId: readSessionId(param), output: readOutputOptions(param) }),
	run: async (input, { bank }) =>
		sessionResult(await cancelSession(input.sessionId, bank), input.output),
});
