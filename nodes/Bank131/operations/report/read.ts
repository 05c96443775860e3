import type { Delimiter, Encoding } from '../../../../bank131/reports/csv';
import type { JsonObject } from '../../../../bank131/lib/json';
import type { Checked, Problem } from '../../../../bank131/lib/result';
import {
	isEmptyLine,
	lineReader,
	summariseReport,
	tableOfCsv,
	tableOfRows,
	type ReportTable,
} from '../../../../bank131/reports/readReport';
import { reportKinds } from '../../../../bank131/reports/columns';
import type { BulkResult, BulkItems, BulkOperation } from '../../contract/operation';
import type { ItemParameters } from '../../parameters/itemParameters';
import { binaryField, readFrom, readOptions, reportKind } from './fields';

/** Lines read before other work of n8n's event loop gets a turn. */
const LINES_PER_TURN = 500;

type Results = BulkResult['results'];

export const read: BulkOperation = {
	resource: 'report',
	value: 'read',
	name: 'Read',
	action: 'Read a report',
	description: 'Read a daily payout or payment report of the bank, one item per line',
	fields: [readFrom, binaryField, reportKind, readOptions],
	async runBulk(all) {
		const results =
			all.param(0).word('readFrom') === 'rows' ? await readRows(all) : await readFiles(all);
		const rows = results.filter(({ failure }) => !failure).map(({ json }) => json);
		const errors = results.length - rows.length;
		const message = summariseReport(rows, errors);
		return { results, summary: { message, clean: errors === 0 } };
	},
};

async function readRows(all: BulkItems): Promise<Results> {
	return await readTable(all, tableOfRows(all.items), {
		param: all.param(0),
		nameOf: (number) => `Row ${number}`,
		itemOf: (number) => number - 1,
	});
}

async function readFiles(all: BulkItems): Promise<Results> {
	const results: Results = [];
	for (const itemIndex of all.items.keys()) {
		results.push(
			...(await readFile(all, itemIndex).catch((error) => unreadable(error, itemIndex))),
		);
	}
	return results;
}

async function readFile(all: BulkItems, itemIndex: number): Promise<Results> {
	const param = all.param(itemIndex);
	const { name, bytes } = await all.file(itemIndex, binaryField.name);
	const file = name === '' ? `File of item ${itemIndex + 1}` : name;
	const table = tableOfCsv(bytes, csvOptions(param));
	if (!table.ok) return [failed(file, table, itemIndex)];
	return await readTable(all, table.value, {
		param,
		nameOf: (number) => `${file}, line ${number}`,
		itemOf: () => itemIndex,
		file,
	});
}

interface Source {
	param: ItemParameters;
	/** How the user finds a line, and the item it came with. */
	nameOf(number: number): string;
	itemOf(number: number): number;
	file?: string;
}

/** Good lines become items; a bad one is told by its place and columns, and does not hide the others. */
async function readTable(
	all: BulkItems,
	{ columns, lines }: ReportTable,
	{ param, nameOf, itemOf, file }: Source,
): Promise<Results> {
	const kind = reportKinds.find((one) => one === param.word('reportKind'));
	if (columns.length === 0) return [];
	const reader = lineReader(columns, kind);
	if (!reader.ok) return [failed(file ?? 'The rows', reader, itemOf(1))];
	const results: Results = [];
	for (const [index, line] of lines.entries()) {
		if (index % LINES_PER_TURN === LINES_PER_TURN - 1) await all.yieldToEventLoop();
		if (isEmptyLine(line)) continue;
		const end = reader.value(line);
		const itemIndex = itemOf(line.number);
		results.push(
			end.ok
				? { json: end.row, itemIndex }
				: badLine(end.problems, nameOf(line.number), itemIndex, { file, line: line.number }),
		);
	}
	return results;
}

function csvOptions(param: ItemParameters): { encoding?: Encoding; delimiter?: Delimiter } {
	const { encoding, delimiter } = param.collection('options');
	return {
		encoding: encoding === 'utf-8' || encoding === 'windows-1251' ? encoding : undefined,
		delimiter: delimiter === ',' || delimiter === ';' || delimiter === '\t' ? delimiter : undefined,
	};
}

function failed(
	place: string,
	{ problem }: Extract<Checked<unknown>, { ok: false }>,
	itemIndex: number,
): Results[number] {
	const failure = { message: `${place}: ${problem.message}`, description: problem.remedy };
	return { json: {}, itemIndex, failure };
}

function badLine(
	problems: Problem[],
	place: string,
	itemIndex: number,
	facts: JsonObject,
): Results[number] {
	const texts = problems.map(({ field, message }) => (field ? `${field}: ${message}` : message));
	const failure = { message: `${place}: ${texts.join('; ')}`, description: problems[0].remedy };
	return { json: facts, itemIndex, failure };
}

function unreadable(error: unknown, itemIndex: number): Results {
	const { message, description } = error as { message?: string; description?: string | null };
	return [
		{
			json: {},
			itemIndex,
			failure: { message: message ?? String(error), description: description ?? undefined },
		},
	];
}
