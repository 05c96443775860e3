import { startOperation } from '../../../../bank131/flows/send';
import { paymentRequest } from '../../../../bank131/requests/payment';
import { defineOperation } from '../../contract/operation';
import { START_ONLY_PLAN } from '../../fields/plan';
import { readOutputOptions, readSessionId, sessionId } from '../../fields/session';
import { paymentResult } from '../../results/paymentResult';
import { paymentExtraFields, paymentFields, paymentOutputFields } from './paymentFields';
import { paymentTransfer, readPayment } from './readPayment';

export const start = defineOperation({
	resource: 'payment',
	value: 'start',
	name: 'Start',
	action: 'Start a payment in a session',
	description: 'Take a payment in a session that was created before',
	movesMoney: true,
	fields: [sessionId, ...paymentFields, ...paymentExtraFields, ...paymentOutputFields],
	read: (param) => ({
		sessionId: readSessionId(param),
		order: readPayment(param),
		output: readOutputOptions(param),
	}),
	identity: { field: 'reference', of: ({ order }) => order.reference },
	agentPolicy: paymentTransfer,
	run: async (input, context) => {
		const flowResult = await startOperation(
			paymentRequest(input.order),
			input.sessionId,
			START_ONLY_PLAN,
			context,
		);
		return paymentResult(flowResult, START_ONLY_PLAN, input);
	},
});
