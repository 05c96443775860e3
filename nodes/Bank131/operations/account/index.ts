import type { Resource } from '../../contract/operation';
import { getBalance } from './getBalance';
import { getStatement } from './getStatement';

export const account: Resource = {
	value: 'account',
	name: 'Account',
	description: 'Your settlement or escrow account at Bank 131',
	operations: [getBalance, getStatement],
};
