import type { INodeProperties } from 'n8n-workflow';

import { readNeeded } from '../../fields/common';
import type { ItemParameters } from '../../parameters/itemParameters';

export const value: INodeProperties = {
	displayName: 'Recurring Token',
	name: 'recurringTokenValue',
	type: 'string',
	typeOptions: { password: true },
	required: true,
	default: '',
	description: 'From the output of a payment that was made with the option Recurring',
};

export const read = (param: ItemParameters) =>
	readNeeded(param, 'recurringTokenValue', 'Take it from the output of the first payment.');
