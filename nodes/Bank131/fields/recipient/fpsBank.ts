import type { INodeProperties } from 'n8n-workflow';

import { field } from '../../../../bank131/lib/json';
import { checkFpsBankName, isFpsBankName } from '../../../../bank131/values/identifiers';
import type { ItemParameters } from '../../parameters/itemParameters';

/** The recipient's bank: chosen from the bank's own list, or given by its name or its 12-digit ID. */
export const fpsBankField: INodeProperties = {
	displayName: 'Recipient Bank',
	name: 'fpsBankId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		"Needed. The recipient's bank in FPS (СБП). A name is looked up in the list of FPS banks before anything is paid.",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a bank…',
			typeOptions: { searchListMethod: 'searchFpsBanks', searchable: true },
		},
		{
			displayName: 'By Name or ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. Т-Банк or 100000000069',
		},
	],
};

/** The field of an operation that has no other way to give the bank. */
export const requiredFpsBank: INodeProperties = { ...fpsBankField, required: true };

/**
 * Replaces a bank that was not found, so that only the problem with its name is reported. Such an item is never run.
 */
const NOT_FOUND = { bankId: '000000000000' };

/**
 * The bank's ID from the resource locator, or from plain text if the parameter is an expression. A name is replaced by
 * the ID of its bank; an ID is not checked.
 */
export function readFpsBankId(param: ItemParameters): unknown {
	const value = param.raw('fpsBankId');
	const entered = field(value, '__rl') === true ? field(value, 'value') : value;
	if (!isFpsBankName(entered)) return entered;
	const name = param.checked('fpsBankId', checkFpsBankName(entered), undefined);
	const found = name === undefined ? undefined : param.findFpsBank(name);
	return (found ? param.checked('fpsBankId', found, NOT_FOUND) : NOT_FOUND).bankId;
}
