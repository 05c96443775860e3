import type { Resource } from '../../contract/operation';
import { restore } from './restore';
import { cancel } from './cancel';

export const subscription: Resource = {
	value: 'subscription',
	name: 'Subscription',
	description: 'Payments that the bank repeats by itself',
	operations: [cancel, restore],
};
