import { listFpsBanks } from '../../../../bank131/services/fps';
import { defineOperation } from '../../contract/operation';
import { plainOptions } from '../../fields/batchOptions';

export const getBanks = defineOperation({
	resource: 'fps',
	value: 'getBanks',
	name: 'Get Many Banks',
	action: 'Get many FPS banks',
	description: 'List the banks that take part in FPS, one item per bank',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [plainOptions],
	read: () => undefined,
	run: async (_input, { bank }) =>
		(await listFpsBanks(bank)).map((entry) => ({ json: { ...entry } })),
});
