import type { INodeProperties } from 'n8n-workflow';

import { captureSession } from '../../../../bank131/flows/capture';
import { defineOperation } from '../../contract/operation';
import { amountUnit, readMarkedCurrency, readOptionalAmount } from '../../fields/amount';
import { outputFields, readOutputOptions, readSessionId, sessionId } from '../../fields/session';
import { sessionResult } from '../../results/sessionResult';
import { tallyOf } from '../../results/tally';

const captureAmount: INodeProperties = {
	displayName: 'Amount to Capture',
	name: 'captureAmount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1500.50',
	description: 'In the currency of the payment. Leave it empty to take all of the held money.',
};

export const capture = defineOperation({
	resource: 'payment',
	value: 'capture',
	name: 'Capture',
	action: 'Capture a payment',
	description:
		'Take held money, all of it or a part. Holding must be enabled by your manager at the bank.',
	movesMoney: true,
	fields: [sessionId, captureAmount, ...outputFields([amountUnit])],
	read: (param) => ({
		sessionId: readSessionId(param),
		amount: readOptionalAmount(param, 'captureAmount'),
		markedCurrency: readMarkedCurrency(param, 'captureAmount'),
		output: readOutputOptions(param),
	}),
	identity: { field: 'sessionId', of: (input) => input.sessionId },
	agentPolicy: (input) => ({
		field: 'captureAmount',
		amount: input.amount,
		recipientIdentity: [input.sessionId],
	}),
	run: async (input, { bank, progressStore, onlyCurrency = input.markedCurrency }) => {
		const flowResult = await captureSession(
			input.sessionId,
			{ minorUnits: input.amount?.minorUnits, onlyCurrency },
			{ bank, progressStore },
		);
		return {
			...sessionResult(flowResult, input.output),
			tally: tallyOf(flowResult, ['processing'], flowResult.view?.operation?.amount),
		};
	},
});
