import { cancelSubscription } from '../../../../bank131/services/subscriptions';
import { defineOperation } from '../../contract/operation';
import { plainOptions } from '../../fields/batchOptions';
import { readSubscriptionId, subscriptionId, subscriptionNotice } from './subscriptionFields';

export const cancel = defineOperation({
	resource: 'subscription',
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel a subscription',
	description: 'Stop the repeated payments',
	movesMoney: false,
	agentPolicy: 'needsSwitch',
	fields: [subscriptionNotice, subscriptionId, plainOptions],
	read: readSubscriptionId,
	run: async ({ subscriptionId: id }, { bank }) => {
		await cancelSubscription(id, bank);
		return { json: { subscriptionId: id, cancelled: true } };
	},
});
