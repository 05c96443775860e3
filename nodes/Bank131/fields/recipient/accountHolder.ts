import type { INodeProperties } from 'n8n-workflow';

import type { AccountHolder } from '../../../../bank131/requests/payoutMethods/parts/russianAccount';
import type { ItemParameters } from '../../parameters/itemParameters';

export const accountHolder: INodeProperties = {
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

export const recipientInn: INodeProperties = {
	displayName: 'Recipient INN',
	name: 'inn',
	type: 'string',
	default: '',
	placeholder: 'e.g. 7727406020',
	description: 'Needed. INN (ИНН): 10 digits for a company, 12 for a sole proprietor.',
	displayOptions: { show: { accountHolder: ['legalEntity', 'soleProprietor'] } },
};

export const recipientKpp: INodeProperties = {
	displayName: 'Recipient KPP',
	name: 'kpp',
	type: 'string',
	default: '',
	placeholder: 'e.g. 770801001',
	description: 'Needed. KPP (КПП) of the company, 9 characters.',
	displayOptions: { show: { accountHolder: ['legalEntity'] } },
};

export const urgentTransfer: INodeProperties = {
	displayName: 'Urgent (BESP)',
	name: 'urgent',
	type: 'boolean',
	default: false,
	description:
		"Whether the money arrives within an hour instead of up to three banking days. Costs more, also if the recipient's bank is not connected and it goes as usual; must be part of your agreement.",
};

/** Reads the holder of a Russian account and the purpose. Only Account Holder and Urgent are checked here. */
export function readAccountHolder(param: ItemParameters) {
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
