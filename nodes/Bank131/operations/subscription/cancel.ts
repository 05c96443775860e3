import { endpoints } from '../../../../bank131/protocol/endpoints';
import { operation } from '../../contract/operation';
import { plainOptions } from '../../fields/batchOptions';
import { subscriptionId, notice, read } from './fields';

export const cancel = operation({
	resource: 'subscription',
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel a subscription',
	description: 'Stop the repeated payments',
	movesMoney: false,
	agentPolicy: 'needsSwitch',
	fields: [notice, subscriptionId, plainOptions],
	read,
	run: async ({ subscriptionId: id }, { bank }) => {
		await bank.ask(endpoints.subscriptionCancel, { subscription_id: id });
		return { json: { subscriptionId: id, cancelled: true } };
	},
});
