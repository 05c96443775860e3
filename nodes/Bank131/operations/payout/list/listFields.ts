import type { INodeProperties } from 'n8n-workflow';

import { payoutMethodValues, type PayoutMethod } from '../../../../../bank131/payoutList/fields';
import type { LayoutOptions } from '../../../../../bank131/payoutList/recogniseColumns';
import type { PayingAccountWord, RowOptions } from '../../../../../bank131/payoutList/rowReader';
import type { AmountUnit } from '../../../../../bank131/values/money';
import { valueText } from '../../../../../bank131/values/text';
import { amountUnit } from '../../../fields/amount';
import { delimiter, encoding } from '../../../fields/tableFields';
import type { ItemParameters } from '../../../parameters/itemParameters';
import { payoutMethods } from '../../../payoutMethods';
import { payFrom } from '../payFrom';
import type { ListSettings } from './checkRow';

const acceptTestNumbers: INodeProperties = {
	displayName: 'Accept Test Numbers',
	name: 'acceptTestNumbers',
	type: 'boolean',
	default: false,
	description:
		"Whether to accept cards, accounts and INNs whose check digits are wrong, as those of the bank's test values are",
};

const ignoreColumns: INodeProperties = {
	displayName: 'Columns to Ignore',
	name: 'ignoreColumns',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Column' },
	default: [],
	placeholder: 'e.g. Сумма начислено',
	description: 'Names of columns that must not be used, as they stand in the list',
};

const preferredMethods: INodeProperties = {
	displayName: 'If a Row Fits Several Methods',
	name: 'preferredMethods',
	type: 'multiOptions',
	options: payoutMethods.map(({ name, value }) => ({ name, value })),
	default: [],
	description: 'The first one chosen here is taken. Without it such a row is refused.',
};

export const listOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		acceptTestNumbers,
		amountUnit,
		ignoreColumns,
		delimiter,
		encoding,
		preferredMethods,
		payFrom,
	],
};

/** How a list is to be read and checked. */
export interface ListOptions {
	layout: LayoutOptions;
	row: RowOptions;
	settings: ListSettings;
}

/** Reads the options. Collects every problem in `param`. */
export function readListOptions(param: ItemParameters): ListOptions {
	const options = param.collection('options');
	const payingAccount = param.choice<PayingAccountWord>(
		'payFrom',
		options.payFrom,
		['collateral', 'settlement', 'escrow'],
		'collateral',
	);
	return {
		layout: {
			ignored: textsOf(options.ignoreColumns),
			amountUnit: param.choice<AmountUnit>(
				'amountUnit',
				options.amountUnit,
				['major', 'minor'],
				'major',
			),
		},
		row: {
			payFrom: payingAccount,
			methodOrder: textsOf(options.preferredMethods).filter(isPayoutMethod),
		},
		settings: {
			payFrom: payingAccount,
			checkDigits: !param.flagIn(options, 'acceptTestNumbers'),
		},
	};
}

/** A list as texts; a single value is a list of one. Names of columns may have line breaks. */
const textsOf = (value: unknown): string[] =>
	(Array.isArray(value) ? value : [value]).map(valueText).filter((text) => text !== '');

const isPayoutMethod = (value: string): value is PayoutMethod =>
	(payoutMethodValues as string[]).includes(value);
