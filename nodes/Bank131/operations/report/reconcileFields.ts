import type { INodeProperties } from 'n8n-workflow';

import { amountUnit } from '../../fields/amount';

/** Items of the node that reads the report, under the name that n8n gives it. */
export const REPORT_NODE_ITEMS = "{{ $('Read a report').all() }}";

export const reportRows: INodeProperties = {
	displayName: 'Report Rows',
	name: 'reportRows',
	type: 'string',
	default: '',
	placeholder: `e.g. ${REPORT_NODE_ITEMS}`,
	description:
		'All items of the node that read the report. Leave empty if it is called "Read a report". If the report may be empty, switch on Always Output Data there.',
};

export const sheetSessionId: INodeProperties = {
	displayName: 'Session ID',
	name: 'sheetSessionId',
	type: 'string',
	default: '={{ $json.sessionId }}',
	placeholder: 'e.g. ps_3230',
	description: 'Session of this row of your records. May be empty if Reference is not.',
};

export const sheetReference: INodeProperties = {
	displayName: 'Reference',
	name: 'sheetReference',
	type: 'string',
	default: '={{ $json.reference }}',
	placeholder: 'e.g. invoice-2026-0131',
	description:
		'Your own ID of the payout, under which it was sent. Used where the session ID is empty or not in the report.',
};

export const sheetAmount: INodeProperties = {
	displayName: 'Amount',
	name: 'sheetAmount',
	type: 'string',
	required: true,
	default: '={{ $json.amount }}',
	placeholder: 'e.g. 1500.50',
	description:
		'What your records say was paid, without the fee, in rubles. For kopecks, add the option Amount Unit.',
};

const onlyDifferences: INodeProperties = {
	displayName: 'Only Differences',
	name: 'onlyDifferences',
	type: 'boolean',
	default: false,
	description: 'Whether to leave out the rows that match',
};

export const reconcileOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [amountUnit, onlyDifferences],
};
