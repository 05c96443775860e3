import type { INodeProperties } from 'n8n-workflow';

import { disableRecurringToken, recurringToken } from '../../../../bank131/services/tokens';
import { plainOptions } from '../../fields/batchOptions';
import { readNeeded } from '../../fields/common';
import { operation } from '../../contract/operation';
import type { ItemParameters } from '../../parameters/itemParameters';

const value: INodeProperties = {
	displayName: 'Recurring Token',
	name: 'recurringTokenValue',
	type: 'string',
	typeOptions: { password: true },
	required: true,
	default: '',
	description: 'From the output of a payment that was made with the option Recurring',
};

const read = (param: ItemParameters) =>
	readNeeded(param, 'recurringTokenValue', 'Take it from the output of the first payment.');

export const get = operation({
	resource: 'recurringToken',
	value: 'get',
	name: 'Get',
	action: 'Get a recurring token',
	description: 'See whether a recurring token is active',
	movesMoney: false,
	forAgents: 'free',
	fields: [value, plainOptions],
	read,
	run: async (token, { bank }) => ({ json: await recurringToken(token, bank) }),
});

const NOT_SHOWN = {
	message: 'The bank said yes, but does not show that the token is disabled',
	description: 'Look with Recurring Token: Get. If it is still active, disable it again.',
};

export const disable = operation({
	resource: 'recurringToken',
	value: 'disable',
	name: 'Disable',
	action: 'Disable a recurring token',
	description: 'Make sure that nobody is charged with this token any more',
	movesMoney: false,
	forAgents: 'switched',
	fields: [value, plainOptions],
	read,
	run: async (token, { bank }) => {
		const json = await disableRecurringToken(token, bank);
		return json.isActive === false ? { json } : { json, failure: NOT_SHOWN };
	},
});
