import type { INodeProperties } from 'n8n-workflow';

import type { CheckedFields } from '../../../bank131/lib/result';
import type { PaymentMethodDetails } from '../../../bank131/requests/payment';
import type { CheckPolicy } from '../../../bank131/values/identifiers';
import type { ItemParameters } from '../parameters/itemParameters';

/** How one way to take a payment looks in the editor and how its fields become `payment_details`. */
export interface PaymentMethodForm {
	value: string;
	name: string;
	description: string;
	fields: INodeProperties[];
	read(param: ItemParameters, policy: CheckPolicy): CheckedFields<PaymentMethodDetails>;
}

/** A text field; the label is the parameter's name in words. */
export const textField = (
	displayName: string,
	name: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', description, ...more });

export const securityCode = textField(
	'Security Code',
	'securityCode',
	'CVC of the card, 3 or 4 digits. It may be sent but never stored: let an expression bring it.',
	{ typeOptions: { password: true } },
);

export const deviceToken = textField(
	'Payment Token',
	'deviceToken',
	'What Google Pay or Apple Pay returned, as text or JSON',
	{ typeOptions: { password: true } },
);
