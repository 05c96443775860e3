import type { INodeProperties } from 'n8n-workflow';

import { accountDigits } from '../../../bank131/values/accountNumber';
import { cleanText } from '../../../bank131/values/text';
import { checkInn } from '../../../bank131/values/identifiers';
import { invalid } from '../../../bank131/lib/result';
import { isEmpty, type ItemParameters } from '../parameters/itemParameters';
import { checkPolicy } from './policy';

/** 12-digit INN of a self-employed person. */
export const taxReference: INodeProperties = {
	displayName: 'INN',
	name: 'taxReference',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 123456789012',
	description: '12-digit INN of the person',
};

export const readInn = (param: ItemParameters): string =>
	param.checked('taxReference', checkInn(param.raw('taxReference'), checkPolicy(param), 12), '');

/** Texts of a list or parted by commas. */
export const readTexts = (param: ItemParameters, name: string, value: unknown): string[] =>
	(Array.isArray(value) ? (value as unknown[]) : param.textOf(name, value).split(','))
		.map((part) => param.textOf(name, part))
		.filter((text) => text !== '');

/** Text that must not be empty. */
export function readNeeded(param: ItemParameters, name: string, remedy: string): string {
	const text = param.text(name);
	if (text === '') param.problem(name, 'This field is empty', remedy);
	return text;
}

/** The address of a page, or undefined for none. */
export function readUrl(param: ItemParameters, name: string, value: unknown): string | undefined {
	if (isEmpty(value)) return undefined;
	const text = cleanText(value, 'It');
	const isUrl = !text.ok || /^https?:\/\/\S+$/i.test(text.value);
	const checked = isUrl ? text : invalid('It is not a URL', 'Enter it with https:// in front.');
	return param.checked(name, checked, '');
}

export const accountNumber: INodeProperties = {
	displayName: 'Your Account Number',
	name: 'accountNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 40702810400000000333',
	description: '20 digits of your settlement or escrow account at Bank 131',
};

/** A number of 20 digits, which JavaScript writes out rounded, is refused as any cell of more than 15. */
export function readAccountNumber(param: ItemParameters, name = accountNumber.name): string {
	const digits = param.checked(name, accountDigits(param.raw(name), 'Account number'), '');
	if (digits !== '' && digits.length !== 20) {
		param.problem(
			name,
			'The account number does not have 20 digits',
			'Copy it again, and keep the column as text.',
		);
	}
	return digits;
}
