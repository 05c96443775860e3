import type { INodeProperties } from 'n8n-workflow';

import { sendOperation } from '../../../../bank131/flows/send';
import { receiptRequest } from '../../../../bank131/requests/receipt';
import { defineOperation } from '../../contract/operation';
import { amount, amountUnit, readAmount, readReference, reference } from '../../fields/amount';
import { additionalFields, customerReference, metadata, readExtras } from '../../fields/extras';
import { failOnDeclined, readTimeLimitMs, timeLimit } from '../../fields/plan';
import { readCheckPolicy, verifyCheckDigits } from '../../fields/policy';
import { readReceiptDetails, receiptDetailFields } from '../../fields/receipt';
import { outputFields, readPayoutOutputOptions } from '../../fields/session';
import { sessionResult } from '../../results/sessionResult';
import { outcomesOfPlan, tallyOf } from '../../results/tally';

const receiptNotice: INodeProperties = {
	displayName:
		'For income that was paid in another way. Must be enabled by your manager at the bank. A receipt is due within 9 days after the person got the money.',
	name: 'receiptNotice',
	type: 'notice',
	default: '',
};

export const create = defineOperation({
	resource: 'receipt',
	value: 'create',
	name: 'Create',
	action: 'Create a receipt',
	description: 'Register income of a self-employed person and get the receipt, without a payout',
	movesMoney: true,
	fields: [
		receiptNotice,
		reference,
		amount,
		...receiptDetailFields,
		additionalFields([customerReference, metadata]),
		...outputFields([amountUnit, failOnDeclined, timeLimit, verifyCheckDigits]),
	],
	read: (param) => {
		const money = readAmount(param);
		return {
			order: {
				reference: readReference(param),
				amount: money,
				receipt: readReceiptDetails(param, money, readCheckPolicy(param)),
				extras: readExtras(param),
			},
			timeLimitMs: readTimeLimitMs(param),
			output: readPayoutOutputOptions(param),
		};
	},
	identity: { field: 'reference', of: ({ order }) => order.reference },
	agentPolicy: ({ order }) => ({
		field: 'amount',
		amount: order.amount,
		recipientIdentity: order.receipt.identity,
	}),
	run: async ({ order, timeLimitMs, output }, context) => {
		const plan = { confirm: 'manual', waitFor: 'final', timeLimitMs } as const;
		const flowResult = await sendOperation(receiptRequest(order), plan, context);
		return {
			...sessionResult(flowResult, output, { reference: order.reference }),
			tally: tallyOf(flowResult, outcomesOfPlan(plan)),
		};
	},
});
