import {
	amountCell,
	codeCell,
	dateCell,
	flagCell,
	maskedCell,
	metadataCell,
	needed,
	textCell,
	wordCell,
	type CellReader,
} from './cells';

export const reportKinds = ['payout', 'payment'] as const;
export type ReportKind = (typeof reportKinds)[number];

export interface Column {
	/** Spellings of the header in the copies of the bank's agreement, in lower case. */
	headers: string[];
	/** Set for a column without which this is another report: the header in the bank's own spelling. */
	label?: string;
	/** Names of the fields that the column becomes. */
	fields: string[];
	read: CellReader;
}

/** Types of operations. A `Refund` or an `Adjustment` takes back what an earlier line brought. */
const TYPES = ['Adjustment', 'Advice', 'Chargeback', 'Recurrent', 'Refund'];

const optional = (
	headers: string[],
	field: string,
	cell: (name: string) => CellReader,
): Column => ({
	headers,
	fields: cell === amountCell ? [field, `${field}MinorUnits`] : [field],
	read: cell(field),
});

function required(label: string, field: string, cell: (name: string) => CellReader): Column {
	const column = optional([label.toLowerCase()], field, cell);
	return { ...column, label, read: needed(column.read) };
}

const type = (...headers: string[]): Column => ({
	headers,
	fields: ['type'],
	read: wordCell('type', TYPES),
});

const metadata: Column = {
	headers: ['paymentsessionmerchantmetadata'],
	fields: ['reference', 'metadata'],
	read: metadataCell,
};

const sessionId = required('paymentSessionId', 'sessionId', textCell);
const contract = optional(['contract'], 'contract', textCell);

/** The daily reports (api/12 §12.6), in the order in which their fields go out. The copies order their columns differently. */
export const columnsOf: Record<ReportKind, Column[]> = {
	payout: [
		type('typeofpayment', 'type of payment'),
		metadata,
		sessionId,
		required('operationId', 'payoutId', textCell),
		required('paymentLocalAmount', 'amount', amountCell),
		optional(['grosslocalamount'], 'grossAmount', amountCell),
		optional(['feeslocalamount'], 'fee', amountCell),
		optional(['currency'], 'currency', codeCell),
		optional(['paymentmethodidentity'], 'recipient', maskedCell),
		optional(['transactiondate'], 'createdAt', dateCell),
		optional(['finishedat'], 'finishedAt', dateCell),
		optional(['paymentfast'], 'paymentFast', flagCell),
		contract,
		optional(['product'], 'product', textCell),
	],
	payment: [
		type('payment type', 'type of payment'),
		metadata,
		sessionId,
		required('ID', 'paymentId', textCell),
		required('Amount', 'amount', amountCell),
		optional(['settlement'], 'settlement', amountCell),
		optional(['fee'], 'fee', amountCell),
		optional(['card number'], 'cardNumber', maskedCell),
		optional(['transaction date and time'], 'finishedAt', dateCell),
		optional(['rrn'], 'rrn', textCell),
		contract,
		optional(['project name', 'projectname'], 'projectName', textCell),
	],
};
