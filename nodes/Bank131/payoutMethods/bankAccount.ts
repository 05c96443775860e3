import type { INodeProperties } from 'n8n-workflow';

import {
	accountByNumber,
	accountByToken,
	type AccountHolder,
} from '../../../bank131/requests/payoutMethods/bankAccount';
import type { ItemParameters } from '../parameters/itemParameters';
import { purpose, recipientName, type PayoutMethodForm } from './form';

export const bikField: INodeProperties = {
	displayName: 'BIK',
	name: 'bik',
	type: 'string',
	default: '',
	placeholder: 'e.g. 044525974',
	description: "9-digit code of the recipient's bank",
};

export const accountField: INodeProperties = {
	displayName: 'Account Number',
	name: 'account',
	type: 'string',
	default: '',
	placeholder: 'e.g. 40817810400003869535',
	description: '20 digits. Keep the column as text: as a number it loses digits.',
};

const savedAccount: INodeProperties = {
	displayName: 'Account Token',
	name: 'savedAccount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3f03ee2580046153bb0aa859558e7ada',
	description: "Token of the account, from the bank's widget or from tokenization",
};

const accountHolder: INodeProperties = {
	displayName: 'Account Holder',
	name: 'accountHolder',
	type: 'options',
	options: [
		{ name: 'Company', value: 'legalEntity', description: 'Legal entity, with INN and KPP' },
		{ name: 'Individual', value: 'individual', description: 'A person, self-employed or not' },
		{ name: 'Sole Proprietor (ИП)', value: 'soleProprietor', description: 'With INN' },
	],
	default: 'individual',
	description: 'Whose account it is',
};

const inn: INodeProperties = {
	displayName: 'Recipient INN',
	name: 'inn',
	type: 'string',
	default: '',
	placeholder: 'e.g. 7727406020',
	description: '10 digits for a company, 12 for a sole proprietor',
	displayOptions: { show: { accountHolder: ['legalEntity', 'soleProprietor'] } },
};

const kpp: INodeProperties = {
	displayName: 'Recipient KPP',
	name: 'kpp',
	type: 'string',
	default: '',
	placeholder: 'e.g. 770801001',
	description: '9 characters, for a company',
	displayOptions: { show: { accountHolder: ['legalEntity'] } },
};

const urgent: INodeProperties = {
	displayName: 'Urgent (BESP)',
	name: 'urgent',
	type: 'boolean',
	default: false,
	description:
		"Whether the money arrives within an hour instead of up to three banking days. Costs more, also if the recipient's bank is not connected and it goes as usual; must be part of your agreement.",
};

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
				source: param.word('payFrom') === 'collateral' ? 'collateral' : 'settlement',
				...readHolder(param),
			},
			policy,
		),
};

export const bankAccountToken: PayoutMethodForm = {
	value: 'bankAccountToken',
	name: 'Bank Account Token',
	description: "To an account that the recipient entered in the bank's widget",
	fields: [savedAccount, accountHolder, recipientName, inn, kpp, purpose, urgent],
	read: (param, policy) =>
		accountByToken({ savedAccount: param.raw('savedAccount'), ...readHolder(param) }, policy),
};

function readHolder(param: ItemParameters) {
	return {
		accountHolder: param.choice<AccountHolder>(
			'accountHolder',
			param.raw('accountHolder'),
			['individual', 'soleProprietor', 'legalEntity'],
			'individual',
		),
		recipientName: param.raw('recipientName'),
		inn: param.raw('inn'),
		kpp: param.raw('kpp'),
		purpose: param.raw('purpose'),
		urgent: param.flag('urgent'),
	};
}
