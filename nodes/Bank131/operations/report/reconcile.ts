import type { JsonObject } from '../../../../bank131/lib/json';
import { describeFinding } from '../../../../bank131/reports/describeFindings';
import { reconcile as reconcileSheet, type Finding } from '../../../../bank131/reports/reconcile';
import type { SheetRow } from '../../../../bank131/reports/rowComparison';
import { summariseFindings } from '../../../../bank131/reports/summaries';
import type { ProblemText } from '../../../shared/messages/problemText';
import type { BulkOperation, BulkResult, ItemFailure } from '../../contract/operation';
import { findingAdviceText } from './findingTexts';
import {
	reconcileOptions,
	reportRows,
	sheetAmount,
	sheetReference,
	sheetSessionId,
} from './reconcileFields';
import { readReportRows } from './reportRows';
import { readSheet } from './sheet';
import { findingsSummaryText } from './summaryTexts';

const fields = [reportRows, sheetSessionId, sheetReference, sheetAmount, reconcileOptions];

export const reconcile: BulkOperation = {
	resource: 'report',
	value: 'reconcile',
	name: 'Reconcile',
	action: 'Reconcile a report',
	description:
		'Compare your own rows (the incoming items) with the rows of a report: what matches, differs, came back or is missing',
	fields,
	async runBulk(bulk) {
		const param = bulk.param(0);
		const lines = readReportRows(param);
		if (!lines.ok) return failRun(lines.problem);
		const hideMatched = param.flagIn(param.collection('options'), 'onlyDifferences');
		const [problem] = param.problems;
		if (problem) return failRun(problem);

		const { rows, itemIndexes, failures } = await readSheet(bulk, fields);
		const { findings, repeatedLines } = reconcileSheet(rows, lines.value);
		const failureOf = ({ sheetRow }: Finding): ItemFailure | undefined =>
			sheetRow === undefined ? undefined : failures.get(itemIndexes[sheetRow]);
		const results = findings
			.filter(({ result }) => !(hideMatched && result === 'matched'))
			.map((finding) => {
				const itemIndex =
					finding.sheetRow === undefined ? undefined : itemIndexes[finding.sheetRow];
				const failure = failureOf(finding);
				return failure
					? { json: {}, itemIndex, failure }
					: { json: findingItem(finding, rows), itemIndex };
			});
		const valid = findings.filter((finding) => !failureOf(finding));
		const summary = summariseFindings({ findings: valid, repeatedLines }, rows);
		const message = findingsSummaryText(summary);
		if (failures.size === 0) return { results, summary: { message, isClean: summary.isClean } };
		const invalidRows = `Rows of the sheet that could not be read: ${failures.size}.`;
		return { results, summary: { message: `${message} ${invalidRows}`, isClean: false } };
	},
};

/** The output item of a finding. A finding without advice has no key for it. */
function findingItem(finding: Finding, rows: readonly SheetRow[]): JsonObject {
	const { fields: item, advice } = describeFinding(finding, rows);
	return advice ? { ...item, advice: findingAdviceText(advice) } : item;
}

/** Nothing can be compared: the run ends with this failure alone. */
function failRun({ message, remedy }: ProblemText): BulkResult {
	return { results: [{ json: {}, itemIndex: 0, failure: { message, description: remedy } }] };
}
