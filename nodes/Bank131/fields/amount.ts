import type { INodeProperties } from 'n8n-workflow';

import { checkReference } from '../../../bank131/values/identifiers';
import type { CurrencyCode } from '../../../bank131/values/currencies';
import { checkCurrency, parseAmount, type Money } from '../../../bank131/values/money';
import { valueText } from '../../../bank131/values/text';
import { isEmpty, type ItemParameters } from '../parameters/itemParameters';

export const reference: INodeProperties = {
	displayName: 'Reference',
	name: 'reference',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. invoice-2026-0131',
	description:
		'Your own ID for this, e.g. the order or invoice number. The bank does it once per reference, however often the workflow runs. Never use a random value.',
};

export const amount: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 1500.50',
	description:
		'In rubles, or in the Currency that you add, e.g. 1500.50 or 1 500,50. To enter kopecks, add the option Amount Unit.',
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
	description: 'What amounts and prices are written in',
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

/** Whether the user enters amounts in rubles (`major`) or kopecks (`minor`). */
export const readAmountUnit = (param: ItemParameters): 'major' | 'minor' =>
	param.choice('amountUnit', param.collection('options').amountUnit, ['major', 'minor'], 'major');

/** Reads Reference: the checked text, or an empty text after collecting a problem. */
export const readReference = (param: ItemParameters): string =>
	param.checked('reference', checkReference(param.raw('reference')), '');

/** Reads a Reference that may be empty. An expression that gives nothing is a problem. */
export function readOptionalReference(param: ItemParameters, name: string): string | undefined {
	const value = param.raw(name);
	if (!isEmpty(value)) return param.checked(name, checkReference(value), undefined);
	rejectEmptyExpression(param, name, 'Let it give a reference, or empty the field itself.');
	return undefined;
}

/** An expression that gives nothing (a missing column, a misspelt node name) does not mean that the field is empty. */
function rejectEmptyExpression(param: ItemParameters, name: string, remedy: string): void {
	if (param.isExpression(name)) param.addProblem(name, 'The expression gives nothing', remedy);
}

/**
 * Reads Currency; rubles if the field was not added. One that was added and is empty or unknown is a problem, and gives
 * `undefined`.
 */
export function readCurrency(param: ItemParameters): CurrencyCode | undefined {
	const extra = param.collection('additionalFields');
	if (!('currency' in extra)) return 'rub';
	return param.checked<CurrencyCode | undefined>(
		'currency',
		checkCurrency(valueText(extra.currency)),
		undefined,
	);
}

/** Reads Amount in the unit and currency that the user chose. Without a currency nothing can be said about it. */
export function readAmount(param: ItemParameters): Money {
	const unit = readAmountUnit(param);
	const currencyCode = readCurrency(param);
	const none: Money = { minorUnits: 0, currency: currencyCode ?? 'rub' };
	if (currencyCode === undefined) return none;
	return param.checked('amount', parseAmount(param.raw('amount'), unit, currencyCode), none);
}

/**
 * Reads an amount in rubles that may be empty. Empty means no check of the amount, or all of the money. So an
 * expression that gives nothing is a problem.
 */
export function readOptionalAmount(param: ItemParameters, name: string): Money | undefined {
	if (!isEmpty(param.raw(name))) return readRubles(param, name);
	rejectEmptyExpression(param, name, 'Let it give an amount, or empty the field itself.');
	return undefined;
}

/**
 * `rub` if the text has a currency sign ("500 ₽"), so that it is not used in the currency of another payment; else
 * `undefined`.
 */
export const readMarkedCurrency = (param: ItemParameters, name: string): string | undefined =>
	/[^\d\s.,'’ʼ]/.test(String(param.raw(name) ?? '')) ? 'rub' : undefined;

function readRubles(param: ItemParameters, name: string): Money {
	const checked = parseAmount(param.raw(name), readAmountUnit(param), 'RUB');
	return param.checked<Money>(name, checked, { minorUnits: 0, currency: 'rub' });
}
