import type { INodeProperties } from 'n8n-workflow';

import { accountStatement, daysBetween, MAX_DAYS } from '../../../../bank131/accounts';
import { plainOptions } from '../../fields/batchOptions';
import { accountNumber, readAccountNumber } from '../../fields/common';
import { operation } from '../../operation';

const from: INodeProperties = {
	displayName: 'From',
	name: 'dateFrom',
	type: 'dateTime',
	required: true,
	default: '',
	description: 'First day of the period, as it is in Moscow',
};

const to: INodeProperties = {
	displayName: 'To',
	name: 'dateTo',
	type: 'dateTime',
	required: true,
	default: '',
	description: 'Last day of the period, as it is in Moscow; that day is included',
};

export const getStatement = operation({
	resource: 'account',
	value: 'getStatement',
	name: 'Get Statement',
	action: 'Get the statement of an account',
	description:
		'Get the transactions of a settlement or escrow account, one item each, oldest day first. Amounts are as the bank sends them.',
	movesMoney: false,
	forAgents: 'free',
	fields: [accountNumber, from, to, plainOptions],
	read: (param) => {
		const days = daysBetween(param.text('dateFrom'), param.text('dateTo'));
		if (!days) {
			param.problem(
				'dateFrom',
				'From and To are no period',
				'Enter two dates, the first not after the last.',
			);
		} else if (days.length > MAX_DAYS) {
			param.problem(
				'dateTo',
				`The period is longer than ${MAX_DAYS} days`,
				'The bank is asked day by day: choose a shorter period.',
			);
		}
		return { accountNumber: readAccountNumber(param), days: days ?? [] };
	},
	run: async (input, { bank }) =>
		(await accountStatement(input.accountNumber, input.days, bank)).map((json) => ({ json })),
});
