import type { INodeProperties } from 'n8n-workflow';

import { delimiter, encoding, shownForFiles } from '../../fields/tableFields';

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

export const readOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [delimiter, encoding],
	displayOptions: shownForFiles,
};
