import type { INodeProperties } from 'n8n-workflow';

import type { CheckPolicy } from '../../../bank131/values/identifiers';
import type { CheckedDestination } from '../../../bank131/requests/order';
import type { ItemParameters } from '../parameters/itemParameters';

/** How one payout method looks in the editor and how its fields become a destination. */
export interface PayoutMethodForm {
	value: string;
	name: string;
	description: string;
	fields: INodeProperties[];
	read(param: ItemParameters, policy: CheckPolicy): CheckedDestination;
}

export const recipientName: INodeProperties = {
	displayName: 'Recipient Name',
	name: 'recipientName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Иванов Иван Иванович',
	description:
		"Full name as in the passport, in Cyrillic or Latin letters; for a company its name as in the agreement. With a wrong name the recipient's bank may send the money back.",
};

export const purpose: INodeProperties = {
	displayName: 'Purpose',
	name: 'purpose',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Payment under agreement 131 for November, VAT exempt',
	description:
		'Purpose of the payment: operation, agreement, goods or services, VAT. No "?" or "!". Up to 210 characters for accounts, 140 for FPS.',
};
