import { disableRecurringToken } from '../../../../bank131/services/tokens';
import { defineOperation } from '../../contract/operation';
import { plainOptions } from '../../fields/batchOptions';
import { readRecurringToken, recurringTokenField } from './recurringTokenField';

const STILL_ACTIVE = {
	message: 'The bank said yes, but does not show that the token is disabled',
	description: 'Look with Recurring Token: Get. If it is still active, disable it again.',
};

export const disable = defineOperation({
	resource: 'recurringToken',
	value: 'disable',
	name: 'Disable',
	action: 'Disable a recurring token',
	description: 'Make sure that nobody is charged with this token any more',
	movesMoney: false,
	agentPolicy: 'needsSwitch',
	fields: [recurringTokenField, plainOptions],
	read: readRecurringToken,
	run: async (token, { bank }) => {
		const json = await disableRecurringToken(token, bank);
		return json.isActive === false ? { json } : { json, failure: STILL_ACTIVE };
	},
});
