import type { INodeProperties } from 'n8n-workflow';

import type { CheckedPaymentMethod } from '../../../bank131/requests/payment';
import type { CheckPolicy } from '../../../bank131/values/identifiers';
import type { ItemParameters } from '../parameters/itemParameters';

/** How one payment method looks in the editor and how its fields become the bank's details. */
export interface PaymentMethodForm {
	/** The value of the parameter `paymentMethod` in saved workflows. */
	value: string;
	name: string;
	description: string;
	fields: INodeProperties[];
	/** Turns the parameters of one item into checked details, or returns every problem with them. */
	read(param: ItemParameters, policy: CheckPolicy): CheckedPaymentMethod;
}

/** A text field of a payment method. */
export const textField = (
	displayName: string,
	name: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', description, ...more });

export const securityCode = textField(
	'Security Code',
	'securityCode',
	'Optional. CVC of the card, 3 or 4 digits. It must not be stored: let an expression bring it.',
	{ typeOptions: { password: true } },
);

export const deviceToken = textField(
	'Payment Token',
	'deviceToken',
	'Needed. What Google Pay or Apple Pay returned, as text or JSON.',
	{ typeOptions: { password: true } },
);
