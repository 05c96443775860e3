import type { Resource } from '../../contract/operation';
import { disable } from './disable';
import { get } from './get';

export const recurringToken: Resource = {
	value: 'recurringToken',
	name: 'Recurring Token',
	description: 'Token with which a payer can be charged again',
	operations: [get, disable],
};
