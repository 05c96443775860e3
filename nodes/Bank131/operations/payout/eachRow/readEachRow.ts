import { compact, field, type JsonObject } from '../../../../../bank131/lib/json';
import {
	payoutListFields,
	payoutMethodValues,
	type PayoutMethod,
} from '../../../../../bank131/payoutList/fields';
import { matchName } from '../../../../../bank131/payoutList/matchName';
import { readRow, type PayoutRow } from '../../../../../bank131/payoutList/readRow';
import type { ListColumnsProblem } from '../../../../../bank131/payoutList/problems';
import {
	findRowNumbers,
	headerOf,
	recogniseColumns,
	type ListLayout,
} from '../../../../../bank131/payoutList/recogniseColumns';
import type { PayingAccountWord } from '../../../../../bank131/payoutList/rowReader';
import { areRowNumbers } from '../../../../../bank131/values/references';
import { isMaskedField } from '../../../../../bank131/values/mask';
import { isGiven, valueText } from '../../../../../bank131/values/text';
import { problemText } from '../../../../shared/messages/problemText';
import type { ItemParameters } from '../../../parameters/itemParameters';
import { PLACE_FIELDS } from '../../../parameters/rowName';
import { EACH_ROW, payoutMethods } from '../../../payoutMethods';
import { columnLabel } from '../list/columnLabels';
import { listColumnsProblemTexts, rowProblemText } from '../list/listProblemTexts';
import { columnsText, ROW_NUMBERS } from '../list/listSummaryText';
import { mapEachColumn, rejectContradictions } from './mapEachColumn';
import { amountUnitOf, headersOf, ignoredColumnsOf, type MappedRow } from './mappedRow';
import { rejectPersonalTexts } from './personalTexts';

/** A row as parameters of the form. */
export interface RowParameters {
	param: ItemParameters;
	/** Collects the problems of the row in the item, under the names of its columns. */
	report(): void;
}

/**
 * The parameters of a row, if the user chose From Each Row: the values of the row, and for everything else what the
 * form says for all rows. Columns that cannot be used are a problem of all rows; the result is then `undefined` as
 * well.
 */
export function readEachRow(param: ItemParameters): RowParameters | undefined {
	if (param.optionValue('payoutMethod') !== EACH_ROW) return undefined;
	if (param.isTool) return param.rejectAll(NOT_FOR_AGENTS);
	const mapping = param.storedObject('columns');
	if (!mapping || param.isExpression('payoutMethod')) {
		return param.rejectAll(NOT_AN_EXPRESSION);
	}
	if (rejectPersonalTexts(param)) return undefined;
	const isAutomatic = mapping.mappingMode !== 'defineBelow';
	const mapped = isAutomatic ? mapByName(param) : mapEachColumn(param, mapping);
	if (!mapped) return undefined;
	const { layout, cells, unmapped } = mapped;
	const extras = param.collection('additionalFields');
	const row = readRow(layout, cells, {
		methodOrder: readMethodOrder(param),
		payFrom: param.optionValue('payFrom') as PayingAccountWord,
		currency: 'currency' in extras ? valueText(extras.currency) : undefined,
	});
	param.identifyRow(rowFacts(row, param.input));
	const rowParam = param.over(toParameters(row, param));
	return {
		param: rowParam,
		report() {
			report(param, row, rowParam, layout, isAutomatic);
			rejectContradictions(param, unmapped, {
				method: row.method,
				currency: valueText(row.values.currency),
				hasReceipt: valueText(rowParam.raw('issueReceipt')) === 'true',
				isLeft: rowParam.raw('confirmation') === 'manual',
			});
		},
	};
}

const NOT_FOR_AGENTS = {
	message: 'AI agents may not use From Each Row',
	remedy: 'Choose one payout method in the tool.',
};
const NOT_AN_EXPRESSION = {
	message: 'From Each Row must be chosen in Payout Method, not given by an expression',
	remedy: 'Choose Fixed beside Payout Method, then From Each Row.',
};

function rowFacts({ values }: PayoutRow, input: JsonObject): JsonObject {
	const { reference, recipientName, amount } = values as JsonObject;
	const place = PLACE_FIELDS.map((name) => [name, field(input, name)] as const);
	return compact({ reference, recipientName, amount, ...Object.fromEntries(place) });
}

/** Map Automatically: the columns of the input, recognised by their names, once for all items. */
function mapByName(param: ItemParameters): MappedRow | undefined {
	const recognised = param.once('columns', (inputs) => recognise(param, inputs));
	if (!recognised) return undefined;
	const { headers, layout } = recognised;
	const cells = headers.map((header) => field(param.input, header));
	return { layout, cells, unmapped: [] };
}

const CLEAN_COLUMNS: readonly string[] = [...payoutListFields, ...PLACE_FIELDS];

