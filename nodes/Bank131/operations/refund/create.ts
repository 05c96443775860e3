import type { INodeProperties } from 'n8n-workflow';

import { createRefund } from '../../../../bank131/flows/refund/createRefund';
import { describeRefund } from '../../../../bank131/session/describe';
import { defineOperation } from '../../contract/operation';
import {
	amountUnit,
	readMarkedCurrency,
	readOptionalAmount,
	readReference,
	reference,
} from '../../fields/amount';
import { additionalFields, metadata, readExtras } from '../../fields/extras';
import { revenueSplit } from '../../fields/revenueSplit';
import { outputFields, readOutputOptions, readSessionId, sessionId } from '../../fields/session';
import { sessionResult } from '../../results/sessionResult';
import { tallyOf } from '../../results/tally';

const refundAmount: INodeProperties = {
	displayName: 'Amount to Refund',
	name: 'refundAmount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 500',
	description: 'In the currency of the payment. Leave it empty to refund everything that is left.',
};

export const create = defineOperation({
	resource: 'refund',
	value: 'create',
	name: 'Create',
	action: 'Create a refund',
	description: 'Give a payer the money back, all of it or a part, never more than is left',
	movesMoney: true,
	fields: [
		sessionId,
		{ ...reference, placeholder: 'e.g. refund-2026-0131' },
		refundAmount,
		additionalFields([metadata, revenueSplit]),
		...outputFields([amountUnit]),
	],
	read: (param) => {
		const extras = readExtras(param);
		return {
			order: {
				sessionId: readSessionId(param),
				reference: readReference(param),
				amount: readOptionalAmount(param, 'refundAmount'),
				onlyCurrency: readMarkedCurrency(param, 'refundAmount'),
				metadata: extras.metadata,
				revenueSplit: extras.revenueSplit,
			},
			output: readOutputOptions(param),
		};
	},
	// In the output `reference` is the payment's.
	identity: {
		field: 'reference',
		outputField: 'refundReference',
		of: ({ order }) => order.reference,
	},
	agentPolicy: ({ order }) => ({
		field: 'refundAmount',
		amount: order.amount,
		recipientIdentity: [order.sessionId],
	}),
	run: async (
		{ order, output },
		{ bank, progressStore, refundClaims: claims, onlyCurrency = order.onlyCurrency },
	) => {
		const flowResult = await createRefund(
			{ ...order, onlyCurrency },
			{ bank, progressStore, claims },
		);
		const result = sessionResult(flowResult, output, { refundReference: order.reference });
		const refundFields = flowResult.refund ? { refund: describeRefund(flowResult.refund) } : {};
		return {
			...result,
			json: { ...result.json, ...refundFields },
			tally: tallyOf(flowResult, ['processing'], flowResult.refund?.amount),
		};
	},
});
