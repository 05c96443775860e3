import { field, isObject, type JsonObject } from '../../../../bank131/lib/json';
import type { Result } from '../../../../bank131/lib/result';
import { isReportRow } from '../../../../bank131/reports/readReport';
import type { ProblemText } from '../../../shared/messages/problemText';
import { isEmpty, type ItemParameters } from '../../parameters/itemParameters';
import { REPORT_NODE_ITEMS } from './reconcileFields';

/** Reads the parameter Report Rows: the output items of Report: Read as n8n lists them, or only their JSON. */
export function readReportRows(param: ItemParameters): Result<JsonObject[], ProblemText> {
	const list = evaluateReportRows(param);
	if (list instanceof Error) return notReport(`Report Rows: ${list.message}`);
	const rows = (Array.isArray(list) ? list : []).map((entry) => field(entry, 'json') ?? entry);
	// "Always Output Data" gives one empty item for an empty report.
	const filled = rows.filter((row) => !(isObject(row) && Object.keys(row).length === 0));
	return Array.isArray(list) && filled.every(isReportRow)
		? { ok: true, value: filled }
		: notReport('Report Rows does not hold the rows of a report');
}

const notReport = (message: string): Result<never, ProblemText> => ({
	ok: false,
	problem: {
		message,
		remedy: `Read the report with Report: Read, and enter ${REPORT_NODE_ITEMS} here as an expression, with the name of that node.`,
	},
});

/**
 * The parameter's value, parsed if it is JSON text; the items of the node "Read a report" if it is empty; or why n8n or
 * the parser could not read it. The default of the parameter is not that expression, because the form would open with
 * an error where no node has this name.
 */
function evaluateReportRows(param: ItemParameters): unknown {
	try {
		const value = param.raw('reportRows');
		if (isEmpty(value) && !param.isExpression('reportRows'))
			return param.evaluate(REPORT_NODE_ITEMS);
		return typeof value === 'string' && !isEmpty(value) ? JSON.parse(value) : value;
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}
