import type { INodeProperties } from 'n8n-workflow';

import {
	taxFull as taxFullDestination,
	taxFullFields,
	type TaxFullInput,
} from '../../../bank131/requests/payoutMethods/taxFull';
import type { PayoutMethodForm } from './payoutMethodForm';

const ENTER_ZERO = 'Needed. Enter 0 when there is none.';

/** Label, initial value (the treasury's details from the bank's page), example, description. */
const taxFieldLabels: Record<
	(typeof taxFullFields)[number],
	[label: string, initial: string, example?: string, description?: string]
> = {
	description: ['Tax Purpose', '', 'VAT for the 2nd quarter of 2026'],
	uin: ['UIN (УИН)', '0', '18209965144380684245', ENTER_ZERO],
	kbk: ['KBK (КБК)', '18201061201010000510'],
	oktmo: ['OKTMO (ОКТМО)', '', '45380000'],
	paymentReason: ['Payment Reason (Основание)', '', 'ТП'],
	period: ['Tax Period (Налоговый период)', '', 'КВ.02.2026'],
	documentNumber: ['Tax Document Number', '0', '131', ENTER_ZERO],
	documentDate: ['Tax Document Date', '0', '25.10.2026', ENTER_ZERO],
	payerInn: ['Taxpayer INN (ИНН)', '', '9909000001'],
	payerKpp: ['Taxpayer KPP (КПП)', '', '774751001'],
	payeeName: ['Tax Payee Name', '', 'Казначейство России (ФНС России)'],
	payeeInn: ['Tax Payee INN', '7727406020'],
	payeeKpp: ['Tax Payee KPP', '770801001'],
	payeeBik: ['Tax Payee BIK', '017003983'],
	payeeAccount: ['Tax Payee Account', '03100643000000018500'],
	payeeSingleAccount: ['Tax Payee Single Account (ЕКС)', '40102810445370000059'],
};

const allNeededNotice: INodeProperties = {
	displayName:
		'All details are needed, as in the tax payment order (платёжное поручение). Those of the payee are the treasury for VAT of foreign companies: check them before the first payout.',
	name: 'taxNotice',
	type: 'notice',
	default: '',
};

const taxParameterName = (field: string): string => `tax_${field}`;

export const taxFull: PayoutMethodForm = {
	kind: 'tax',
	value: 'taxFull',
	name: 'Tax (Full Details)',
	description:
		"To the treasury, with the extended set of details; not in the bank's public documentation",
	fields: [
		allNeededNotice,
		...taxFullFields.map((field): INodeProperties => {
			const [displayName, initial, example, description] = taxFieldLabels[field];
			return {
				displayName,
				name: taxParameterName(field),
				type: 'string',
				default: initial,
				...(example !== undefined && { placeholder: `e.g. ${example}` }),
				...(description !== undefined && { description }),
			};
		}),
	],
	read: (param) =>
		taxFullDestination(
			Object.fromEntries(
				taxFullFields.map((field) => [field, param.raw(taxParameterName(field))]),
			) as TaxFullInput,
		),
};
