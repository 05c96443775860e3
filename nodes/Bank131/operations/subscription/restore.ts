import { restoreSubscription } from '../../../../bank131/services/subscriptions';
import { defineOperation } from '../../contract/operation';
import { plainOptions } from '../../fields/batchOptions';
import { readSubscriptionId, subscriptionId, subscriptionNotice } from './subscriptionFields';

export const restore = defineOperation({
	resource: 'subscription',
	value: 'restore',
	name: 'Restore',
	action: 'Restore a subscription',
	description: 'Let the repeated payments go on',
	movesMoney: false,
	// The bank would charge by itself, and the amount is not known here.
	agentPolicy: 'amountUnknown',
	fields: [subscriptionNotice, subscriptionId, plainOptions],
	read: readSubscriptionId,
	run: async ({ subscriptionId: id }, { bank }) => {
		await restoreSubscription(id, bank);
		return { json: { subscriptionId: id, restored: true } };
	},
});
