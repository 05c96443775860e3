import type { FindingsSummary, ReportSummary } from '../../../../bank131/reports/summaries';
import { formatAmount } from '../../../../bank131/values/money';
import { findingResultTexts } from './findingTexts';

/** The summary of Report: Read. `errors`: lines and files that could not be read. */
export function reportSummaryText(
	{ operations, currencies }: ReportSummary,
	errors: number,
): string {
	const failures = `${errors === 1 ? '1 error' : `${errors} errors`}: ${operations === 0 ? 'nothing' : 'not all'} was read.`;
	if (operations === 0) {
		return errors > 0 ? failures : 'The report is empty: there were no operations.';
	}
	const sums = currencies.map(({ currency, types }) => {
		const parts = types.map(
			({ type = 'other', count, minorUnits }) => `${count} ${type} ${formatDecimal(minorUnits)}`,
		);
		return `${parts.join(', ')} ${currency}`;
	});
	const count = operations === 1 ? '1 operation' : `${operations} operations`;
	return `${count}: ${sums.join('; ')}.${errors > 0 ? ` ${failures}` : ''}`;
}

/** The summary of Report: Reconcile: how many rows have each result, and the sums of sheet and bank. */
export function findingsSummaryText({
	counts,
	sheetMinorUnits,
	bankTotals: bank,
	repeatedLines,
}: FindingsSummary): string {
	const results = counts.map(({ result, count }) => `${count} ${findingResultTexts[result]}`);
	const sums = bank.map(
		({ currency, paid, returned }) =>
			`at the bank ${formatDecimal(paid)}, returned ${formatDecimal(returned)} ${currency}`,
	);
	return `${results.join(', ') || 'Nothing to compare'}. In the sheet ${formatDecimal(sheetMinorUnits)}, ${sums.join('; ')}.${repeatedText(repeatedLines)}`;
}

function repeatedText(lines: number): string {
	if (lines === 0) return '';
	return lines === 1
		? ' 1 line appears twice in the report and counts once.'
		: ` ${lines} lines appear twice in the report and count once.`;
}

/** Every currency of a report has two decimals. */
const formatDecimal = (minorUnits: number): string => formatAmount(minorUnits, 'rub');
