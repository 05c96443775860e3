import { valueText } from '../values/text';
import type { RowCells } from './chooseMethod';
import type { ListColumn, PayoutField, PayoutMethod } from './fields';
import type { LocatedRowProblem, RowProblem } from './problems';
import type { ListLayout } from './recogniseColumns';
import { readWord, type WordField } from './words';

/** How rows are to be read. */
export interface RowOptions {
	/** Decides between several complete sets of details, the first method first. */
	methodOrder?: readonly PayoutMethod[];
	/** The account that pays, where the row names none. Default: `collateral`. */
	payFrom?: PayingAccountWord;
	/** The currency, where neither the row nor the header of the amount names one. Default: `RUB`. */
	currency?: string;
}

/** A value of the parameter `payFrom`. */
export type PayingAccountWord = 'collateral' | 'settlement' | 'escrow';

/** One row while it is read: its filled cells, and what was found so far. */
export class RowReader {
	readonly values: Partial<Record<PayoutField, unknown>> = {};

	readonly problems: LocatedRowProblem[] = [];

	constructor(
		readonly layout: ListLayout,
		readonly cells: RowCells,
		readonly options: RowOptions,
	) {}

	/** Whether the list has a column, also if the cell of this row is empty. */
	hasColumn(column: ListColumn): boolean {
		return this.layout.columns.has(column);
	}

	/** The text of a cell; empty if there is none. */
	text(column: ListColumn): string {
		return valueText(this.cells.get(column));
	}

	/** The value of a word in a cell; `undefined` for an empty cell, and for an unknown word after a problem. */
	word(field: WordField, cell = this.cells.get(field)): string | boolean | undefined {
		if (cell === undefined) return undefined;
		const word = readWord(field, cell);
		if (word.ok) return word.value;
		this.addProblem(field, word.problem);
		return undefined;
	}

	addProblem(field: string, problem: RowProblem): void {
		this.problems.push({ ...problem, field });
	}
}
