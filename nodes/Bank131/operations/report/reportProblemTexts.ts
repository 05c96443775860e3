import { listRequiredColumns } from '../../../../bank131/reports/columns';
import { reportKinds, type OtherFileFormat } from '../../../../bank131/reports/formats';
import type { ReportProblem } from '../../../../bank131/reports/problems';
import {
	problemText,
	type ProblemText,
	type ProblemTexts,
} from '../../../shared/messages/problemText';
import { valueProblemTexts } from '../../parameters/valueProblemTexts';

const OTHER_FORMATS: Readonly<Record<OtherFileFormat, { name: string; remedy: string }>> = {
	zip: {
		name: 'an XLSX or ZIP file',
		remedy:
			'Unpack a ZIP file first. Put Extract From File before this node for an XLSX file, and choose Rows of a Spreadsheet under Read From.',
	},
	xls: {
		name: 'an XLS file',
		remedy:
			'Put Extract From File before this node, and choose Rows of a Spreadsheet under Read From.',
	},
	pdf: { name: 'a PDF file', remedy: 'The daily reports are CSV or XLSX files.' },
	gzip: { name: 'a compressed file', remedy: 'Unpack it first.' },
};

/** The sentences of what can be wrong with a daily report. They follow the name of the file, row or line. */
export const reportProblemTexts: ProblemTexts<ReportProblem> = {
	'file.tooLarge': ({ maxMegabytes }) => ({
		message: `The file is larger than ${maxMegabytes} MB`,
		remedy: 'Ask the bank for split files.',
	}),
	'file.notCsv': ({ format }) => ({
		message: `This is ${OTHER_FORMATS[format].name}, not a CSV file`,
		remedy: OTHER_FORMATS[format].remedy,
	}),
	'file.notUtf8': () => ({
		message: 'The file is not UTF-8 text',
		remedy: 'Set the option Encoding to Automatic.',
	}),
	'csv.textAfterQuote': ({ line, delimiter }) => ({
		message: `Line ${line}: there is text between a closing quote and the next "${delimiter === '\t' ? 'tab' : delimiter}"`,
		remedy:
			'Ask for the file again, or put that cell right: a quote inside quotes is written twice.',
	}),
	'csv.unclosedQuote': ({ line }) => ({
		message: `Line ${line}: the quote that opens here is never closed`,
		remedy: 'The file may be cut off. Ask for it again, or put that line right.',
	}),
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
