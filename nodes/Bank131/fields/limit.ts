import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../parameters/itemParameters';

/** On by default, other than in most nodes of n8n: workflows that were saved before this field get everything. */
const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: true,
	description: 'Whether to return all results or only up to a given limit',
};

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

/** For operations that output one item per result. */
export const limitFields = [returnAll, limit];

/** Reads how many results an input item may have; `Infinity` for all of them. */
export function readLimit(param: ItemParameters): number {
	const isAll = param.flagIn({ returnAll: param.raw('returnAll') as boolean }, 'returnAll', true);
	if (isAll) return Infinity;
	return Math.trunc(param.numberIn({ limit: param.raw('limit') as number }, limit));
}
