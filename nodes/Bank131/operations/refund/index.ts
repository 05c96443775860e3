import type { Resource } from '../../contract/operation';
import { create } from './create';

export const refund: Resource = {
	value: 'refund',
	name: 'Refund',
	description: 'Money back to a payer',
	operations: [create],
};
