import { invalid, ok, type Result } from '../lib/result';
import { valueText } from '../values/text';
import {
	payoutMethodFields,
	payoutMethodValues,
	type ListColumn,
	type PayoutMethod,
} from './fields';
import type { ListRowProblem } from './problems';
import { methodsOfWord, shortenedText } from './words';

/** The filled cells of a row, by column. */
export type RowCells = ReadonlyMap<ListColumn, unknown>;

/** The column of a wallet that only this method has. */
const walletColumns: Readonly<Partial<Record<PayoutMethod, ListColumn>>> = {
	yoomoney: 'yoomoneyWallet',
	qiwi: 'qiwiWallet',
	moneta: 'monetaWallet',
	steam: 'steamWallet',
};

/** The cell that holds a detail of a method: its own column, or a column whose meaning the method decides. */
export function detailOf(cells: RowCells, method: PayoutMethod, field: ListColumn): unknown {
	switch (field) {
		case 'walletAccount':
			return cells.get(walletColumns[method] ?? field) ?? cells.get(field) ?? cells.get('wallet');
		case 'savedCard':
		case 'cardHash':
		case 'savedAccount':
			return cells.get(field) ?? cells.get('token');
		case 'taxPeriodType':
		case 'taxPeriodNumber':
		case 'taxPeriodYear':
		case 'tax_period':
			return cells.get(field) ?? cells.get('taxPeriod');
		case 'tax_description':
			return cells.get(field) ?? cells.get('purpose');
		default:
			return cells.get(field);
	}
}

/**
 * The payout method of a row. Its own column decides, by the value or the name of a method; otherwise the details, if
 * those of exactly one method are complete. A complete set is never passed over because it is invalid.
 * @param order decides between several complete sets, the first method first
 * @param hasMethodColumn the list has the column, also if the cell of this row is empty
 */
export function chooseMethod(
	cells: RowCells,
	order: readonly PayoutMethod[],
	hasMethodColumn: boolean,
): Result<PayoutMethod, ListRowProblem> {
	const word = cells.get('payoutMethod');
	const candidates = word === undefined ? payoutMethodValues : methodsNamed(valueText(word));
	if (!candidates) return invalid({ code: 'method.unknown', text: shortenedText(valueText(word)) });
	if (candidates.length === 1) return ok(candidates[0]);
	const complete = candidates.filter((method) => missingDetails(cells, method).length === 0);
	if (complete.length === 1) return ok(complete[0]);
	if (complete.length > 1) {
		const first = order.find((method) => complete.includes(method));
		if (first) return ok(first);
		const unsaid = hasMethodColumn ? 'empty' : 'absent';
		const column = word === undefined ? unsaid : 'vague';
		return invalid({ code: 'method.several', methods: complete, column });
	}
	// What is missing is said of the method that the row names.
	if (word !== undefined && isOneFamily(candidates)) return ok(candidates[0]);
	const incomplete = candidates
		.map((method) => ({ method, missing: missingDetails(cells, method) }))
		.filter(({ method, missing }) => missing.length < payoutMethodFields[method].needs.length);
	return invalid({ code: 'method.missing', incomplete });
}

/** The methods that the value or the name of a method can mean; `undefined` for an unknown word. */
export function methodsNamed(text: string): PayoutMethod[] | undefined {
	const exact = payoutMethodValues.find((method) => method === text);
	return exact ? [exact] : methodsOfWord(text);
}

const missingDetails = (cells: RowCells, method: PayoutMethod): ListColumn[] =>
	payoutMethodFields[method].needs.filter((field) => detailOf(cells, method, field) === undefined);

/** Whether the first of these methods is the usual meaning of their common name: a card number, an account number. */
const isOneFamily = ([first]: PayoutMethod[]): boolean =>
	first === 'cardNumber' || first === 'bankAccount';
