import { accountByNumber } from '../../../bank131/requests/payoutMethods/bankAccount';
import {
	accountHolder,
	readAccountHolder,
	recipientInn,
	recipientKpp,
	urgentTransfer,
} from '../fields/recipient/accountHolder';
import { accountField, bikField } from '../fields/recipient/bankAccount';
import { recipientName } from '../fields/recipient/personName';
import { purpose } from '../fields/recipient/purpose';
import type { PayoutMethodForm } from './payoutMethodForm';

export const bankAccount: PayoutMethodForm = {
	kind: 'account',
	value: 'bankAccount',
	name: 'Bank Account',
	description: 'To a Russian account of a person, a sole proprietor or a company',
	fields: [
		accountField,
		bikField,
		accountHolder,
		recipientName,
		recipientInn,
		recipientKpp,
		purpose,
		urgentTransfer,
	],
	read: (param, policy) =>
		accountByNumber(
			{
				account: param.raw('account'),
				bik: param.raw('bik'),
				paidFrom: param.optionValue('payFrom') === 'collateral' ? 'collateral' : 'settlement',
				...readAccountHolder(param),
			},
			policy,
		),
};
