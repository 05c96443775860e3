import type { JsonObject } from '../../../../bank131/lib/json';
import { reportKinds } from '../../../../bank131/reports/formats';
import type { LineProblem, ReportProblem } from '../../../../bank131/reports/problems';
import { createLineReader } from '../../../../bank131/reports/readReport';
import { summariseReport } from '../../../../bank131/reports/summaries';
import { isEmptyLine, type Table } from '../../../../bank131/tables/table';
import { problemText } from '../../../shared/messages/problemText';
import { toItemFailure } from '../../contract/itemFailure';
import type {
	BulkItemResult,
	BulkItems,
	BulkOperation,
	ItemFailure,
} from '../../contract/operation';
import { binaryField, readFrom } from '../../fields/tableFields';
import { fileFailure, openTables, type OpenedTable } from '../openTables';
import { readOptions, reportKind } from './readFields';
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
		const results: BulkItemResult[] = [];
		for await (const opened of openTables(bulk)) {
			const { table, itemOfLine } = opened;
			const toFailed = (failure: ItemFailure) => [{ json: {}, itemIndex: itemOfLine(1), failure }];
			const read = table.ok
				? await readTable(bulk, table.value, opened).catch((error) =>
						toFailed(toItemFailure(error)),
					)
				: toFailed(table.problem);
			for (const result of read) results.push(result);
		}
		const rows = results.filter(({ failure }) => !failure).map(({ json }) => json);
		const errors = results.length - rows.length;
		const message = reportSummaryText(summariseReport(rows), errors);
		return { results, summary: { message, isClean: errors === 0 } };
	},
};

/** A valid line becomes an item. An invalid line becomes a failure and does not stop the other lines. */
async function readTable(
	bulk: BulkItems,
	{ columns, lines }: Table,
	{ param, name, nameOfLine, itemOfLine, file }: OpenedTable,
): Promise<BulkItemResult[]> {
	const kind = reportKinds.find((one) => one === param.optionValue('reportKind'));
	if (columns.length === 0) return [];
	const reader = createLineReader(columns, kind);
	if (!reader.ok) return [invalidTable(name, reader.problem, itemOfLine(1))];
	const results: BulkItemResult[] = [];
	let read = 0;
	for (const line of lines) {
		if (!line.ok) {
			return [{ json: {}, itemIndex: itemOfLine(1), failure: fileFailure(name, line.problem) }];
		}
		if (++read % LINES_PER_TURN === 0) await bulk.yieldToEventLoop();
		if (isEmptyLine(line.value)) continue;
		const { number } = line.value;
		const result = reader.value(line.value);
		const itemIndex = itemOfLine(number);
		results.push(
			result.ok
				? { json: result.row, itemIndex }
				: invalidLine(nameOfLine(number), result.problems, itemIndex, { file, line: number }),
		);
	}
	return results;
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
	const said = texts.map(({ message }) => message).join('; ');
	const message = name === '' ? said : `${name}: ${said}`;
	return { json: facts, itemIndex, failure: { message, description: texts[0].remedy } };
}
