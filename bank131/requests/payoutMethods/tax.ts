import { invalid, ok, type Result } from '../../lib/result';
import { cellNumber, valueText } from '../../values/text';
import { FieldValidator } from '../fieldValidator';
import type { CheckedDestination, Destination } from '../order';
import type { RequestProblem } from '../problems';

/** Kind of tax period, in the bank's words. */
export type TaxPeriodType = 'month' | 'quarter';

/** The tax period of a payment with the short set of details. */
export interface TaxShortInput {
	taxPeriodType: TaxPeriodType;
	/** Month 1–12 or quarter 1–4. */
	taxPeriodNumber: unknown;
	/** Four digits. */
	taxPeriodYear: unknown;
}

/**
 * VAT of foreign companies ("Google tax") with the short set of details, flat in `tax` (bank's page on payouts of
 * taxes; an old copy of the page "Objects" nests it in `tax_short`).
 */
export function taxShort(input: TaxShortInput): CheckedDestination<'tax'> {
	const validator = new FieldValidator();
	const number = validator.take('taxPeriodNumber', checkTaxPeriod(input));
	const year = validator.take('taxPeriodYear', checkTaxYear(input.taxPeriodYear));
	const period = { type: input.taxPeriodType, number: Number(number), year };
	return validator.result<Destination<'tax'>>({
		kind: 'tax',
		details: { type: 'tax', tax: { type: 'tax_short', tax_details: { period } } },
		displayText: 'Federal Tax Service',
		identity: ['tax_short'],
	});
}

function checkTaxPeriod({
	taxPeriodType: periodType,
	taxPeriodNumber,
}: TaxShortInput): Result<string, RequestProblem> {
	const last = periodType === 'month' ? 12 : 4;
	const number = cellNumber(taxPeriodNumber);
	return Number.isInteger(number) && number >= 1 && number <= last
		? ok(String(number))
		: invalid({ code: 'tax.noSuchPeriod', periodType, entered: valueText(taxPeriodNumber), last });
}

function checkTaxYear(value: unknown): Result<string, RequestProblem> {
	const text = valueText(value);
	return /^20\d\d$/.test(text) ? ok(text) : invalid({ code: 'tax.wrongYear' });
}
