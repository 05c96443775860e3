import { describeFinding, summariseFindings } from '../../../../bank131/reports/describeFindings';
import { field, isObject, type JsonObject } from '../../../../bank131/lib/json';
import { parseAmount, type Money } from '../../../../bank131/values/money';
import { invalid, ok, type Checked } from '../../../../bank131/lib/result';
import {
	reconcile as reconcileLists,
	type Finding,
	type SheetRow,
} from '../../../../bank131/reports/reconcile';
import { isReportRow } from '../../../../bank131/reports/readReport';
import type { BulkResult, BulkItems, BulkOperation } from '../../contract/operation';
import { readUnit } from '../../fields/amount';
import { labelOf } from '../../form/labels';
import { isEmpty, type ItemParameters } from '../../parameters/itemParameters';
import {
	reconcileOptions,
	reportRows,
	sheetAmount,
	sheetReference,
	sheetSessionId,
} from './fields';

/** Rows read before other work of n8n's event loop gets a turn. */
const ROWS_PER_TURN = 200;

const fields = [reportRows, sheetSessionId, sheetReference, sheetAmount, reconcileOptions];

export const reconcile: BulkOperation = {
	resource: 'report',
	value: 'reconcile',
	name: 'Reconcile',
	action: 'Reconcile a report',
	description:
		'Compare your own rows (the incoming items) with the rows of a report: what matches, differs, came back or is missing',
	fields,
	async runBulk(all) {
		const param = all.param(0);
		const rows = readReportRows(param);
		if (!rows.ok) return { results: [failed(rows.problem.message, rows.problem.remedy, 0)] };
		const hideMatched = param.flagIn(param.collection('options'), 'onlyDifferences');
		const [unclear] = param.problems;
		if (unclear) return { results: [failed(unclear.message, unclear.remedy, 0)] };
		const { sheet, places, unreadable } = await readSheet(all);
		const { findings, repeatedLines } = reconcileLists(sheet, rows.value);
		const failureOf = ({ sheetRow }: Finding) =>
			sheetRow === undefined ? undefined : unreadable.get(places[sheetRow]);
		const results = findings
			.filter(({ result }) => !(hideMatched && result === 'matched'))
			.map((finding) => {
				const itemIndex = finding.sheetRow === undefined ? undefined : places[finding.sheetRow];
				return failureOf(finding) ?? { json: describeFinding(finding, sheet), itemIndex };
			});
		const read = findings.filter((finding) => !failureOf(finding));
		const { message, clean } = summariseFindings({ findings: read, repeatedLines }, sheet);
		if (unreadable.size === 0) return { results, summary: { message, clean } };
		const unread = `Rows of the sheet that could not be read: ${unreadable.size}.`;
		return { results, summary: { message: `${message} ${unread}`, clean: false } };
	},
};

/** What Report: Read put out: its items as n8n lists them, or only their json. */
function readReportRows(param: ItemParameters): Checked<JsonObject[]> {
	const list = listOf(param);
	if (list instanceof Error) return notReport(`Report Rows: ${list.message}`);
	const rows = (Array.isArray(list) ? list : []).map((entry) => field(entry, 'json') ?? entry);
	// Always Output Data makes one empty item of an empty report.
	const filled = rows.filter((row) => !(isObject(row) && Object.keys(row).length === 0));
	return Array.isArray(list) && filled.every(isReportRow)
		? ok(filled)
		: notReport('Report Rows does not hold the rows of a report');
}

const notReport = (message: string) =>
	invalid(
		message,
		"Read the report with Report: Read, and enter {{ $('Read a report').all() }} here as an expression, with the name of that node.",
	);

function listOf(param: ItemParameters): unknown {
	try {
		const value = param.raw('reportRows');
		return typeof value === 'string' && !isEmpty(value) ? JSON.parse(value) : value;
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}

interface Sheet {
	sheet: SheetRow[];
	/** Which item each row came from. */
	places: number[];
	/** By item: why a row cannot be compared. */
	unreadable: Map<number, BulkResult['results'][number]>;
}

async function readSheet({
	items,
	param,
	yieldToEventLoop: yieldToEventLoop,
}: BulkItems): Promise<Sheet> {
	const read: Sheet = { sheet: [], places: [], unreadable: new Map() };
	for (const [itemIndex, item] of items.entries()) {
		if (itemIndex % ROWS_PER_TURN === ROWS_PER_TURN - 1) await yieldToEventLoop();
		if (Object.keys(item).length === 0) continue;
		const own = param(itemIndex);
		read.sheet.push(tryRow(own));
		read.places.push(itemIndex);
		const texts = own.problems.map(({ field: name, message }) =>
			name === '' ? message : `${labelOf(fields, name)}: ${message}`,
		);
		if (texts.length === 0) continue;
		const message = `Row ${itemIndex + 1}: ${texts.join('; ')}`;
		read.unreadable.set(itemIndex, failed(message, own.problems[0].remedy, itemIndex));
	}
	return read;
}

/** An expression that fails is a problem of its row like any other. */
function tryRow(param: ItemParameters): SheetRow {
	try {
		return readSheetRow(param);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		param.problem('', message, 'Check the expressions of this row.');
		return { sessionId: '', reference: '' };
	}
}

function readSheetRow(param: ItemParameters): SheetRow {
	const unit = readUnit(param);
	const sessionId = param.text('sheetSessionId');
	const reference = param.text('sheetReference');
	if (sessionId === '' && reference === '') {
		param.problem(
			'sheetSessionId',
			'The row has neither a session ID nor a reference',
			'Enter one of them, or leave this row out.',
		);
	}
	const amount = parseAmount(param.raw('sheetAmount'), unit, 'RUB');
	const money = param.checked<Money | undefined>('sheetAmount', amount, undefined);
	return { sessionId, reference, minorUnits: money?.minorUnits };
}

function failed(message: string, description: string, itemIndex: number) {
	return { json: {}, itemIndex, failure: { message, description } };
}
