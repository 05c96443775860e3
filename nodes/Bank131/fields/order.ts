import type { INodeProperties } from 'n8n-workflow';

import { checkReference } from '../../../bank131/checks';
import { parseAmount } from '../../../bank131/money';
import type { Money, PayoutOrder } from '../../../bank131/order';
import type { ItemParameters } from '../parameters';
import { readDestination } from '../payoutMethods';
import { readExtras } from './extras';
import { checkPolicy } from './policy';
import { readReceipt } from './receipt';
import { readSource } from './source';

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

export const currency: INodeProperties = {
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
		'Currency of Amount. Other currencies than RUB must be part of your agreement; the recipient of a payout gets rubles.',
};

/** Everything about one payout from the parameters of one item, checked. */
export function readOrder(param: ItemParameters): PayoutOrder {
	const policy = checkPolicy(param);
	const money = readAmount(param);
	const order: PayoutOrder = {
		reference: readReference(param),
		amount: money,
		destination: readDestination(param, policy),
		source: readSource(param),
		receipt: readReceipt(param, money, policy),
		extras: readExtras(param),
	};
	if (order.receipt && !order.destination.recipientName && !order.extras.recipient?.full_name) {
		param.problem(
			'recipientName',
			'A payout with a receipt needs the name of the recipient',
			'Enter the full name as in the passport.',
		);
	}
	return order;
}

export const readReference = (param: ItemParameters): string =>
	param.checked('reference', checkReference(param.raw('reference')), '');

/** The amount of the parameter `name`, in the unit and currency that the user chose. */
export function readAmount(param: ItemParameters, name = 'amount'): Money {
	const unit = param.collection('options').amountUnit === 'minor' ? 'minor' : 'major';
	const code = String(param.collection('additionalFields').currency ?? 'RUB');
	return param.checked<Money>(name, parseAmount(param.raw(name), unit, code), {
		minorUnits: 0,
		currency: code.toLowerCase(),
	});
}
