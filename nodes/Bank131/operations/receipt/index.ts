import type { Resource } from '../../contract/operation';
import { create } from './create';

export const receipt: Resource = {
	value: 'receipt',
	name: 'Receipt',
	description: 'Fiscal receipt of a self-employed person, without a payout',
	operations: [create],
};
