import type { INodeProperties } from 'n8n-workflow';

import { getAccountStatement } from '../../../../bank131/services/accounts';
import {
	checkStatementDay,
	daysBetween,
	MAX_DAYS,
} from '../../../../bank131/values/statementDates';
import { defineOperation } from '../../contract/operation';
import { listOptions } from '../../fields/batchOptions';
import { limitFields, readLimit } from '../../fields/limit';
import { ownAccountNumber, readOwnAccountNumber } from '../../fields/ownAccount';

const dateFrom: INodeProperties = {
	displayName: 'From',
	name: 'dateFrom',
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	required: true,
	default: '',
	description: 'First day of the period, as it is in Moscow',
};

const dateTo: INodeProperties = {
	displayName: 'To',
	name: 'dateTo',
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	required: true,
	default: '',
	description: 'Last day of the period, as it is in Moscow; that day is included',
};

export const getStatement = defineOperation({
	resource: 'account',
	value: 'getStatement',
	name: 'Get Statement',
	action: 'Get the statement of an account',
	description:
		'Get the transactions of a settlement or escrow account, one item each, oldest day first. Amounts are as the bank sends them.',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [ownAccountNumber, dateFrom, dateTo, ...limitFields, listOptions],
	read: (param) => {
		const [first, last] = ['dateFrom', 'dateTo'].map((name) =>
			param.checked(name, checkStatementDay(param.raw(name)), ''),
		);
		const days = daysBetween(first, last);
		if (first !== '' && last !== '' && days.length === 0) {
			param.addProblem('dateFrom', 'From is after To', 'Enter the first and the last day.');
		} else if (days.length > MAX_DAYS) {
			param.addProblem(
				'dateTo',
				`The period is longer than ${MAX_DAYS} days`,
				'The bank is asked day by day: choose a shorter period.',
			);
		}
		return { accountNumber: readOwnAccountNumber(param), days, limit: readLimit(param) };
	},
	run: async ({ accountNumber: number, days, limit }, { bank, parallel }) =>
		(await getAccountStatement(number, days, parallel, bank))
			.slice(0, limit)
			.map((json) => ({ json })),
});
