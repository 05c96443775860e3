import type { INodeProperties } from 'n8n-workflow';

import { accountByToken } from '../../../bank131/requests/payoutMethods/bankAccountToken';
import { accountHolder, inn, kpp, urgent, readHolder } from '../fields/recipient/accountHolder';
import { purpose, recipientName } from '../fields/recipient/recipient';
import type { PayoutMethodForm } from './form';

export const savedAccount: INodeProperties = {
	displayName: 'Account Token',
	name: 'savedAccount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3f03ee2580046153bb0aa859558e7ada',
	description: "Token of the account, from the bank's widget or from tokenization",
};

export const bankAccountToken: PayoutMethodForm = {
	value: 'bankAccountToken',
	name: 'Bank Account Token',
	description: "To an account that the recipient entered in the bank's widget",
	fields: [savedAccount, accountHolder, recipientName, inn, kpp, purpose, urgent],
	read: (param, policy) =>
		accountByToken({ savedAccount: param.raw('savedAccount'), ...readHolder(param) }, policy),
};
