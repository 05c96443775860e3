import { getRecurringToken } from '../../../../bank131/services/tokens';
import { defineOperation } from '../../contract/operation';
import { plainOptions } from '../../fields/batchOptions';
import { readRecurringToken, recurringTokenField } from './recurringTokenField';

export const get = defineOperation({
	resource: 'recurringToken',
	value: 'get',
	name: 'Get',
	action: 'Get a recurring token',
	description: 'See whether a recurring token is active',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [recurringTokenField, plainOptions],
	read: readRecurringToken,
	run: async (token, { bank }) => ({ json: await getRecurringToken(token, bank) }),
});
