import type { INodeProperties } from 'n8n-workflow';

import { checkReference, type CheckPolicy } from '../../../bank131/checks';
import { isObject, type JsonObject } from '../../../bank131/json';
import { parseAmount } from '../../../bank131/money';
import type { Money, PayoutOrder } from '../../../bank131/order';
import { readDestination } from '../payoutMethods';
import { isEmpty, type ItemParameters } from '../parameters';
import { readReceipt } from './receipt';

export const reference: INodeProperties = {
	displayName: 'Reference',
	name: 'reference',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. invoice-2026-0131',
	description:
		'Your own ID of this payout, e.g. the order, invoice or row number. The bank pays each reference once, however often the workflow runs.',
};

export const amount: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 1500.50',
	description:
		'Amount in rubles, e.g. 1500.50 or 1 500,50. To enter kopecks, add the option Amount Unit.',
};

export const amountUnit: INodeProperties = {
	displayName: 'Amount Unit',
	name: 'amountUnit',
	type: 'options',
	options: [
		{ name: 'Rubles', value: 'major', description: 'With decimals, e.g. 1500.50' },
		{ name: 'Kopecks', value: 'minor', description: 'Whole numbers only, e.g. 150050' },
	],
	default: 'major',
	description: 'What the numbers in Amount and in the receipt mean',
};

export const verifyCheckDigits: INodeProperties = {
	displayName: 'Verify Check Digits',
	name: 'verifyCheckDigits',
	type: 'options',
	options: [
		{ name: 'Always', value: 'always' },
		{ name: 'Automatic', value: 'automatic', description: 'Only in the Live environment' },
		{ name: 'Never', value: 'never' },
	],
	default: 'automatic',
	description:
		"Whether card numbers, account numbers and INNs must have valid check digits. The bank's own test values do not, so in Demo they are not checked.",
};

export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Currency',
			name: 'currency',
			type: 'options',
			options: [
				{ name: 'Euro (EUR)', value: 'EUR' },
				{ name: 'Russian Ruble (RUB)', value: 'RUB' },
				{ name: 'US Dollar (USD)', value: 'USD' },
			],
			default: 'RUB',
			description:
				'Currency of Amount. Other currencies than RUB must be part of your agreement; the recipient gets rubles.',
		},
		{
			displayName: 'Customer Email',
			name: 'customerEmail',
			type: 'string',
			placeholder: 'name@email.com',
			default: '',
			description: "The recipient's email address",
		},
		{
			displayName: 'Customer Phone',
			name: 'customerPhone',
			type: 'string',
			default: '',
			placeholder: 'e.g. 79680000000',
			description: "The recipient's phone number, for your records at the bank",
		},
		{
			displayName: 'Customer Reference',
			name: 'customerReference',
			type: 'string',
			default: '',
			placeholder: 'e.g. courier-42',
			description:
				'Who the recipient is in your own system. Needed when an email or phone is given.',
		},
		{
			displayName: 'Metadata (JSON)',
			name: 'metadata',
			type: 'json',
			default: '{}',
			description:
				'Any data of yours as a JSON object. The bank stores it with the payout and sends it back in webhooks, beside your reference.',
		},
	],
};

export function checkPolicy(param: ItemParameters): CheckPolicy {
	const wanted = param.collection('options').verifyCheckDigits ?? verifyCheckDigits.default;
	return { checkDigits: wanted === 'always' || (wanted === 'automatic' && param.live) };
}

/** Everything about one payout from the parameters of one item, checked. */
export function readOrder(param: ItemParameters): PayoutOrder {
	const policy = checkPolicy(param);
	const extra = param.collection('additionalFields');
	const money = readAmount(param, String(extra.currency ?? 'RUB'));
	return {
		reference: param.checked('reference', checkReference(param.raw('reference')), ''),
		amount: money,
		destination: readDestination(param, policy),
		receipt: readReceipt(param, money, policy),
		customer: readCustomer(param, extra),
		metadata: param.jsonObject('metadata', extra.metadata),
	};
}

function readAmount(param: ItemParameters, currency: string): Money {
	const unit = param.collection('options').amountUnit === 'minor' ? 'minor' : 'major';
	return param.checked('amount', parseAmount(param.raw('amount'), unit, currency), {
		minorUnits: 0,
		currency,
	});
}

/** Customer (bank's page "Objects"): `reference` is mandatory in it. */
function readCustomer(param: ItemParameters, extra: JsonObject): JsonObject | undefined {
	const contact = {
		...(!isEmpty(extra.customerEmail) && { email: String(extra.customerEmail).trim() }),
		...(!isEmpty(extra.customerPhone) && { phone: String(extra.customerPhone).trim() }),
	};
	const hasContact = isObject(contact) && Object.keys(contact).length > 0;
	if (isEmpty(extra.customerReference)) {
		if (hasContact)
			param.problem(
				'customerReference',
				'The customer reference is empty',
				'The bank takes an email or phone only together with a Customer Reference.',
			);
		return undefined;
	}
	return {
		reference: String(extra.customerReference).trim(),
		...(hasContact && { contacts: [contact] }),
	};
}
