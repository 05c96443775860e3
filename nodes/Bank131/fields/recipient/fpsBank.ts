import type { INodeProperties } from 'n8n-workflow';

import { field } from '../../../../bank131/lib/json';
import type { ItemParameters } from '../../parameters/itemParameters';

/** The recipient's bank: chosen from the bank's own list, or given by its 12-digit ID. */
export const fpsBankField: INodeProperties = {
	displayName: 'Recipient Bank',
	name: 'fpsBankId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: "The recipient's bank in the Faster Payments System",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a bank…',
			typeOptions: { searchListMethod: 'searchFpsBanks', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 100000000069',
		},
	],
};

/** Reads the bank's ID from the resource locator, or from plain text if the parameter is an expression. Not checked. */
export function readFpsBankId(param: ItemParameters): unknown {
	const value = param.raw('fpsBankId');
	return field(value, '__rl') === true ? field(value, 'value') : value;
}
