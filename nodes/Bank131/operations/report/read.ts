import type { JsonObject } from '../../../../bank131/lib/json';
import { reportKinds } from '../../../../bank131/reports/formats';
import type { LineProblem, ReportProblem } from '../../../../bank131/reports/problems';
import { createLineReader } from '../../../../bank131/reports/readReport';
import {
	isEmptyLine,
	parseCsvTable,
	tableFromRows,
	type CsvOptions,
	type ReportTable,
} from '../../../../bank131/reports/reportTable';
import { summariseReport } from '../../../../bank131/reports/summaries';
import { problemText } from '../../../shared/messages/problemText';
import { toItemFailure } from '../../contract/itemFailure';
import type { BulkItemResult, BulkItems, BulkOperation } from '../../contract/operation';
import type { ItemParameters } from '../../parameters/itemParameters';
import { binaryField, readFrom, readOptions, reportKind } from './readFields';
import { reportProblemTexts } from './reportProblemTexts';
import { reportSummaryText } from './summaryTexts';

/** Lines read before n8n's event loop can do other work. */
const LINES_PER_TURN = 500;

export const read: BulkOperation = {
	resource: 'report',
	value: 'read',
	name: 'Read',
	action: 'Read a report',
	description: 'Read a daily payout or payment report of the bank, one item per line',
	fields: [readFrom, binaryField, reportKind, readOptions],
	async runBulk(bulk) {
		const results =
			bulk.param(0).optionValue('readFrom') === 'rows'
				? await readRows(bulk)
				: await readFiles(bulk);
		const rows = results.filter(({ failure }) => !failure).map(({ json }) => json);
		const errors = results.length - rows.length;
		const message = reportSummaryText(summariseReport(rows), errors);
		return { results, summary: { message, isClean: errors === 0 } };
	},
};

async function readRows(bulk: BulkItems): Promise<BulkItemResult[]> {
	return await readTable(bulk, tableFromRows(bulk.items), {
		param: bulk.param(0),
		name: 'The rows',
		nameOfLine: (number) => `Row ${number}`,
		itemOfLine: (number) => number - 1,
	});
}

async function readFiles(bulk: BulkItems): Promise<BulkItemResult[]> {
	const results: BulkItemResult[] = [];
	for (const itemIndex of bulk.items.keys()) {
		results.push(
			...(await readFile(bulk, itemIndex).catch((error) => [unreadableFile(error, itemIndex)])),
		);
	}
	return results;
}

async function readFile(bulk: BulkItems, itemIndex: number): Promise<BulkItemResult[]> {
	const param = bulk.param(itemIndex);
	const { name: fileName, bytes } = await bulk.file(itemIndex, binaryField.name);
	const name = fileName === '' ? `File of item ${itemIndex + 1}` : fileName;
	const table = parseCsvTable(bytes, csvOptions(param));
	if (!table.ok) return [invalidTable(name, table.problem, itemIndex)];
	return await readTable(bulk, table.value, {
		param,
		name,
		nameOfLine: (number) => `${name}, line ${number}`,
		itemOfLine: () => itemIndex,
		file: name,
	});
}

/** How messages name a table and its lines, and the input items that the lines come from. */
interface TableSource {
	param: ItemParameters;
	name: string;
	nameOfLine(number: number): string;
	itemOfLine(number: number): number;
	/** Absent when the lines are input items. */
	file?: string;
}

/** A valid line becomes an item. An invalid line becomes a failure and does not stop the other lines. */
async function readTable(
	bulk: BulkItems,
	{ columns, lines }: ReportTable,
	{ param, name, nameOfLine, itemOfLine, file }: TableSource,
): Promise<BulkItemResult[]> {
	const kind = reportKinds.find((one) => one === param.optionValue('reportKind'));
	if (columns.length === 0) return [];
	const reader = createLineReader(columns, kind);
	if (!reader.ok) return [invalidTable(name, reader.problem, itemOfLine(1))];
	const results: BulkItemResult[] = [];
	for (const [index, line] of lines.entries()) {
		if (index % LINES_PER_TURN === LINES_PER_TURN - 1) await bulk.yieldToEventLoop();
		if (isEmptyLine(line)) continue;
		const result = reader.value(line);
		const itemIndex = itemOfLine(line.number);
		const facts = { file, line: line.number };
		results.push(
			result.ok
				? { json: result.row, itemIndex }
				: invalidLine(nameOfLine(line.number), result.problems, itemIndex, facts),
		);
	}
	return results;
}

function csvOptions(param: ItemParameters): CsvOptions {
	const { encoding, delimiter } = param.collection('options');
	return {
		encoding: encoding === 'utf-8' || encoding === 'windows-1251' ? encoding : undefined,
		delimiter: delimiter === ',' || delimiter === ';' || delimiter === '\t' ? delimiter : undefined,
	};
}

function invalidTable(name: string, problem: ReportProblem, itemIndex: number): BulkItemResult {
	const { message, remedy } = problemText(reportProblemTexts, problem);
	return { json: {}, itemIndex, failure: { message: `${name}: ${message}`, description: remedy } };
}

function invalidLine(
	name: string,
	problems: LineProblem[],
	itemIndex: number,
	facts: JsonObject,
): BulkItemResult {
	const texts = problems.map((problem) => problemText<ReportProblem>(reportProblemTexts, problem));
	const message = `${name}: ${texts.map((text) => text.message).join('; ')}`;
	return { json: facts, itemIndex, failure: { message, description: texts[0].remedy } };
}

/** n8n throws when an item has no binary field of that name, or an expression of its parameters fails. */
function unreadableFile(error: unknown, itemIndex: number): BulkItemResult {
	return { json: {}, itemIndex, failure: toItemFailure(error) };
}
