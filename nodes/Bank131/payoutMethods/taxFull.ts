import {
	taxFull as taxFullDestination,
	taxFullFields,
	type TaxFullInput,
} from '../../../bank131/requests/payoutMethods/taxFull';
import type { PayoutMethodForm } from './form';

export const NONE = 'Enter 0 when there is none';

/** Label, what stands in the field at first (the treasury's details from the bank's page), an example, a description. */
export const LABELS: Record<
	(typeof taxFullFields)[number],
	[label: string, initial: string, example?: string, description?: string]
> = {
	description: ['Payment Purpose', '', 'VAT for the 2nd quarter of 2026'],
	uin: ['UIN', '0', '18209965144380684245', NONE],
	kbk: ['KBK', '18201061201010000510'],
	oktmo: ['OKTMO', '', '45380000'],
	paymentReason: ['Payment Reason', '', 'ТП'],
	period: ['Tax Period (Text)', '', 'КВ.02.2026'],
	documentNumber: ['Document Number', '0', '131', NONE],
	documentDate: ['Document Date', '0', '25.10.2026', NONE],
	payerInn: ['Taxpayer INN', '', '9909000001'],
	payerKpp: ['Taxpayer KPP', '', '774751001'],
	payeeName: ['Payee Name', '', 'Казначейство России (ФНС России)'],
	payeeInn: ['Payee INN', '7727406020'],
	payeeKpp: ['Payee KPP', '770801001'],
	payeeBik: ['Payee BIK', '017003983'],
	payeeAccount: ['Payee Account', '03100643000000018500'],
	payeeSingleAccount: ['Payee Single Treasury Account', '40102810445370000059'],
};

export const nameOf = (field: string): string => `tax_${field}`;

export const taxFull: PayoutMethodForm = {
	value: 'taxFull',
	name: 'Tax (Full Details)',
	description: 'To the treasury, with the extended set of details; known from the SDK only',
	fields: taxFullFields.map((field) => {
		const [displayName, initial, example, description] = LABELS[field];
		return {
			displayName,
			name: nameOf(field),
			type: 'string',
			default: initial,
			...(example !== undefined && { placeholder: `e.g. ${example}` }),
			...(description !== undefined && { description }),
		};
	}),
	read: (param) =>
		taxFullDestination(
			Object.fromEntries(
				taxFullFields.map((field) => [field, param.raw(nameOf(field))]),
			) as TaxFullInput,
		),
};
