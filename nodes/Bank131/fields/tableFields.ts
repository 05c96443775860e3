import type { INodeProperties } from 'n8n-workflow';

import type { CsvOptions } from '../../../bank131/tables/table';
import type { ItemParameters } from '../parameters/itemParameters';

export const readFrom: INodeProperties = {
	displayName: 'Read From',
	name: 'readFrom',
	type: 'options',
	options: [
		{ name: 'CSV File', value: 'file', description: 'A binary field of each item' },
		{
			name: 'Rows of a Spreadsheet',
			value: 'rows',
			description:
				'Each item is one row, as of Google Sheets, a Data Table or Extract From File (XLSX)',
		},
	],
	default: 'file',
	description: 'Where the lines of the table are',
};

/** Shows a field only for files. */
export const shownForFiles = { show: { readFrom: ['file'] } };

export const binaryField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. attachment_0',
	description:
		'Name of the binary field that holds the CSV file, as the input shows it. Leave it as it is if the input has one file only. Unpack a ZIP file with the Compression node first.',
	displayOptions: shownForFiles,
};

export const delimiter: INodeProperties = {
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
	description: 'Column separator of a CSV file',
};

export const encoding: INodeProperties = {
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
	description: 'Character encoding of the CSV file',
};

/** Reads how CSV files are to be read. Values that are not chosen are detected. */
export function readCsvOptions(param: ItemParameters): CsvOptions {
	const { encoding: chosenEncoding, delimiter: chosenDelimiter } = param.collection('options');
	return {
		encoding: (['utf-8', 'windows-1251'] as const).find((one) => one === chosenEncoding),
		delimiter: ([',', ';', '\t'] as const).find((one) => one === chosenDelimiter),
	};
}
