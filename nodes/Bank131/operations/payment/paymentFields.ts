import type { INodeProperties } from 'n8n-workflow';

import { amount, amountUnit, currency, reference } from '../../fields/amount';
import { additionalFields, commonExtras } from '../../fields/extras';
import { recipientDetails, senderDetails } from '../../fields/participants';
import { verifyCheckDigits } from '../../fields/policy';
import { revenueSplit } from '../../fields/revenueSplit';
import { outputFields } from '../../fields/session';
import { paymentMethodFields } from '../../paymentMethods';

const payerReference: INodeProperties = {
	displayName: 'Customer Reference',
	name: 'payerReference',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. user-42',
	description:
		'Who pays, in your own system: a login or customer number. The output has it as customerReference.',
};

const returnUrl: INodeProperties = {
	displayName: 'Return URL',
	name: 'returnUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://shop.example/thanks',
	description:
		'Optional. Where the payer goes after the payment; the payer may come by GET or POST.',
};

const paymentDescription: INodeProperties = {
	displayName: 'Payment Description',
	name: 'paymentDescription',
	type: 'string',
	default: '',
	description: 'Shown by some methods and sent back in webhooks',
};

const expiresAt: INodeProperties = {
	displayName: 'Expires At',
	name: 'expiresAt',
	type: 'string',
	default: '',
	placeholder: 'e.g. 2026-12-31 23:59:59',
	description:
		'Until when the payer can pay, in the form of the placeholder; known from third-party code only',
};

const makeRecurring: INodeProperties = {
	displayName: 'Recurring',
	name: 'makeRecurring',
	type: 'boolean',
	default: false,
	description:
		'Whether to ask for a recurring token, with which the payer can be charged again later',
};

const subscriptionPeriod: INodeProperties = {
	displayName: 'Subscription Period',
	name: 'subscriptionPeriod',
	type: 'string',
	default: '',
	description:
		'Makes the payment the first of a subscription; the form of the period is agreed with the bank',
};

const platformField = (
	displayName: string,
	name: string,
	values: string[],
	subject: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${values[0]}`,
	description: `${subject}: ${values.join(', ')}. Used by T-Pay.`,
});

const paymentExtras = additionalFields([
	currency,
	...commonExtras,
	paymentDescription,
	expiresAt,
	makeRecurring,
	subscriptionPeriod,
	revenueSplit,
	platformField(
		'Payer Browser',
		'platformBrowser',
		['chrome', 'firefox', 'jivo mobile', 'microsoft edge', 'miui'],
		'Browser of the payer',
	),
	platformField('Payer Device', 'platformType', ['mobile', 'desktop'], 'Device of the payer'),
	platformField(
		'Payer System',
		'platformOs',
		['android', 'ios', 'linux', 'windows'],
		'Operating system of the payer',
	),
]);

/** The options of every operation that takes a payment. */
export const commonPaymentOptions = [amountUnit, verifyCheckDigits];

/** The fields of every operation that takes a payment. The operation adds Options at the end. */
export const paymentFields = [reference, amount, payerReference, ...paymentMethodFields, returnUrl];

export const paymentExtraFields = [paymentExtras, recipientDetails, senderDetails];

/** The last fields of operations that have no other options. */
export const paymentOutputFields = outputFields(commonPaymentOptions);
