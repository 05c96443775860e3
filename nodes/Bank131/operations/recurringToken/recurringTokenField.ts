import type { INodeProperties } from 'n8n-workflow';

import { readRequiredText } from '../../fields/text';
import type { ItemParameters } from '../../parameters/itemParameters';

export const recurringTokenField: INodeProperties = {
	displayName: 'Recurring Token',
	name: 'recurringTokenValue',
	type: 'string',
	typeOptions: { password: true },
	required: true,
	default: '',
	description: 'From the output of a payment that was made with the field Recurring',
};

/** Reads Recurring Token; an empty text after collecting a problem. */
export const readRecurringToken = (param: ItemParameters) =>
	readRequiredText(param, 'recurringTokenValue', 'Take it from the output of the first payment.');
