import { initiateOperation } from '../../../../bank131/flows/initiate';
import { paymentRequest } from '../../../../bank131/requests/payment';
import { defineOperation } from '../../contract/operation';
import { confirmation, readConfirmation, readTimeLimitMs, timeLimit } from '../../fields/plan';
import { outputFields, readOutputOptions } from '../../fields/session';
import { paymentResult } from '../../results/paymentResult';
import { commonPaymentOptions, paymentExtraFields, paymentFields } from './paymentFields';
import { paymentTransfer, readPayment } from './readPayment';

export const initiateAndWait = defineOperation({
	resource: 'payment',
	value: 'initiateAndWait',
	name: 'Initiate and Wait for Redirect or QR',
	action: 'Initiate a payment and wait for the redirect or QR code',
	description: 'Start a payment and go on once the payer can act, or the payment is through',
	movesMoney: true,
	fields: [
		...paymentFields,
		confirmation,
		...paymentExtraFields,
		...outputFields([...commonPaymentOptions, timeLimit]),
	],
	read: (param) => ({
		order: readPayment(param),
		confirm: readConfirmation(param),
		timeLimitMs: readTimeLimitMs(param),
		output: readOutputOptions(param),
	}),
	identity: { field: 'reference', of: ({ order }) => order.reference },
	agentPolicy: paymentTransfer,
	run: async ({ order, confirm, timeLimitMs, output }, context) => {
		const plan = { confirm, waitFor: 'action', timeLimitMs } as const;
		return paymentResult(
			await initiateOperation(paymentRequest(order, true), plan, context),
			plan,
			{ order, output },
		);
	},
});
