import type { INodeProperties } from 'n8n-workflow';

import { getSelfEmployedResult } from '../../../../bank131/services/selfEmployed';
import { defineOperation } from '../../contract/operation';
import { plainOptions } from '../../fields/batchOptions';
import { checkResult } from './result';

const requestId: INodeProperties = {
	displayName: 'Request ID',
	name: 'requestId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. c6eb2e15-8898-466d-bf5a-bcd384f380be',
	description: 'From the output of a check that was still pending',
};

export const getResult = defineOperation({
	resource: 'selfEmployed',
	value: 'getResult',
	name: 'Get Check Result',
	action: 'Get the result of a check',
	description: 'Look once at the answer to an earlier check',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [requestId, plainOptions],
	read: (param) => {
		const id = param.text('requestId');
		if (id === '')
			param.addProblem(
				'requestId',
				'The request ID is empty',
				'Take it from the output of Self-Employed: Check.',
			);
		return id;
	},
	run: async (id, { bank }) => checkResult(await getSelfEmployedResult(id, bank)),
});
