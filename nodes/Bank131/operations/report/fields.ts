import type { INodeProperties } from 'n8n-workflow';

import { amountUnit } from '../../fields/amount';

export const readFrom: INodeProperties = {
	displayName: 'Read From',
	name: 'readFrom',
	type: 'options',
	options: [
		{ name: 'CSV File', value: 'file', description: 'A binary field of each item' },
		{
			name: 'Rows of a Spreadsheet',
			value: 'rows',
			description: 'Each item is one row, as Extract From File makes them of an XLSX file',
		},
	],
	default: 'file',
	description: 'Where the lines of the report are',
};

export const binaryField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. attachment_0',
	description:
		'Name of the binary field that holds the CSV file. Unpack a ZIP file with the Compression node first.',
	displayOptions: { show: { readFrom: ['file'] } },
};

export const reportKind: INodeProperties = {
	displayName: 'Report',
	name: 'reportKind',
	type: 'options',
	options: [
		{ name: 'Automatic', value: 'automatic', description: 'By the columns' },
		{ name: 'Payment Report', value: 'payment', description: 'Acquiring: what payers paid you' },
		{ name: 'Payout Report', value: 'payout', description: 'What you paid out' },
	],
	default: 'automatic',
	description: 'Which of the daily reports this is',
};

const delimiter: INodeProperties = {
	displayName: 'Delimiter',
	name: 'delimiter',
	type: 'options',
	options: [
		{ name: 'Automatic', value: 'automatic', description: 'By the first line' },
		{ name: 'Comma', value: ',' },
		{ name: 'Semicolon', value: ';' },
		{ name: 'Tab', value: '\t' },
	],
	default: 'automatic',
	description: 'What stands between the cells of a CSV file',
};

const encoding: INodeProperties = {
	displayName: 'Encoding',
	name: 'encoding',
	type: 'options',
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description: 'UTF-8 if it is valid, else Windows-1251',
		},
		{ name: 'UTF-8', value: 'utf-8' },
		{ name: 'Windows-1251', value: 'windows-1251' },
	],
	default: 'automatic',
	description: 'How letters are written in a CSV file',
};

export const readOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [delimiter, encoding],
	displayOptions: { show: { readFrom: ['file'] } },
};

export const reportRows: INodeProperties = {
	displayName: 'Report Rows',
	name: 'reportRows',
	type: 'json',
	required: true,
	default: "={{ $('Read a report').all() }}",
	description:
		'All items of the node that read the report; put its name between the quotes. Read once, not for every item. If the report may be empty, switch on Always Output Data in that node.',
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
