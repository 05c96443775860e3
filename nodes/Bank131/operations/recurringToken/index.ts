import type { Resource } from '../../contract/operation';
import { disable, get } from './actions';

export const recurringToken: Resource = {
	value: 'recurringToken',
	name: 'Recurring Token',
	description: 'Token with which a payer can be charged again',
	operations: [get, disable],
};
