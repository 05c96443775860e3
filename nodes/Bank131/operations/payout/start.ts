import { startOperation } from '../../../../bank131/flows/send';
import { payoutRequest } from '../../../../bank131/requests/payout';
import { defineOperation } from '../../contract/operation';
import { readSessionId, sessionId } from '../../fields/session';
import { payoutResult } from '../../results/payoutResult';
import { payoutFields } from './payoutFields';
import { payoutTransfer, readPayout } from './readPayout';

export const start = defineOperation({
	resource: 'payout',
	value: 'start',
	name: 'Start',
	action: 'Start a payout in a session',
	description: 'Pay somebody in a session that was created before',
	movesMoney: true,
	fields: [sessionId, ...payoutFields],
	read: (param) => ({ sessionId: readSessionId(param), ...readPayout(param) }),
	identity: { field: 'reference', of: ({ order }) => order.reference },
	agentPolicy: payoutTransfer,
	run: async (input, context) =>
		payoutResult(
			await startOperation(payoutRequest(input.order), input.sessionId, input.plan, context),
			input,
		),
});
