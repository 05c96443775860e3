import { cellNumber, cleanText } from '../../values/text';
import type { CheckedDestination, Destination } from '../order';
import { bad, good, type Checked } from '../../lib/result';
import { FieldChecks, isGiven } from '../../values/fieldProblems';

export type TaxPeriodType = 'month' | 'quarter';

export interface TaxShortInput {
	taxPeriodType: TaxPeriodType;
	taxPeriodNumber: unknown;
	taxPeriodYear: unknown;
}

/**
 * VAT of foreign companies ("Google tax") with the short set of details. The page's sample and the PHP SDK put
 * `tax_details` flat into `tax`; an old copy of the page "Objects" nests it in `tax_short`. Flat is sent.
 */
export function taxShort(input: TaxShortInput): CheckedDestination {
	const checks = new FieldChecks();
	const number = checks.take('taxPeriodNumber', checkPeriod(input));
	const year = checks.take('taxPeriodYear', checkYear(input.taxPeriodYear));
	const period = { type: input.taxPeriodType, number: Number(number), year };
	return checks.result<Destination>({
		details: { type: 'tax', tax: { type: 'tax_short', tax_details: { period } } },
		masked: 'Federal Tax Service',
	});
}

function checkPeriod({ taxPeriodType, taxPeriodNumber }: TaxShortInput): Checked<string> {
	const last = taxPeriodType === 'month' ? 12 : 4;
	const number = cellNumber(taxPeriodNumber);
	return Number.isInteger(number) && number >= 1 && number <= last
		? good(String(number))
		: bad(
				`There is no ${taxPeriodType} ${String(taxPeriodNumber)}`,
				`Enter a whole number from 1 to ${last}.`,
			);
}

function checkYear(value: unknown): Checked<string> {
	const text = String(value ?? '').trim();
	return /^20\d\d$/.test(text)
		? good(text)
		: bad('The year does not have 4 digits', 'Enter a year such as 2026.');
}

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

export type TaxFullInput = Record<(typeof taxFullFields)[number], unknown>;

/**
 * The extended set. Known from the PHP SDK, which puts it flat into `tax`; a third-party copy of the page "Objects"
 * nests it in `tax_full`. Flat is sent.
 */
export function taxFull(input: TaxFullInput): CheckedDestination {
	const checks = new FieldChecks();
	const text = (name: keyof TaxFullInput) => checks.take(`tax_${name}`, checkGiven(input[name]));
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
	return checks.result<Destination>({
		details: { type: 'tax', tax },
		masked: 'Federal Tax Service',
	});
}

function checkGiven(value: unknown): Checked<string> {
	return isGiven(value)
		? cleanText(value, 'It')
		: bad(
				'This field is empty',
				'Fill it in; the bank wants all of them. Use 0 where there is nothing to say.',
			);
}
