import type { INodeProperties } from 'n8n-workflow';

import { readNeeded } from '../../fields/common';
import type { ItemParameters } from '../../parameters/itemParameters';

export const subscriptionId: INodeProperties = {
	displayName: 'Subscription ID',
	name: 'subscriptionId',
	type: 'string',
	required: true,
	default: '',
	description: 'From the output of the first payment',
};

export const notice: INodeProperties = {
	displayName: 'Known from the SDK only. Must be enabled by your manager at the bank.',
	name: 'subscriptionNotice',
	type: 'notice',
	default: '',
};

export const read = (param: ItemParameters) => ({
	subscriptionId: readNeeded(
		param,
		'subscriptionId',
		'Take it from the output of the first payment.',
	),
});
