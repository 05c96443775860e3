import {
	amountCell,
	codeCell,
	dateCell,
	enumCell,
	flagCell,
	maskedCell,
	metadataCell,
	requiredCell,
	textCell,
	type CellReader,
} from './cells';
import type { ReportKind } from './formats';

/** One column of a daily report. */
export interface Column {
	/** Spellings of the header in the copies of the bank's agreement, in lower case. */
	headers: string[];
	/** Only for a required column: the header in the bank's spelling. A report without it is of another kind. */
	label?: string;
	/** Names of the output fields that the column becomes. */
	fields: string[];
	read: CellReader;
}

/** The bank's words for the type of an operation (api/12 §12.6). `lines.ts` says which of them pay. */
const OPERATION_TYPES = ['Adjustment', 'Advice', 'Chargeback', 'Recurrent', 'Refund'];

const optionalColumn = (
	headers: string[],
	field: string,
	cell: (name: string) => CellReader,
): Column => ({
	headers,
	fields: cell === amountCell ? [field, `${field}MinorUnits`] : [field],
	read: cell(field),
});

function requiredColumn(label: string, field: string, cell: (name: string) => CellReader): Column {
	const column = optionalColumn([label.toLowerCase()], field, cell);
	return { ...column, label, read: requiredCell(column.read) };
}

const typeColumn = (...headers: string[]): Column => ({
	headers,
	fields: ['type'],
	read: enumCell('type', OPERATION_TYPES),
});

const metadata: Column = {
	headers: ['paymentsessionmerchantmetadata'],
	fields: ['reference', 'metadata'],
	read: metadataCell,
};

const sessionId = requiredColumn('paymentSessionId', 'sessionId', textCell);
const contract = optionalColumn(['contract'], 'contract', textCell);

/**
 * Columns of the daily reports (api/12 §12.6), in the order of the output fields. The order in the file is not used,
 * because the copies of the agreement differ in it.
 */
export const REPORT_COLUMNS: Readonly<Record<ReportKind, readonly Column[]>> = {
	payout: [
		typeColumn('typeofpayment', 'type of payment'),
		metadata,
		sessionId,
		requiredColumn('operationId', 'payoutId', textCell),
		requiredColumn('paymentLocalAmount', 'amount', amountCell),
		optionalColumn(['grosslocalamount'], 'grossAmount', amountCell),
		optionalColumn(['feeslocalamount'], 'fee', amountCell),
		optionalColumn(['currency'], 'currency', codeCell),
		optionalColumn(['paymentmethodidentity'], 'recipient', maskedCell),
		optionalColumn(['transactiondate'], 'createdAt', dateCell),
		optionalColumn(['finishedat'], 'finishedAt', dateCell),
		optionalColumn(['paymentfast'], 'paymentFast', flagCell),
		contract,
		optionalColumn(['product'], 'product', textCell),
	],
	payment: [
		typeColumn('payment type', 'type of payment'),
		metadata,
		sessionId,
		requiredColumn('ID', 'paymentId', textCell),
		requiredColumn('Amount', 'amount', amountCell),
		optionalColumn(['settlement'], 'settlement', amountCell),
		optionalColumn(['fee'], 'fee', amountCell),
		optionalColumn(['card number'], 'cardNumber', maskedCell),
		optionalColumn(['transaction date and time'], 'finishedAt', dateCell),
		optionalColumn(['rrn'], 'rrn', textCell),
		contract,
		optionalColumn(['project name', 'projectname'], 'projectName', textCell),
	],
};

const normalizeHeader = (header: string): string =>
	header.trim().replace(/\s+/g, ' ').toLowerCase();

/** Indexes of the headers in `columns` that name this column. Capitals and repeated spaces are ignored. */
export function findColumnIndexes(columns: readonly string[], { headers }: Column): number[] {
	return columns.flatMap((column, index) =>
		headers.includes(normalizeHeader(column)) ? [index] : [],
	);
}

/** Headers that a report of this kind needs and `columns` does not have, in the bank's spelling. */
export function findMissingColumns(columns: readonly string[], kind: ReportKind): string[] {
	return REPORT_COLUMNS[kind].flatMap((column) =>
		column.label !== undefined && findColumnIndexes(columns, column).length === 0
			? [column.label]
			: [],
	);
}

/** Headers that every report of this kind has, in the bank's spelling. */
export const listRequiredColumns = (kind: ReportKind): string[] => findMissingColumns([], kind);
