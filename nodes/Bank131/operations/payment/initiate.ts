import { initiateOperation } from '../../../../bank131/flows/initiate';
import { paymentRequest } from '../../../../bank131/requests/payment';
import { defineOperation } from '../../contract/operation';
import { START_ONLY_PLAN } from '../../fields/plan';
import { readOutputOptions } from '../../fields/session';
import { paymentResult } from '../../results/paymentResult';
import { paymentExtraFields, paymentFields, paymentOutputFields } from './paymentFields';
import { paymentTransfer, readPayment } from './readPayment';

export const initiate = defineOperation({
	resource: 'payment',
	value: 'initiate',
	name: 'Initiate',
	action: 'Initiate a payment',
	description:
		'Create a session and start the payment with a single request; the rest comes by webhook',
	movesMoney: true,
	fields: [...paymentFields, ...paymentExtraFields, ...paymentOutputFields],
	read: (param) => ({ order: readPayment(param), output: readOutputOptions(param) }),
	identity: { field: 'reference', of: ({ order }) => order.reference },
	agentPolicy: paymentTransfer,
	run: async (input, context) =>
		paymentResult(
			await initiateOperation(paymentRequest(input.order), START_ONLY_PLAN, context),
			START_ONLY_PLAN,
			input,
		),
});
