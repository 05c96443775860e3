import { invalid, type Result } from '../../lib/result';
import { cleanText, isGiven } from '../../values/text';
import { FieldValidator } from '../fieldValidator';
import type { CheckedDestination, Destination } from '../order';
import type { AnyRequestProblem } from '../problems';

/** Every part of the extended set of details, as text; all of them are mandatory in the PHP SDK. */
export const taxFullFields = [
	'description',
	'uin',
	'kbk',
	'oktmo',
	'paymentReason',
	'period',
	'documentNumber',
	'documentDate',
	'payerInn',
	'payerKpp',
	'payeeName',
	'payeeInn',
	'payeeKpp',
	'payeeBik',
	'payeeAccount',
	'payeeSingleAccount',
] as const;

/** A value for each part. */
export type TaxFullInput = Record<(typeof taxFullFields)[number], unknown>;

/**
 * A tax payment with the extended set of details. Known from the PHP SDK, which puts it flat into `tax`; a third-party
 * copy of the page "Objects" nests it in `tax_full`. Flat is sent.
 */
export function taxFull(input: TaxFullInput): CheckedDestination<'tax'> {
	const validator = new FieldValidator();
	const text = (name: keyof TaxFullInput) =>
		validator.take(`tax_${name}`, checkTaxDetail(input[name]));
	const tax = {
		type: 'tax_full',
		description: text('description'),
		uin: text('uin'),
		tax_details: {
			kbk: text('kbk'),
			oktmo: text('oktmo'),
			payment_reason: text('paymentReason'),
			period: text('period'),
			document_number: text('documentNumber'),
			document_date: text('documentDate'),
		},
		payer: { kpp: text('payerKpp'), inn: text('payerInn') },
		payee: {
			bik: text('payeeBik'),
			account: text('payeeAccount'),
			account_eks: text('payeeSingleAccount'),
			name: text('payeeName'),
			kpp: text('payeeKpp'),
			inn: text('payeeInn'),
		},
	};
	return validator.result<Destination<'tax'>>({
		kind: 'tax',
		details: { type: 'tax', tax },
		displayText: 'Federal Tax Service',
		identity: [tax.payee.account],
	});
}

/** Text of a mandatory field. */
function checkTaxDetail(value: unknown): Result<string, AnyRequestProblem> {
	return isGiven(value) ? cleanText(value, 'it') : invalid({ code: 'tax.emptyDetail' });
}
