import type { Resource } from '../../contract/operation';
import { get } from './get';

export const balance: Resource = {
	value: 'balance',
	name: 'Collateral Account',
	description: 'The guarantee deposit (обеспечительный счёт) from which payouts are paid',
	operations: [get],
};
