import type { Located } from '../lib/result';
import type { CurrencyCode } from '../values/currencies';
import type { ValueProblem } from '../values/problems';
import type { ListColumn, PayoutMethod } from './fields';

/** Why the columns of a table are not those of a list of payouts. `header`: as the table writes it, shortened. */
export type ListColumnsProblem =
	/** No column is recognised. `headers`: the first ones of the table. */
	| { code: 'columns.unknown'; headers: string[]; hasMore: boolean }
	/** No column is recognised, and the headers are letters of a wrong encoding. */
	| { code: 'columns.wrongEncoding' }
	| { code: 'columns.missing'; missing: ListColumn[]; headers: string[]; hasMore: boolean }
	/** The columns hold the complete details of no payout method. */
	| { code: 'columns.noDetails'; headers: string[]; hasMore: boolean }
	| { code: 'columns.duplicate'; column: ListColumn; headers: string[] }
	/** The only column for the Reference is called by a name of row numbers, and its values are such. */
	| { code: 'columns.rowNumbers'; header: string }
	/** A column with a first name or a surname alone. */
	| { code: 'columns.partOfName'; header: string; missing: 'lastName' | 'firstName' }
	/** An INN that may be that of the recipient or that of the self-employed person on the receipt. */
	| { code: 'columns.ambiguousInn'; header: string }
	/** Amounts in thousands. */
	| { code: 'columns.unsupportedUnit'; header: string }
	/** The header says rubles, but the amounts are to be counted in kopecks. */
	| { code: 'columns.otherUnit'; header: string }
	/** A header and no rows, or neither. */
	| { code: 'table.noRows' }
	| { code: 'table.empty' };

/** What the column Payout Method says: the list has none, its cell is empty, or its word fits several methods. */
export type MethodColumn = 'absent' | 'empty' | 'vague';

/** What is wrong with a row, beside the values in it. */
export type ListRowProblem =
	/** Neither a reference nor details: a line of totals or a signature. */
	| { code: 'row.noPayout' }
	| { code: 'row.wrongCellCount'; cells: number; expected: number }
	/** The header of the amount states another currency than the row. */
	| { code: 'currency.differs'; header: CurrencyCode; currency: CurrencyCode }
	| { code: 'name.partMissing'; part: 'lastName' | 'firstName' }
	/** The full name and its parts are not the same. */
	| { code: 'name.differs' }
	/** `accepted`: a word for each value. */
	| { code: 'word.unknown'; text: string; accepted: string[] }
	| { code: 'method.unknown'; text: string }
	/** `incomplete`: the methods with some of their details, and what is missing of each. */
	| { code: 'method.missing'; incomplete: Array<{ method: PayoutMethod; missing: ListColumn[] }> }
	/** The details of several methods are complete, or the word of the row can mean several. */
	| { code: 'method.several'; methods: PayoutMethod[]; column: MethodColumn }
	| { code: 'tax.periodUnreadable' }
	| { code: 'receipt.incomplete'; missing: 'selfEmployedInn' | 'serviceName' };

/** Everything that can be wrong with a row. */
export type RowProblem = ListRowProblem | ValueProblem;

/** A problem with the field or the column it belongs to; empty for the whole row. */
export type LocatedRowProblem = Located<RowProblem>;
