import type { INodeProperties } from 'n8n-workflow';

import { taxShort, type TaxPeriodType } from '../../../bank131/requests/payoutMethods/tax';
import type { PayoutMethodForm } from './payoutMethodForm';

const periodType: INodeProperties = {
	displayName: 'Tax Period Type',
	name: 'taxPeriodType',
	type: 'options',
	options: [
		{ name: 'Month', value: 'month' },
		{ name: 'Quarter', value: 'quarter' },
	],
	default: 'quarter',
	description: 'Kind of period for which the tax is paid',
};

const periodNumber: INodeProperties = {
	displayName: 'Tax Period Number',
	name: 'taxPeriodNumber',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 12 },
	default: 1,
	description: 'Needed. Month 1 to 12, or quarter 1 to 4.',
};

const periodYear: INodeProperties = {
	displayName: 'Tax Period Year',
	name: 'taxPeriodYear',
	type: 'string',
	default: '',
	placeholder: 'e.g. 2026',
	description: 'Needed. Year of the period, 4 digits.',
};

export const tax: PayoutMethodForm = {
	kind: 'tax',
	value: 'tax',
	name: 'Tax (VAT of Foreign Companies)',
	description: 'To the Federal Tax Service, with the short set of details',
	fields: [periodType, periodNumber, periodYear],
	read: (param) =>
		taxShort({
			taxPeriodType: param.choice<TaxPeriodType>(
				'taxPeriodType',
				param.raw('taxPeriodType'),
				['month', 'quarter'],
				'quarter',
			),
			taxPeriodNumber: param.raw('taxPeriodNumber'),
			taxPeriodYear: param.raw('taxPeriodYear'),
		}),
};
