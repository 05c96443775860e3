import type { INodeProperties } from 'n8n-workflow';

import { checkSelfEmployed } from '../../../../bank131/services/selfEmployed';
import { defineOperation } from '../../contract/operation';
import { optionsField } from '../../fields/batchOptions';
import { readSelfEmployedInn, selfEmployedInnField } from '../../fields/inn';
import { readTimeLimitMs } from '../../fields/plan';
import { verifyCheckDigits } from '../../fields/policy';
import { checkResult, withRequestId } from './result';

const taxServiceTimeLimit: INodeProperties = {
	displayName: 'Wait at Most (Seconds)',
	name: 'timeLimit',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 60,
	description:
		'How long to wait for the tax service. After that the result is pending and can be asked for later.',
};

export const check = defineOperation({
	resource: 'selfEmployed',
	value: 'check',
	name: 'Check',
	action: 'Check a self-employed person',
	description:
		'Ask whether a person is self-employed and linked to Bank 131, and wait for the answer',
	movesMoney: false,
	agentPolicy: 'allowed',
	fields: [selfEmployedInnField, optionsField([taxServiceTimeLimit, verifyCheckDigits])],
	read: (param) => ({
		inn: readSelfEmployedInn(param),
		timeLimitMs: readTimeLimitMs(param, taxServiceTimeLimit),
	}),
	run: async ({ inn, timeLimitMs }, { bank }) =>
		await withRequestId(inn, checkSelfEmployed(inn, timeLimitMs, bank), (status) =>
			checkResult(status, inn),
		),
});