function recognise(param: ItemParameters, inputs: JsonObject[]) {
	const headers = headersOf(inputs);
	for (const header of headers) {
		if (isMaskedField(matchName(header)?.column ?? '')) param.hideColumn(header);
	}
	const recognised = recogniseColumns(headers, {
		ignored: ignoredColumnsOf(param),
		amountUnit: amountUnitOf(param),
	});
	if (!recognised.ok) return rejectColumns(param, recognised.problems);
	const layout = recognised.value;
	const { header = '' } = layout.columns.get('reference') ?? {};
	const references = inputs.map((input) => valueText(field(input, header)));
	const rowNumbers = findRowNumbers(layout, references);
	if (rowNumbers) return rejectColumns(param, [rowNumbers]);
	// The columns of Payout: Read List need no explanation: they have the names of the fields.
	if (!headers.every((header) => CLEAN_COLUMNS.includes(header)))
		param.addHint(columnsText(layout));
	if (areRowNumbers(references)) param.addHint(ROW_NUMBERS);
	return { headers, layout };
}

function rejectColumns(param: ItemParameters, problems: ListColumnsProblem[]): undefined {
	const texts = problems.map((problem) => problemText(listColumnsProblemTexts, problem));
	param.rejectAll({
		message: `Columns: ${texts.map(({ message }) => message).join('. ')}`,
		remedy: texts.map(({ remedy }) => remedy).join(' '),
	});
}

function readMethodOrder(param: ItemParameters): PayoutMethod[] {
	const methods = param.rows('methodOrder', 'methods').map(({ method }) => valueText(method));
	return methods.filter((method): method is PayoutMethod =>
		(payoutMethodValues as string[]).includes(method),
	);
}

/** The values of a row as parameters of the form. Amounts are in rubles there, whatever the unit of the list is. */
function toParameters({ values, method }: PayoutRow, form: ItemParameters): JsonObject {
	const { currency, serviceName, ...fields } = values as JsonObject;
	const purpose = form.raw('purpose');
	// Nobody confirms such a row while the node runs, so it does not wait for the final result.
	const isLeft = fields.confirmation === 'manual' && form.raw('confirmation') !== 'manual';
	return {
		...initialValues.get(method ?? ''),
		payoutMethod: method ?? '',
		...(isGiven(purpose) && { purpose: purpose as string }),
		// Never that of the form: the receipts of all rows would have one person.
		selfEmployedInn: '',
		issueReceipt: (form.raw('receiptForEveryRow') ?? false) as boolean,
		...fields,
		...(isLeft && { waitFor: 'ready' }),
		additionalFields: {
			...form.collection('additionalFields'),
			...(currency !== undefined && { currency }),
		},
		options: { ...form.collection('options'), amountUnit: 'major' },
		...(serviceName !== undefined && { receiptServices: { service: [{ serviceName }] } }),
	};
}

/** The initial values of the fields of each method, such as the details of the treasury. */
const initialValues = new Map(
	payoutMethods.map(({ value, fields }) => [
		value,
		Object.fromEntries(fields.map(({ name, default: initial }) => [name, initial])) as JsonObject,
	]),
);

/** Problems of the list are reported first; one of a value is left out if its column has one already. */
function report(
	param: ItemParameters,
	row: PayoutRow,
	rowParam: ItemParameters,
	layout: ListLayout,
	isAutomatic: boolean,
): void {
	const nameOf = (name: string): string => {
		const header = headerOf(layout, name);
		if (name === '' || header === undefined) return name === '' ? '' : columnLabel(name);
		// An item of Payout: Read List: nobody has written this header.
		if (CLEAN_COLUMNS.includes(header)) return columnLabel(header);
		return isAutomatic ? `Column "${header}"` : header;
	};
	if (rowParam.needsFpsBanks) param.needsFpsBanks = true;
	const reported = new Set<string>();
	// A row that asks for its receipt itself has a problem of its own.
	const isByForm =
		rowParam.optionValue('issueReceipt') === 'true' && !isGiven(row.values.issueReceipt);
	if (isByForm && !isGiven(row.values.selfEmployedInn)) {
		addReceiptProblem(param, nameOf('selfEmployedInn'));
		for (const name of ['selfEmployedInn', 'receiptServices']) reported.add(nameOf(name));
	}
	for (const problem of row.problems) {
		const { message, remedy } = rowProblemText(problem);
		reported.add(nameOf(problem.field));
		param.addProblem(nameOf(problem.field), message, remedy);
	}
	// A row that is no payout has no values to check.
	if (reported.has('') || row.method === undefined) return;
	for (const { field: name, message, remedy } of rowParam.problems) {
		if (!reported.has(nameOf(name))) param.addProblem(nameOf(name), message, remedy);
	}
}

/** Receipt for Every Row is on, and the row has no INN for it. */
const addReceiptProblem = (param: ItemParameters, field: string): void =>
	param.addProblem(
		field,
		'It is empty, and Receipt for Every Row is on',
		'Fill it in, or turn Receipt for Every Row off: rows with an INN get a receipt anyway.',
	);
