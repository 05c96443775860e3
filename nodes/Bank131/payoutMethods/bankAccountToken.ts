import type { INodeProperties } from 'n8n-workflow';

import { accountByToken } from '../../../bank131/requests/payoutMethods/bankAccountToken';
import {
	accountHolder,
	readAccountHolder,
	recipientInn,
	recipientKpp,
	urgentTransfer,
} from '../fields/recipient/accountHolder';
import { recipientName } from '../fields/recipient/personName';
import { purpose } from '../fields/recipient/purpose';
import type { PayoutMethodForm } from './payoutMethodForm';

const savedAccount: INodeProperties = {
	displayName: 'Account Token',
	name: 'savedAccount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3f03ee2580046153bb0aa859558e7ada',
	description: "Needed. From the bank's widget or from Token: Tokenize Account.",
};

export const bankAccountToken: PayoutMethodForm = {
	kind: 'account',
	value: 'bankAccountToken',
	name: 'Bank Account Token',
	description: "To an account that the recipient entered in the bank's widget",
	fields: [
		savedAccount,
		accountHolder,
		recipientName,
		recipientInn,
		recipientKpp,
		purpose,
		urgentTransfer,
	],
	read: (param, policy) =>
		accountByToken(
			{ savedAccount: param.raw('savedAccount'), ...readAccountHolder(param) },
			policy,
		),
};
