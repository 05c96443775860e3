import type { JsonObject } from '../../../../../bank131/lib/json';
import type { Located } from '../../../../../bank131/lib/result';
import type { PayoutRow } from '../../../../../bank131/payoutList/readRow';
import { headerOf, type ListLayout } from '../../../../../bank131/payoutList/recogniseColumns';
import type { PayingAccountWord } from '../../../../../bank131/payoutList/rowReader';
import type { ProblemText } from '../../../../shared/messages/problemText';
import type { ItemParameters } from '../../../parameters/itemParameters';
import { payoutMethods } from '../../../payoutMethods';
import { readPayout } from '../readPayout';
import { rowProblemText } from './listProblemTexts';

/** What the user sets beside the list. */
export interface ListSettings {
	payFrom: PayingAccountWord;
	/** Whether check digits are verified. */
	checkDigits: boolean;
}

/**
 * Fields that can be the same for all payouts. Where a list has no column for them they are set in the node that pays,
 * so their absence is no problem of a row.
 */
const SET_ONCE: readonly string[] = [
	'purpose',
	'serviceName',
	'payerInn',
	'payerName',
	'beneficiaryInn',
	'transferPurpose',
	'tax_description',
	'tax_payerInn',
	'tax_payerKpp',
];

/** What paying a row would report. */
export interface CheckedRow {
	/** By field, each once. */
	problems: Array<Located<ProblemText>>;
	/** Fields that the row needs and that are set in the node that pays. */
	setOnce: string[];
}

/**
 * Checks a row: the problems of the list, and those that paying it would report, because the values are read as the
 * parameters of that operation. The name of an FPS bank is not looked up, which takes a request to the bank.
 */
export function checkRow(
	param: ItemParameters,
	layout: ListLayout,
	row: PayoutRow,
	settings: ListSettings,
): CheckedRow {
	const problems: Array<Located<ProblemText>> = row.problems.map((problem) => ({
		field: problem.field,
		...rowProblemText(problem),
	}));
	if (problems.some(({ field }) => field === '')) return { problems, setOnce: [] };
	const reported = new Set(problems.map(({ field }) => headerOf(layout, field) ?? field));
	const setOnce: string[] = [];
	const rowParam = param.withValues(toParameters(row, settings));
	readPayout(rowParam);
	for (const problem of rowParam.problems) {
		const header = headerOf(layout, problem.field);
		if (header === undefined && SET_ONCE.includes(problem.field)) setOnce.push(problem.field);
		else if (!reported.has(header ?? problem.field)) problems.push(problem);
	}
	return { problems, setOnce };
}

/** The values of a row as the parameters of the form. What the row does not have is as the form has it initially. */
function toParameters(row: PayoutRow, settings: ListSettings): JsonObject {
	const { currency, serviceName, ...values } = row.values as JsonObject;
	return {
		...initialValues.get(row.method ?? ''),
		payFrom: settings.payFrom,
		...values,
		additionalFields: { currency },
		receiptServices: { service: [{ serviceName }] },
		options: { verifyCheckDigits: settings.checkDigits ? 'always' : 'never' },
	};
}

/** The initial values of the fields of each method, such as the details of the treasury. */
const initialValues = new Map(
	payoutMethods.map(({ value, fields }) => [
		value,
		Object.fromEntries(fields.map(({ name, default: initial }) => [name, initial])) as JsonObject,
	]),
);
