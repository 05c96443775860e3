import { sendOperation } from '../../../../bank131/flows/send';
import { payoutRequest } from '../../../../bank131/requests/payout';
import { defineOperation } from '../../contract/operation';
import { payoutResult } from '../../results/payoutResult';
import { payoutFields } from './payoutFields';
import { payoutTransfer, readPayout } from './readPayout';

export const send = defineOperation({
	resource: 'payout',
	value: 'send',
	name: 'Send',
	action: 'Send a payout',
	description:
		'Pay somebody, at most once per reference: create a session, start the payout, confirm it, wait for the result',
	movesMoney: true,
	fields: payoutFields,
	read: readPayout,
	identity: { field: 'reference', of: ({ order }) => order.reference },
	agentPolicy: payoutTransfer,
	run: async (input, context) =>
		payoutResult(await sendOperation(payoutRequest(input.order), input.plan, context), input),
});
