import type { Resource } from '../../contract/operation';
import { cancel } from './cancel';
import { restore } from './restore';

export const subscription: Resource = {
	value: 'subscription',
	name: 'Subscription',
	description: 'Payments that the bank repeats by itself',
	operations: [cancel, restore],
};
