import type { INodeProperties } from 'n8n-workflow';

import { endpoints } from '../../../../bank131/protocol/endpoints';
import { plainOptions } from '../../fields/batchOptions';
import { readNeeded } from '../../fields/common';
import { operation } from '../../contract/operation';
import type { ItemParameters } from '../../parameters/itemParameters';

const subscriptionId: INodeProperties = {
	displayName: 'Subscription ID',
	name: 'subscriptionId',
	type: 'string',
	required: true,
	default: '',
	description: 'From the output of the first payment',
};

const notice: INodeProperties = {
	displayName: 'Known from the SDK only. Must be enabled by your manager at the bank.',
	name: 'subscriptionNotice',
	type: 'notice',
	default: '',
};

const read = (param: ItemParameters) => ({
	subscriptionId: readNeeded(
		param,
		'subscriptionId',
		'Take it from the output of the first payment.',
	),
});

export const cancel = operation({
	resource: 'subscription',
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel a subscription',
	description: 'Stop the repeated payments',
	movesMoney: false,
	forAgents: 'switched',
	fields: [notice, subscriptionId, plainOptions],
	read,
	run: async ({ subscriptionId: id }, { bank }) => {
		await bank.ask(endpoints.subscriptionCancel, { subscription_id: id });
		return { json: { subscriptionId: id, cancelled: true } };
	},
});

export const restore = operation({
	resource: 'subscription',
	value: 'restore',
	name: 'Restore',
	action: 'Restore a subscription',
	description: 'Let the repeated payments go on',
	movesMoney: false,
	// The bank would charge on its own, how much this node can't tell.
	forAgents: 'never',
	fields: [notice, subscriptionId, plainOptions],
	read,
	run: async ({ subscriptionId: id }, { bank }) => {
		await bank.ask(endpoints.subscriptionRestore, { subscription_id: id });
		return { json: { subscriptionId: id, restored: true } };
	},
});
