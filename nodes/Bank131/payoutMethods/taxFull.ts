import {
	taxFull as taxFullDestination,
	taxFullFields,
	type TaxFullInput,
} from '../../../bank131/requests/payoutMethods/taxFull';
import type { PayoutMethodForm } from './payoutMethodForm';

const ENTER_ZERO = 'Enter 0 when there is none';

/** Label, initial value (the treasury's details from the bank's page), example, description. */
const taxFieldLabels: Record<
	(typeof taxFullFields)[number],
	[label: string, initial: string, example?: string, description?: string]
> = {
	description: ['Payment Purpose', '', 'VAT for the 2nd quarter of 2026'],
	uin: ['UIN', '0', '18209965144380684245', ENTER_ZERO],
	kbk: ['KBK', '18201061201010000510'],
	oktmo: ['OKTMO', '', '45380000'],
	paymentReason: ['Payment Reason', '', 'ТП'],
	period: ['Tax Period (Text)', '', 'КВ.02.2026'],
	documentNumber: ['Document Number', '0', '131', ENTER_ZERO],
	documentDate: ['Document Date', '0', '25.10.2026', ENTER_ZERO],
	payerInn: ['Taxpayer INN', '', '9909000001'],
	payerKpp: ['Taxpayer KPP', '', '774751001'],
	payeeName: ['Payee Name', '', 'Казначейство России (ФНС России)'],
	payeeInn: ['Payee INN', '7727406020'],
	payeeKpp: ['Payee KPP', '770801001'],
	payeeBik: ['Payee BIK', '017003983'],
	payeeAccount: ['Payee Account', '03100643000000018500'],
	payeeSingleAccount: ['Payee Single Treasury Account', '40102810445370000059'],
};

const taxParameterName = (field: string): string => `tax_${field}`;

export const taxFull: PayoutMethodForm = {
	kind: 'tax',
	value: 'taxFull',
	name: 'Tax (Full Details)',
	description: 'To the treasury, with the extended set of details; known from the SDK only',
	fields: taxFullFields.map((field) => {
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
	read: (param) =>
		taxFullDestination(
			Object.fromEntries(
				taxFullFields.map((field) => [field, param.raw(taxParameterName(field))]),
			) as TaxFullInput,
		),
};
