import type { INodeProperties } from 'n8n-workflow';

import { accountByIban } from '../../../bank131/requests/payoutMethods/bankAccountIban';
import { recipientName } from '../fields/recipient/personName';
import type { PayoutMethodForm } from './payoutMethodForm';

const ibanField: INodeProperties = {
	displayName: 'IBAN',
	name: 'iban',
	type: 'string',
	default: '',
	placeholder: 'e.g. UA21 3996 2200 0002 6007 2335 6600 1',
	description:
		'Needed. International number of the account. If the bank wants a tax number too, add it under Recipient Details.',
};

export const bankAccountIban: PayoutMethodForm = {
	kind: 'account',
	value: 'bankAccountIban',
	name: 'Bank Account by IBAN',
	description:
		"Not in the bank's public documentation: ask your manager at the bank whether it is enabled",
	fields: [ibanField, recipientName],
	read: (param, policy) =>
		accountByIban({ iban: param.raw('iban'), recipientName: param.raw('recipientName') }, policy),
};
