/** Files of payout lists as spreadsheets and payroll programs write them, and Payout: Read List without n8n. */
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import type { JsonObject } from '../../bank131/lib/json.ts';
import type { BulkItems } from '../../nodes/Bank131/contract/operation.ts';
import { readList } from '../../nodes/Bank131/operations/payout/readList.ts';
import { BatchParameters } from '../../nodes/Bank131/parameters/batchParameters.ts';
import { ItemParameters } from '../../nodes/Bank131/parameters/itemParameters.ts';
import { encodeText, type WrittenEncoding } from './encodings.mts';

/** How a program writes a table. */
export interface FileStyle {
	encoding: WrittenEncoding;
	hasMark?: boolean;
	delimiter?: string;
	lineEnd?: string;
	/** `all`: quotes around every cell, as LibreOffice writes text cells. Default: where needed. */
	quotes?: 'all';
	/** Lines before the header. */
	before?: string[];
	/** Lines after the last row. */
	after?: string[];
	/** Without a line end after the last line. */
	endsOpen?: boolean;
}

/** The bytes of a table. */
export function fileOf(rows: readonly string[][], style: FileStyle): Buffer {
	const { delimiter = ';', lineEnd = '\r\n', before = [], after = [] } = style;
	const write = (cell: string) =>
		style.quotes === 'all' || /["\r\n]/.test(cell) || cell.includes(delimiter)
			? `"${cell.replaceAll('"', '""')}"`
			: cell;
	const lines = [...before, ...rows.map((row) => row.map(write).join(delimiter)), ...after];
	const text = lines.join(lineEnd) + (style.endsOpen ? '' : lineEnd);
	return encodeText((style.hasMark ? '\ufeff' : '') + text, style.encoding);
}

export interface ListInput {
	/** Files, one per item; or the rows of a spreadsheet. */
	files?: Array<{ name?: string; bytes: Uint8Array }>;
	rows?: JsonObject[];
	options?: INodeParameters;
}

/** The result of Read List: clean items, the failures with their messages, the summary. */
export interface ListOutput {
	items: JsonObject[];
	failures: Array<{ message: string; description?: string; json: JsonObject; itemIndex?: number }>;
	summary: string;
	isClean: boolean;
	/** How often other work got a turn. */
	turns: number;
}

/** Runs Payout: Read List without n8n. */
export async function readListOf({
	files,
	rows = [],
	options = {},
}: ListInput): Promise<ListOutput> {
	const parameters: INodeParameters = {
		readFrom: files ? 'file' : 'rows',
		binaryPropertyName: 'data',
		options,
	};
	const node = {
		getNode: () => ({ type: 'bank131', parameters }),
		getInputData: () => [],
		getNodeParameter: (name: string, _itemIndex: number, fallback: unknown) =>
			name in parameters ? parameters[name] : fallback,
	} as unknown as IExecuteFunctions;
	const batch = new BatchParameters(node, false);
	let turns = 0;
	const bulk: BulkItems = {
		items: files ? files.map(() => ({})) : rows,
		param: (itemIndex) => new ItemParameters(node, itemIndex, batch),
		binaryFields: () => ['data'],
		file: async (itemIndex) => await Promise.resolve({ name: 'list.csv', ...files![itemIndex] }),
		yieldToEventLoop: async () => {
			turns++;
			await Promise.resolve();
		},
	};
	const { results, summary } = await readList.runBulk(bulk);
	return {
		items: results
			.filter(({ failure }) => !failure)
			// Where it stands in the list differs from file to file.
			.map(({ json: { line: _line, row: _row, ...json } }) => json),
		failures: results.flatMap(({ failure, json, itemIndex }) =>
			failure ? [{ ...failure, json, itemIndex }] : [],
		),
		summary: summary?.message ?? '',
		isClean: summary?.isClean ?? false,
		turns,
	};
}
