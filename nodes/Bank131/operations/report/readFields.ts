import type { INodeProperties } from 'n8n-workflow';

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
	description: 'Character between the cells of a CSV file',
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
