import { dropEmptyCellsBeyond } from '../tables/table';
import { formatAmount, parseAmount, type Money } from '../values/money';
import { isGiven } from '../values/text';
import { chooseMethod, type RowCells } from './chooseMethod';
import { cleanCell, unwrapCell } from './cleanCell';
import {
	payoutMethodFields,
	sourceColumns,
	type ListColumn,
	type PayoutField,
	type PayoutMethod,
} from './fields';
import { foldedNames, foldName } from './foldName';
import type { LocatedRowProblem, RowProblem } from './problems';
import { readDetails, readName } from './readDetails';
import type { ListLayout } from './recogniseColumns';
import { RowReader, type RowOptions } from './rowReader';

/** A row as the fields of a payout. Values with problems of their own are left as they are: the checks report them. */
export interface PayoutRow {
	/** Absent if the row does not say how to pay. */
	method?: PayoutMethod;
	/** By field. Only fields that the row has and that its method uses. */
	values: Partial<Record<PayoutField, unknown>>;
	/** Absent if the amount is not one. */
	amount?: Money;
	/** Every problem that is not one of a single value. */
	problems: LocatedRowProblem[];
	/** The BIK whose leading zero was restored. */
	restoredBik?: string;
}

/** Reads one row of a list. */
export function readRow(
	layout: ListLayout,
	rowCells: readonly unknown[],
	options: RowOptions = {},
): PayoutRow {
	const expected = layout.width;
	const given = dropEmptyCellsBeyond(expected, rowCells);
	if (given.length !== expected) {
		return failedRow({ code: 'row.wrongCellCount', cells: given.length, expected });
	}
	const cells = cellsByColumn(layout, given);
	if (isNoPayout(cells)) return failedRow({ code: 'row.noPayout' });
	const row = new RowReader(layout, cells, options);
	const { values, problems } = row;
	const reference = cells.get('reference');
	if (reference !== undefined) values.reference = cleanCell('reference', reference);
	readName(row);
	const amount = readAmount(row);
	const chosen = chooseMethod(cells, options.methodOrder ?? [], row.hasColumn('payoutMethod'));
	if (!chosen.ok) {
		row.addProblem('payoutMethod', chosen.problem);
		return { values, amount, problems };
	}
	const method = chosen.value;
	values.payoutMethod = method;
	const details = readDetails(row, method);
	if (method === 'tax' || method === 'taxFull') delete values.recipientName;
	readPayingAccount(row);
	readReceipt(row);
	const confirmation = row.word('confirmation');
	if (confirmation !== undefined) values.confirmation = confirmation;
	return { method, values, amount, problems, ...details };
}

const failedRow = (problem: RowProblem): PayoutRow => ({
	values: {},
	problems: [{ ...problem, field: '' }],
});

function cellsByColumn({ columns }: ListLayout, given: readonly unknown[]): RowCells {
	const cells = new Map<ListColumn, unknown>();
	for (const [column, { index }] of columns) {
		const cell = unwrapCell(given[index]);
		if (isGiven(cell)) cells.set(column, cell);
	}
	return cells;
}

const DETAILS = Object.values(payoutMethodFields).flatMap(({ needs }) =>
	needs.flatMap((field: PayoutField) => [field, ...(sourceColumns[field] ?? [])]),
);
const TOTAL_WORDS = 'итого|всего|итог|total|sum';
let totals: Set<string> | undefined;

/** Whether the row has nobody's details, and no reference or the word for a total instead of one. */
function isNoPayout(cells: RowCells): boolean {
	if (DETAILS.some((column) => cells.has(column))) return false;
	totals ??= new Set(foldedNames(TOTAL_WORDS));
	const reference = cells.get('reference');
	return reference === undefined || totals.has(foldName(String(reference)));
}

/** Reads amount and currency. An empty cell in a column of currencies does not mean rubles. */
function readAmount(row: RowReader): Money | undefined {
	const { values, layout } = row;
	const cell = row.cells.get('amount');
	const stated = layout.amountCurrency;
	if (row.hasColumn('currency') && !row.cells.has('currency')) {
		row.addProblem('currency', { code: 'currency.empty' });
	}
	const word = row.word('currency');
	const others = stated?.toUpperCase() ?? row.options.currency ?? 'RUB';
	const currency = typeof word === 'string' ? word : others;
	if (stated !== undefined && stated !== currency.toLowerCase()) {
		const known = currency.toLowerCase() as typeof stated;
		row.addProblem('currency', { code: 'currency.differs', header: stated, currency: known });
	}
	const amount = parseAmount(cell, layout.amountUnit, currency);
	if (!amount.ok) row.addProblem('amount', amount.problem);
	if (cell !== undefined) {
		values.amount = amount.ok ? formatAmount(amount.value.minorUnits, currency) : cell;
	}
	values.currency = currency;
	return amount.ok ? amount.value : undefined;
}

/** Reads the account that pays. Its number and beneficiary mean nothing for the collateral account. */
function readPayingAccount(row: RowReader): void {
	const { values, cells, options } = row;
	const word = row.word('payFrom');
	if (word !== undefined) values.payFrom = word;
	if ((word ?? options.payFrom ?? 'collateral') === 'collateral') return;
	for (const field of ['sourceAccount', 'beneficiaryInn', 'transferPurpose'] as const) {
		if (cells.has(field)) values[field] = cleanCell(field, cells.get(field));
	}
}

/**
 * Reads the receipt. It is wanted if the row says so, or if it has the INN of a self-employed person or a service. A
 * row that says nothing leaves it to the form: a forgotten INN must not mean a payout without its receipt.
 */
function readReceipt(row: RowReader): void {
	const { values, cells } = row;
	const content = ['selfEmployedInn', 'serviceName'] as const;
	if (![...content, 'issueReceipt' as const].some((column) => row.hasColumn(column))) return;
	const isWanted =
		row.word('issueReceipt') ?? (content.some((field) => cells.has(field)) || undefined);
	if (isWanted !== undefined) values.issueReceipt = isWanted;
	if (isWanted !== true) return;
	for (const field of content) {
		const isMissing = !cells.has(field) && (field === 'selfEmployedInn' || row.hasColumn(field));
		if (isMissing) row.addProblem(field, { code: 'receipt.incomplete', missing: field });
	}
	for (const field of [...content, 'payerInn', 'payerName'] as const) {
		if (cells.has(field)) values[field] = cleanCell(field, cells.get(field));
	}
	const payerType = row.word('payerType');
	if (payerType !== undefined) values.payerType = payerType;
}
