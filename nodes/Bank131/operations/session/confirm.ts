import type { INodeProperties } from 'n8n-workflow';

import { confirmChecked } from '../../../../bank131/flows/confirm';
import { defineOperation } from '../../contract/operation';
import { amountUnit, readOptionalAmount } from '../../fields/amount';
import { outputFields, readOutputOptions, readSessionId, sessionId } from '../../fields/session';
import { sessionResult } from '../../results/sessionResult';
import { tallyOf } from '../../results/tally';

const expectedAmount: INodeProperties = {
	displayName: 'Expected Amount',
	name: 'expectedAmount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1500.50',
	description:
		'What your own records say. The session is read first and not confirmed if the bank shows another amount. Leave it empty to confirm without this check.',
};

const confirmInformation: INodeProperties = {
	displayName: 'Confirm Information (JSON)',
	name: 'confirmInformation',
	type: 'json',
	default: '{}',
	description:
		'For payouts from a settlement or escrow account: the object that came with the trigger event. It is sent only if the session, which is read first, does not show its own.',
};

export const confirm = defineOperation({
	resource: 'session',
	value: 'confirm',
	name: 'Confirm',
	action: 'Confirm a session',
	description: 'Let a payout or payment go on that waits for your approval',
	movesMoney: true,
	fields: [sessionId, expectedAmount, ...outputFields([amountUnit, confirmInformation])],
	read: (param) => ({
		sessionId: readSessionId(param),
		expected: readOptionalAmount(param, 'expectedAmount'),
		information: param.jsonObject(
			'confirmInformation',
			param.collection('options').confirmInformation,
		),
		output: readOutputOptions(param),
	}),
	identity: { field: 'sessionId', of: (input) => input.sessionId },
	agentPolicy: (input) => ({
		field: 'expectedAmount',
		amount: input.expected,
		recipientIdentity: [input.sessionId],
	}),
	run: async (input, { bank, progressStore }) => {
		const flowResult = await confirmChecked(input, { bank, progressStore });
		return {
			...sessionResult(flowResult, input.output),
			tally: tallyOf(flowResult, ['processing'], flowResult.view?.operation?.amount),
		};
	},
});
