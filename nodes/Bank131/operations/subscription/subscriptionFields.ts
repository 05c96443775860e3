import type { INodeProperties } from 'n8n-workflow';

import { readRequiredText } from '../../fields/text';
import type { ItemParameters } from '../../parameters/itemParameters';

export const subscriptionId: INodeProperties = {
	displayName: 'Subscription ID',
	name: 'subscriptionId',
	type: 'string',
	required: true,
	default: '',
	description: 'From the output of the first payment',
};

export const subscriptionNotice: INodeProperties = {
	displayName: "Not in the bank's public documentation. Ask your manager at the bank to enable it.",
	name: 'subscriptionNotice',
	type: 'notice',
	default: '',
};

/** Reads Subscription ID; an empty text after collecting a problem. */
export const readSubscriptionId = (param: ItemParameters) => ({
	subscriptionId: readRequiredText(
		param,
		'subscriptionId',
		'Take it from the output of the first payment.',
	),
});
