import { listRequiredColumns } from '../../../../bank131/reports/columns';
import { reportKinds } from '../../../../bank131/reports/formats';
import type { ReportProblem } from '../../../../bank131/reports/problems';
import {
	problemText,
	type ProblemText,
	type ProblemTexts,
} from '../../../shared/messages/problemText';
import { valueProblemTexts } from '../../parameters/valueProblemTexts';

/** The sentences of what can be wrong with a daily report. They follow the name of the file, row or line. */
export const reportProblemTexts: ProblemTexts<ReportProblem> = {
	'columns.unknown': (facts) => unknownColumnsText('This is no report of Bank 131', facts),
	'columns.missing': ({ kind, missing, ...facts }) =>
		unknownColumnsText(
			`This is not a ${kind} report: it has no column ${missing.join(', ')}`,
			facts,
		),
	'columns.duplicate': ({ column }) => ({
		message: `The column "${column}" appears twice`,
		remedy: 'Remove the one that is not from the bank.',
	}),
	'line.wrongCellCount': ({ cells, expected }) => ({
		message: `It has ${cells === 1 ? '1 cell' : `${cells} cells`}, the header has ${expected}`,
		remedy:
			'The file may be cut off, or a cell holds the delimiter without being quoted. Ask for the file again, or put that line right.',
	}),
	'cell.empty': ({ column }) => ({
		message: `${column}: It is empty`,
		remedy: 'Take the line as the bank sent it.',
	}),
	'cell.notDate': ({ column }) => ({
		message: `${column}: It is not a date and time`,
		remedy: 'It has to look like 2026-05-01 13:17:56 or 01.05.2026 13:17:56.',
	}),
	'cell.amount': ({ column, problem }) => {
		const { message, remedy } = problemText(valueProblemTexts, problem);
		return { message: `${column}: ${message}`, remedy };
	},
};

function unknownColumnsText(
	message: string,
	{ columns, hasMore }: { columns: string[]; hasMore: boolean },
): ProblemText {
	const listed = columns.map((column) => `"${column}"`).join(', ') + (hasMore ? ', …' : '');
	const expected = reportKinds.map(
		(kind) => `a ${kind} report has ${listRequiredColumns(kind).join(', ')}`,
	);
	return {
		message: `${message}. Columns found: ${listed}`,
		remedy: `Check the file and its delimiter: ${expected.join('; ')}.`,
	};
}
