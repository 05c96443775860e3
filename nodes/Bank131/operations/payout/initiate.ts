import type { INodeProperties } from 'n8n-workflow';

import { initiateOperation } from '../../../../bank131/flows/initiate';
import { payoutRequest } from '../../../../bank131/requests/payout';
import { defineOperation } from '../../contract/operation';
import { docsUrl } from '../../form/docsUrl';
import { payoutResult } from '../../results/payoutResult';
import { payoutFields } from './payoutFields';
import { payoutTransfer, readPayout } from './readPayout';

const oneRequestNotice: INodeProperties = {
	displayName: `For projects with auto-confirmation. If the answer is lost, <a href="${docsUrl('money-safety.md')}" target="_blank">the outcome stays unknown</a>; Send can always find out. Do not use one Reference with both.`,
	name: 'oneRequestNotice',
	type: 'notice',
	default: '',
};

export const initiate = defineOperation({
	resource: 'payout',
	value: 'initiate',
	name: 'Send in One Request',
	action: 'Send a payout in one request',
	description: 'Create a session and start the payout with a single request',
	movesMoney: true,
	fields: [oneRequestNotice, ...payoutFields],
	read: readPayout,
	identity: { field: 'reference', of: ({ order }) => order.reference },
	agentPolicy: payoutTransfer,
	run: async (input, context) =>
		payoutResult(await initiateOperation(payoutRequest(input.order), input.plan, context), input),
});
