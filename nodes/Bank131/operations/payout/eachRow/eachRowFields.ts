import type { INodeProperties } from 'n8n-workflow';

import { purpose } from '../../../fields/recipient/purpose';
import { docsUrl } from '../../../form/docsUrl';
import { EACH_ROW, payoutMethods } from '../../../payoutMethods';

const shownForEachRow = { show: { payoutMethod: [EACH_ROW] } };

const columnsNotice: INodeProperties = {
	displayName: `Map Automatically knows the <a href="${docsUrl('reference/payout-lists.md')}" target="_blank">usual names of columns</a>, in English and Russian. The output says what each column was taken for, unless Read List has said it.`,
	name: 'columnsNotice',
	type: 'notice',
	default: '',
	displayOptions: shownForEachRow,
};

const columns: INodeProperties = {
	displayName: 'Columns',
	name: 'columns',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'autoMapInputData', value: null },
	description: 'Which columns of your list hold what a payout needs',
	typeOptions: {
		resourceMapper: {
			localResourceMapperMethod: 'getPayoutColumns',
			mode: 'add',
			fieldWords: { singular: 'column', plural: 'columns' },
			addAllFields: true,
			supportAutoMap: true,
		},
	},
	displayOptions: shownForEachRow,
};

const ignoredColumns: INodeProperties = {
	displayName: 'Columns to Ignore',
	name: 'ignoredColumns',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Column' },
	default: [],
	placeholder: 'e.g. Сумма начислено',
	description: 'Optional. Columns that Map Automatically must not use, by their names.',
	displayOptions: shownForEachRow,
};

const methodOrder: INodeProperties = {
	displayName: 'If a Row Fits Several Methods',
	name: 'methodOrder',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true, multipleValueButtonText: 'Add Method' },
	placeholder: 'Add Method',
	default: {},
	description:
		'Optional. The first method of this list whose details a row has is taken. Without a list, and without a column Payout Method, such a row is refused.',
	options: [
		{
			displayName: 'Method',
			name: 'methods',
			values: [
				{
					displayName: 'Method',
					name: 'method',
					type: 'options',
					options: payoutMethods.map(({ name, value }) => ({ name, value })),
					default: 'bankAccount',
					description: 'Taken if a row has all of its details',
				},
			],
		},
	],
	displayOptions: shownForEachRow,
};

/** Not by `show`: n8n counts that as fulfilled if Payout Method is an expression, and would show such a field twice. */
export const onlyEachRow = { hide: { payoutMethod: [{ _cnd: { not: EACH_ROW } }] } };

const purposeOfRows: INodeProperties = {
	...purpose,
	description: 'Optional. For rows without a purpose of their own.',
	displayOptions: onlyEachRow,
};

/** The fields of a list whose rows say how each recipient is paid. */
export const eachRowFields = [columnsNotice, columns, purposeOfRows, ignoredColumns, methodOrder];
