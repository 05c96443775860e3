import { accountByNumber } from '../../../bank131/requests/payoutMethods/bankAccount';
import { accountHolder, inn, kpp, urgent, readHolder } from '../fields/recipient/accountHolder';
import { bikField, accountField } from '../fields/recipient/bankAccount';
import { purpose, recipientName } from '../fields/recipient/recipient';
import type { PayoutMethodForm } from './form';

export const bankAccount: PayoutMethodForm = {
	value: 'bankAccount',
	name: 'Bank Account',
	description: 'To a Russian account of a person, a sole proprietor or a company',
	fields: [accountField, bikField, accountHolder, recipientName, inn, kpp, purpose, urgent],
	read: (param, policy) =>
		accountByNumber(
			{
				account: param.raw('account'),
				bik: param.raw('bik'),
				paidFrom: param.word('payFrom') === 'collateral' ? 'collateral' : 'settlement',
				...readHolder(param),
			},
			policy,
		),
};
