import type { INodeProperties } from 'n8n-workflow';

import { accountDigits } from '../../../bank131/values/accountNumber';
import { cleanText } from '../../../bank131/values/text';
import { checkInn } from '../../../bank131/values/identifiers';
import { invalid } from '../../../bank131/lib/result';
import { isEmpty, type ItemParameters } from '../parameters/itemParameters';
import { readCheckPolicy } from './policy';

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
	param.checked(
		'taxReference',
		checkInn(param.raw('taxReference'), readCheckPolicy(param), 12),
		'',
	);

/** Texts of a list, or of a text separated by commas. */
export const readTexts = (param: ItemParameters, name: string, value: unknown): string[] =>
	(Array.isArray(value) ? (value as unknown[]) : param.singleLine(name, value).split(','))
		.map((part) => param.singleLine(name, part))
		.filter((text) => text !== '');

/** Text that must not be empty. */
export function readNeeded(param: ItemParameters, name: string, remedy: string): string {
	const text = param.text(name);
	if (text === '') param.problem(name, 'This field is empty', remedy);
	return text;
}

const NOT_A_URL = { message: 'It is not a URL', remedy: 'Enter it with https:// in front.' };

/** The address of a page, or `undefined` if it is empty. */
export function readUrl(param: ItemParameters, name: string, value: unknown): string | undefined {
	if (isEmpty(value)) return undefined;
	const text = cleanText(value, 'it');
	const isUrl = !text.ok || /^https?:\/\/\S+$/i.test(text.value);
	return param.checked<string>(name, isUrl ? text : invalid(NOT_A_URL), '');
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

/** The 20 digits of an account. A JavaScript number of 20 digits is rounded, so it is refused like every cell of more than 15. */
export function readAccountNumber(param: ItemParameters, name = accountNumber.name): string {
	const digits = param.checked(name, accountDigits(param.raw(name), 'accountNumber'), '');
	if (digits !== '' && digits.length !== 20) {
		param.problem(
			name,
			'The account number does not have 20 digits',
			'Copy it again, and keep the column as text.',
		);
	}
	return digits;
}
