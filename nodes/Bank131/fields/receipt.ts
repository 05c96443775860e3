import type { INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../../../bank131/lib/json';
import type { Receipt } from '../../../bank131/requests/order';
import {
	receiptDetails,
	type PayerType,
	type ReceiptInput,
} from '../../../bank131/requests/receipt';
import type { CheckPolicy } from '../../../bank131/values/identifiers';
import { parseAmount, type Money } from '../../../bank131/values/money';
import { cellNumber } from '../../../bank131/values/text';
import { isEmpty, type ItemParameters } from '../parameters/itemParameters';
import { readAmountUnit } from './amount';

const issueReceipt: INodeProperties = {
	displayName: 'Issue Fiscal Receipt',
	name: 'issueReceipt',
	type: 'boolean',
	default: false,
	description:
		'Whether the bank issues a receipt (чек НПД) for this payout. The recipient must be self-employed and linked to Bank 131: see Self-Employed: Check. Keep it the same for a Reference: the bank may count a Reference once with and once without a receipt.',
};

const selfEmployedInn: INodeProperties = {
	displayName: 'Self-Employed INN',
	name: 'selfEmployedInn',
	type: 'string',
	default: '',
	placeholder: 'e.g. 123456789012',
	description: 'Needed. INN (ИНН), 12 digits, of the self-employed person who is paid.',
};

const receiptServices: INodeProperties = {
	displayName: 'Services',
	name: 'receiptServices',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Service' },
	placeholder: 'Add Service',
	default: {},
	description:
		'Needed. What the person is paid for: up to 6 services. Price times quantity of all services must equal the amount.',
	options: [
		{
			displayName: 'Service',
			name: 'service',
			values: [
				{
					displayName: 'Service Name',
					name: 'serviceName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Courier services in November',
					description: 'Needed. As printed on the receipt.',
				},
				{
					displayName: 'Price',
					name: 'price',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1500.50',
					description:
						'Price of one, in the unit of Amount. Leave it empty for a single service that costs the whole amount.',
				},
				{
					displayName: 'Quantity',
					name: 'quantity',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 1,
					description: 'How many of them',
				},
			],
		},
	],
};

const payerType: INodeProperties = {
	displayName: 'Receipt Payer',
	name: 'payerType',
	type: 'options',
	options: [
		{ name: 'Company', value: 'legal', description: 'A Russian legal entity or sole proprietor' },
		{ name: 'Foreign Organization', value: 'foreign', description: 'Not a resident of Russia' },
		{ name: 'Individual', value: 'individual' },
	],
	default: 'legal',
	description: 'Who pays for the services, as it stands on the receipt',
};

const payerInn: INodeProperties = {
	displayName: 'Receipt Payer INN',
	name: 'payerInn',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3316004777',
	description:
		'Needed for a company: its INN (ИНН). Else optional; for a foreign organization, its tax number at home.',
};

const payerName: INodeProperties = {
	displayName: 'Receipt Payer Name',
	name: 'payerName',
	type: 'string',
	default: '',
	placeholder: 'e.g. OOO Vector',
	description: 'Needed for a company, else optional',
};

const detailFields = [selfEmployedInn, receiptServices, payerType, payerInn, payerName];

/** The contents of a receipt where no switch hides them. n8n marks the INN as needed. */
export const receiptDetailFields = detailFields.map((field) =>
	field === selfEmployedInn ? { ...field, required: true } : field,
);

/** The fields of a receipt behind a switch, for payouts; not where they are `hidden`. */
export const receiptFieldsUnless = (hidden: Record<string, string[]>): INodeProperties[] => [
	{ ...issueReceipt, displayOptions: { hide: hidden } },
	...detailFields.map((field) => ({
		...field,
		displayOptions: { show: { issueReceipt: [true] }, hide: hidden },
	})),
];

/** The switch of a list whose rows say which payouts have a receipt. */
const everyRowHasReceipt: INodeProperties = {
	...issueReceipt,
	displayName: 'Receipt for Every Row',
	name: 'receiptForEveryRow',
	description:
		'Whether a row without the INN of a self-employed person is refused. Leave it off for a mixed list: rows with an INN get a receipt anyway.',
};

/** For a list: the switch, and what can be the same on all receipts. The INN of a person is a column. */
export const listReceiptFields: INodeProperties[] = [
	everyRowHasReceipt,
	...[receiptServices, payerType, payerInn, payerName].map((field) => ({
		...field,
		description: `For rows with a receipt, unless they have a column for it. ${field.description}`,
	})),
];

/** Reads the receipt; `undefined` for a payout without one. */
export const readReceipt = (
	param: ItemParameters,
	amount: Money,
	policy: CheckPolicy,
): Receipt | undefined =>
	param.flag('issueReceipt') ? readReceiptDetails(param, amount, policy) : undefined;

/** Reads a receipt of `amount`. Collects every problem in `param`. */
export function readReceiptDetails(
	param: ItemParameters,
	amount: Money,
	policy: CheckPolicy,
): Receipt {
	const rows = param.rows('receiptServices', 'service');
	const { problems, ...receipt } = receiptDetails(
		{
			inn: param.raw('selfEmployedInn'),
			payerType: param.choice<PayerType>(
				'payerType',
				param.raw('payerType'),
				['legal', 'foreign', 'individual'],
				'legal',
			),
			payerInn: param.raw('payerInn'),
			payerName: param.text('payerName'),
			services: rows.map((row) => readService(param, row, amount, rows.length === 1)),
		},
		amount,
		policy,
	);
	param.addProblems(problems);
	return receipt;
}

function readService(
	param: ItemParameters,
	row: JsonObject,
	amount: Money,
	isOnly: boolean,
): ReceiptInput['services'][number] {
	const unit = readAmountUnit(param);
	const quantity = isEmpty(row.quantity) ? 1 : cellNumber(row.quantity);
	const isWholeAmount = isOnly && isEmpty(row.price) && quantity === 1;
	return {
		name: param.singleLine('serviceName', row.serviceName),
		price: isWholeAmount
			? amount.minorUnits
			: param.checked('price', parseAmount(row.price, unit, amount.currency), amount).minorUnits,
		quantity,
	};
}
