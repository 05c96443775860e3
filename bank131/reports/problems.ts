import type { ValueProblem } from '../values/problems';
import type { ReportKind } from './formats';

/** Why the columns of a table are not those of a daily report. */
export type ColumnsProblem =
	| {
			code: 'columns.unknown';
			/** The first headers of the table, shortened. */
			columns: string[];
			/** The table has more columns than `columns` lists. */
			hasMore: boolean;
	  }
	| {
			code: 'columns.missing';
			/** The kind that the user chose. */
			kind: ReportKind;
			/** Headers that this kind needs and the table does not have, in the bank's spelling. */
			missing: string[];
			columns: string[];
			hasMore: boolean;
	  }
	| {
			code: 'columns.duplicate';
			/** The header that appears more than once, as the table writes it. */
			column: string;
	  };

/** What is wrong with the text of one cell. */
export type CellProblem =
	| { code: 'cell.empty' }
	| { code: 'cell.notDate' }
	| { code: 'cell.amount'; problem: ValueProblem };

/** What is wrong with one line: its length, or one cell under the header `column`. */
export type LineProblem =
	| { code: 'line.wrongCellCount'; cells: number; expected: number }
	| (CellProblem & { column: string });

/** Everything that can be wrong with the table of a daily report. */
export type ReportProblem = ColumnsProblem | LineProblem;
