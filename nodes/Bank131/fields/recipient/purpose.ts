import type { INodeProperties } from 'n8n-workflow';

/** Purpose of a transfer to an account or by phone. */
export const purpose: INodeProperties = {
	displayName: 'Purpose',
	name: 'purpose',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Payment under agreement 131 for November, VAT exempt',
	description:
		'Needed. Operation, agreement, goods or services, VAT. No "?" or "!". Up to 210 characters for accounts, 140 for FPS.',
};
