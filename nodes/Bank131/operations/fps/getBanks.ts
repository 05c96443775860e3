import { listFpsBanks } from '../../../../bank131/services/fps';
import { defineOperation } from '../../contract/operation';
import { listOptions } from '../../fields/batchOptions';
import { limitFields, readLimit } from '../../fields/limit';

export const getBanks = defineOperation({
	resource: 'fps',
	value: 'getBanks',
	name: 'Get Many Banks',
	action: 'Get many FPS banks',
	description: 'List the banks that take part in FPS, one item per bank',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [...limitFields, listOptions],
	read: readLimit,
	run: async (limit, { bank }) =>
		(await listFpsBanks(bank)).slice(0, limit).map((entry) => ({ json: { ...entry } })),
});
