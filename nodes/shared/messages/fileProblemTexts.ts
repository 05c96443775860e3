import type { OtherEncoding, OtherFileFormat } from '../../../bank131/tables/formats';
import type { FileProblem } from '../../../bank131/tables/problems';
import { createText, type ProblemTexts } from './problemText';

const AS_ROWS =
	'Put Extract From File before this node, and choose Rows of a Spreadsheet under Read From.';
const AS_CSV = 'Open it in a spreadsheet and save it as CSV UTF-8.';
const RIGHT_LINE =
	'Save the file again, or put that cell right: a quote inside quotes is written twice.';

const OTHER_FORMATS: Readonly<Record<OtherFileFormat, { name: string; remedy: string }>> = {
	zip: { name: 'an XLSX or ZIP file', remedy: `${AS_ROWS} Unpack a ZIP file first.` },
	xls: { name: 'an XLS file', remedy: AS_ROWS },
	pdf: { name: 'a PDF file', remedy: 'Ask for the table as a CSV or XLSX file.' },
	gzip: { name: 'a compressed file', remedy: 'Unpack it first.' },
	rtf: { name: 'an RTF document', remedy: 'Ask for the table as a CSV or XLSX file.' },
	html: { name: 'a web page', remedy: AS_CSV },
	xml: { name: 'an XML file', remedy: AS_CSV },
	json: { name: 'a JSON file', remedy: AS_ROWS },
	clientBank: {
		name: 'an exchange file of 1C and bank clients',
		remedy: 'Save the list itself as a CSV or XLSX file.',
	},
};

const ENCODING_NAMES: Readonly<Record<OtherEncoding, string>> = {
	'koi8-r': 'KOI8-R',
	ibm866: 'MS-DOS',
	'x-mac-cyrillic': 'Macintosh',
};

/** The sentences of what can be wrong with a file. They follow its name. */
export const fileProblemTexts: ProblemTexts<FileProblem> = {
	'file.tooLarge': ({ maxMegabytes }) =>
		createText(`The file is larger than ${maxMegabytes} MB`, 'Split it.'),
	'file.notCsv': ({ format }) =>
		createText(
			`This is ${OTHER_FORMATS[format].name}, not a CSV file`,
			OTHER_FORMATS[format].remedy,
		),
	'file.notText': () =>
		createText('This is no text file, or it is cut off', 'Save the table again as CSV UTF-8.'),
	'file.notUtf8': () =>
		createText(
			'The file is not UTF-8 text',
			'Set the option Encoding to Automatic, or save the file again: it may be cut off.',
		),
	'file.unknownEncoding': ({ looksLike }) =>
		createText(
			`The letters of the file are neither UTF-8 nor Windows-1251${looksLike ? `; they look like ${ENCODING_NAMES[looksLike]}` : ''}`,
			'Save it as CSV UTF-8. If it is Windows-1251, choose that under Encoding.',
		),
	'csv.textAfterQuote': ({ line, delimiter }) =>
		createText(
			`Line ${line}: there is text between a closing quote and the next "${delimiter === '\t' ? 'tab' : delimiter}"`,
			RIGHT_LINE,
		),
	'csv.unclosedQuote': ({ line }) =>
		createText(
			`Line ${line}: the quote that opens here is never closed`,
			'The file may be cut off. Save it again, or put that line right.',
		),
};
