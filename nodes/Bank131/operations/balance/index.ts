import type { Resource } from '../../contract/operation';
import { get } from './get';

export const balance: Resource = {
	value: 'balance',
	name: 'Balance',
	description: 'The collateral account from which payouts are paid',
	operations: [get],
};
