import type { INodeProperties } from 'n8n-workflow';

import { accountDigits } from '../../../bank131/values/accountNumber';
import type { ItemParameters } from '../parameters/itemParameters';

/** The partner's own settlement or escrow account at Bank 131. */
export const ownAccountNumber: INodeProperties = {
	displayName: 'Your Account Number',
	name: 'accountNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 40702810400000000333',
	description: '20 digits of your settlement or escrow account at Bank 131',
};

/**
 * Reads the parameter `name`: the 20 digits of an account. JavaScript rounds a number of 20 digits, so the number
 * type is refused, as for every cell of more than 15 digits.
 */
export function readOwnAccountNumber(param: ItemParameters, name = ownAccountNumber.name): string {
	const digits = param.checked(name, accountDigits(param.raw(name), 'accountNumber'), '');
	if (digits !== '' && digits.length !== 20) {
		param.addProblem(
			name,
			'The account number does not have 20 digits',
			'Copy it again, and keep the column as text.',
		);
	}
	return digits;
}
