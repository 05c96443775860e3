import type { ListLayout } from '../../../../../bank131/payoutList/recogniseColumns';
import type { CurrencySummary, ListSummary } from '../../../../../bank131/payoutList/summary';
import type { UnmappedColumn } from '../../../../../bank131/payoutList/unmappedColumns';
import { formatGroupedAmount } from '../../../../../bank131/values/money';
import { columnLabel, methodName } from './columnLabels';

/** What the output pane says about the tables that were read. */
export interface ListReport {
	summary: ListSummary;
	/** The messages of rows and tables with problems. */
	failures: string[];
	/** The tables whose columns were recognised. */
	tables: Array<{ name: string; layout: ListLayout }>;
	/** Rows whose BIK got its leading zero back. */
	restoredBiks: Array<{ row: string; bik: string }>;
	/** Fields that some payouts need and no column has. */
	setOnce: string[];
	/** The References are the numbers of the rows. */
	hasRowNumbers: boolean;
	checkDigits: boolean;
}

/** Tables whose columns are listed, and rows that are listed. */
const MAX_TABLES = 3;
const MAX_ROWS = 5;

/** The summary of Payout: Read List. */
export function listSummaryText(report: ListReport): string {
	const { summary, failures, tables, restoredBiks, setOnce, hasRowNumbers, checkDigits } = report;
	const several = tables.length > 1;
	return [
		countsText(summary),
		problemsText(summary, failures),
		hasRowNumbers ? ROW_NUMBERS : '',
		...tables
			.slice(0, MAX_TABLES)
			.map(({ name, layout }) => `${several ? `${name}: ` : ''}${columnsText(layout)}`),
		restoredBiks.length > 0 ? restoredText(restoredBiks) : '',
		setOnce.length > 0
			? `Not in the list, to be entered where it is paid: ${setOnce.map(columnLabel).join(', ')}.`
			: '',
		checkDigits ? '' : 'Check digits were not verified.',
	]
		.filter(Boolean)
		.join('\n');
}

/** What is said of References that are the numbers of the rows. */
export const ROW_NUMBERS =
	'The References are row numbers. A later list with the same numbers would not be paid: use IDs that stay unique.';

function countsText({ payouts, currencies }: ListSummary): string {
	if (payouts === 0) return '';
	const count = payouts === 1 ? '1 payout' : `${payouts} payouts`;
	return `${count}: ${currencies.map(currencyText).join('; ')}.`;
}

function problemsText({ payouts }: ListSummary, failures: string[]): string {
	if (failures.length === 0) return '';
	const count = failures.length === 1 ? '1 problem' : `${failures.length} problems`;
	if (payouts > 0) return `${count}, see Error Branch: these rows will not be paid.`;
	return `Nothing was read: ${failures[0]}${failures.length > 1 ? ` (${count})` : ''}`;
}

function currencyText({ currency, minorUnits, methods }: CurrencySummary): string {
	const parts = methods.map(
		({ method, count, minorUnits: sum }) =>
			`${count} ${methodName(method)} ${formatGroupedAmount(sum, currency)}`,
	);
	const sum = formatGroupedAmount(minorUnits, currency);
	return `${sum} ${currency.toUpperCase()} (${parts.join(', ')})`;
}

/** What each column was taken for, and what was not used. */
export function columnsText({ columns, unused }: ListLayout): string {
	const taken = [...columns].map(([column, { header }]) => `"${header}" = ${columnLabel(column)}`);
	const left = unused.map((header) => `"${header.trim()}"`);
	return `Columns: ${taken.join(', ')}.${left.length > 0 ? ` Not used: ${left.join(', ')}.` : ''}`;
}

/** What would be recognised and is mapped to nothing. */
export const unmappedText = (unmapped: readonly UnmappedColumn[]): string =>
	`Not mapped, and so not used: ${unmapped
		.map(({ column, header }) => `"${header.trim()}" (${columnLabel(column)})`)
		.join(', ')}.`;

function restoredText(restored: ListReport['restoredBiks']): string {
	const shown = restored
		.slice(0, MAX_ROWS)
		.map(({ row, bik }) => (row === '' ? bik : `${row}: ${bik}`));
	const more = restored.length - shown.length;
	return `A BIK had lost its leading zero; the account number proves it (${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}).`;
}
