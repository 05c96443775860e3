import type { FileProblem } from '../../bank131/tables/problems.ts';
import { fileProblemTexts } from '../../nodes/shared/messages/fileProblemTexts.ts';
import { problemText } from '../../nodes/shared/messages/problemText.ts';

const AS_ROWS =
	'Put Extract From File before this node, and choose Rows of a Spreadsheet under Read From.';
const OPEN_IN_SPREADSHEET = 'Open it in a spreadsheet and save it as CSV UTF-8.';
const ASK_FOR_TABLE = 'Ask for the table as a CSV or XLSX file.';
const RIGHT_LINE =
	'Save the file again, or put that cell right: a quote inside quotes is written twice.';
const SAVE_AS_UTF8 = 'Save it as CSV UTF-8. If it is Windows-1251, choose that under Encoding.';

const cases: Array<[problem: FileProblem, message: string, remedy: string]> = [
	[{ code: 'file.tooLarge', maxMegabytes: 50 }, 'The file is larger than 50 MB', 'Split it.'],
	[
		{ code: 'file.notCsv', format: 'zip' },
		'This is an XLSX or ZIP file, not a CSV file',
		`${AS_ROWS} Unpack a ZIP file first.`,
	],
	[{ code: 'file.notCsv', format: 'xls' }, 'This is an XLS file, not a CSV file', AS_ROWS],
	[{ code: 'file.notCsv', format: 'pdf' }, 'This is a PDF file, not a CSV file', ASK_FOR_TABLE],
	[
		{ code: 'file.notCsv', format: 'gzip' },
		'This is a compressed file, not a CSV file',
		'Unpack it first.',
	],
	[
		{ code: 'file.notCsv', format: 'rtf' },
		'This is an RTF document, not a CSV file',
		ASK_FOR_TABLE,
	],
	[
		{ code: 'file.notCsv', format: 'html' },
		'This is a web page, not a CSV file',
		OPEN_IN_SPREADSHEET,
	],
	[
		{ code: 'file.notCsv', format: 'xml' },
		'This is an XML file, not a CSV file',
		OPEN_IN_SPREADSHEET,
	],
	[{ code: 'file.notCsv', format: 'json' }, 'This is a JSON file, not a CSV file', AS_ROWS],
	[
		{ code: 'file.notCsv', format: 'clientBank' },
		'This is an exchange file of 1C and bank clients, not a CSV file',
		'Save the list itself as a CSV or XLSX file.',
	],
	[
		{ code: 'file.notText' },
		'This is no text file, or it is cut off',
		'Save the table again as CSV UTF-8.',
	],
	[
		{ code: 'file.notUtf8' },
		'The file is not UTF-8 text',
		'Set the option Encoding to Automatic, or save the file again: it may be cut off.',
	],
	[
		{ code: 'file.unknownEncoding' },
		'The letters of the file are neither UTF-8 nor Windows-1251',
		SAVE_AS_UTF8,
	],
	[
		{ code: 'file.unknownEncoding', looksLike: 'ibm866' },
		'The letters of the file are neither UTF-8 nor Windows-1251; they look like MS-DOS',
		SAVE_AS_UTF8,
	],
	[
		{ code: 'csv.textAfterQuote', line: 2, delimiter: ';' },
		'Line 2: there is text between a closing quote and the next ";"',
		RIGHT_LINE,
	],
	[
		{ code: 'csv.textAfterQuote', line: 2, delimiter: '\t' },
		'Line 2: there is text between a closing quote and the next "tab"',
		RIGHT_LINE,
	],
	[
		{ code: 'csv.unclosedQuote', line: 3 },
		'Line 3: the quote that opens here is never closed',
		'The file may be cut off. Save it again, or put that line right.',
	],
];

test.each(cases)('%j: its sentences', (problem, message, remedy) => {
	expect(problemText(fileProblemTexts, problem)).toEqual({ message, remedy });
});

test('every code has a case', () => {
	expect([...new Set(cases.map(([{ code }]) => code))].sort()).toEqual(
		Object.keys(fileProblemTexts).sort(),
	);
});
