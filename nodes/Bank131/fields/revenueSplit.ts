import type { INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../../../bank131/lib/json';
import { checkRevenueSplit } from '../../../bank131/requests/revenueSplit';
import type { ItemParameters } from '../parameters/itemParameters';

export const revenueSplit: INodeProperties = {
	displayName: 'Revenue Split',
	name: 'revenueSplit',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Share' },
	placeholder: 'Add Share',
	default: {},
	description: 'Shares of contractors known to the bank; one of them may take the rest',
	options: [
		{
			displayName: 'Share',
			name: 'share',
			values: [
				{ displayName: 'Contractor Alias', name: 'contractorAlias', type: 'string', default: '' },
				{
					displayName: 'Percent',
					name: 'percent',
					type: 'string',
					default: '',
					placeholder: 'e.g. 10',
				},
				{
					displayName: 'Takes the Rest',
					name: 'remains',
					type: 'boolean',
					default: false,
					description: 'Whether this contractor gets what the others leave',
				},
			],
		},
	],
};

/** Reads the checked shares; `undefined` if there is none. */
export function readRevenueSplit(param: ItemParameters, value: unknown): JsonObject[] | undefined {
	const shares = rowsOf(value, 'share').map((row) => ({
		alias: param.singleLine('contractorAlias', row.contractorAlias),
		percent: row.percent,
		remains: param.flagIn(row, 'remains'),
	}));
	return shares.length > 0
		? param.checked(revenueSplit.name, checkRevenueSplit(shares), undefined)
		: undefined;
}

/** The rows of a fixedCollection inside a collection. */
export function rowsOf(value: unknown, group: string): JsonObject[] {
	const list = (value as JsonObject | undefined)?.[group];
	return Array.isArray(list) ? (list as JsonObject[]) : [];
}
