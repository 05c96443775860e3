import { field, isObject, parseObject, type Json, type JsonObject } from '../lib/json';
import { formatAmount, type Money } from '../values/money';
import { refundedMinorUnits, type OperationView, type RefundView } from './operation';
import { outcomeFields } from './outcomes';
import { referenceOf, type SessionView } from './session';

/** What to do next, as a sentence, and its code. */
export type DescribedAdvice = { advice: string; adviceCode: string };

/** What people need first in a row of results. */
const MAIN_FIELDS = [
	'reference',
	'bankReference',
	'refundReference',
	'recipientName',
	'payer',
	'outcome',
	'final',
	'amount',
	'currency',
	'errorDescription',
	'advice',
	'recipient',
	'amountMinorUnits',
	'errorCode',
	'adviceCode',
	'method',
	'bankMethod',
];

/** What the bank tells of an operation that is neither money nor a state: tokens and the numbers of other systems. */
const IDENTIFIER_FIELDS = [
	'recurringToken',
	'recurringIsActive',
	'subscriptionId',
	'rrn',
	'authCode',
	'arn',
	'fpsMessageId',
	'accountToken',
] as const;

/**
 * The flat form that both nodes output, with what people need first: reference, outcome, amount, error and advice.
 * Amounts are decimal text and minor units.
 * @param own fields that the output has instead of those of the session; `undefined` leaves a field out
 */
export function describeSession(view: SessionView, own: JsonObject = {}): JsonObject {
	const { operation, operations } = view;
	const shown: JsonObject = {
		reference: referenceOf(view),
		...outcomeFields(view.outcome, operation !== undefined),
		...(operation?.amount && amountFields(operation.amount)),
		errorDescription: view.errorDescription,
		errorCode: view.errorCode,
		method: operation?.method,
		...own,
	};
	const output: JsonObject = {};
	// One object in its final order: to copy a whole output takes as long as to read the session.
	for (const name of MAIN_FIELDS) if (shown[name] !== undefined) output[name] = shown[name];
	copyFields(output, view, ['sessionId', 'sessionStatus', 'nextAction']);
	if (operation) addOperation(output, operation);
	if (operation?.metadata === undefined) addMetadata(output, field(view.raw, 'metadata'));
	copyFields(output, view, ['createdAt', 'updatedAt', 'confirmInformation']);
	if (operations.length > 1) output.operations = operations.map(describeOperation);
	overlay(output, own);
	return output;
}

/** Sets the fields that have a value and removes the others. */
function overlay(output: JsonObject, fields: JsonObject): void {
	for (const name of Object.keys(fields)) {
		if (fields[name] === undefined) delete output[name];
		else output[name] = fields[name];
	}
}

/** The output with its main fields first, in the order of `describeSession`. */
export function withMainFieldsFirst(output: JsonObject): JsonObject {
	const ordered: JsonObject = {};
	for (const name of MAIN_FIELDS) if (name in output) ordered[name] = output[name];
	return Object.assign(ordered, output);
}

/** A refund in the flat form of the output: amount as decimal text and in minor units. */
export function describeRefund({ amount, metadata, ...refund }: RefundView): JsonObject {
	const output: JsonObject = {};
	addFields(output, { ...refund });
	addMetadata(output, metadata);
	if (amount) Object.assign(output, amountFields(amount));
	return output;
}

function describeOperation(operation: OperationView): JsonObject {
	const output: JsonObject = { kind: operation.kind };
	addOperation(output, operation);
	copyFields(output, operation, ['errorCode', 'errorDescription']);
	return output;
}

function addOperation(output: JsonObject, operation: OperationView): void {
	const { kind, amount, card, interaction, receipt, refunds } = operation;
	output[`${kind}Id`] = operation.operationId;
	output[`${kind}Status`] = operation.status;
	if (amount) Object.assign(output, amountFields(amount));
	addAmount(output, 'fee', operation.fee);
	addAmount(output, 'net', operation.net);
	addAmount(output, 'gross', operation.gross);
	copyFields(output, operation, ['method']);
	if (card) {
		addFields(output, {
			cardBrand: card.brand,
			cardLast4: card.last4,
			cardBin: card.bin,
			cardCountry: card.country,
			cardId: card.cardId,
		});
	}
	copyFields(output, operation, ['customerReference']);
	if (interaction) addFields(output, { ...interaction });
	if (receipt) addFields(output, { receiptId: receipt.id, receiptLink: receipt.link });
	copyFields(output, operation, IDENTIFIER_FIELDS);
	if (refunds.length > 0) output.refunds = refunds.map(describeRefund);
	const refunded = refundedMinorUnits(operation);
	if (refunded > 0 && amount) addAmount(output, 'refunded', { ...amount, minorUnits: refunded });
	copyFields(output, operation, ['finishedAt', 'rejectReasons']);
	addMetadata(output, operation.metadata);
}

/** Adds the metadata, as text if the bank shows it so, unless it holds nothing but the reference, which is shown. */
function addMetadata(output: JsonObject, metadata: Json | undefined): void {
	if (metadata === undefined) return;
	const object = typeof metadata === 'string' ? parseObject(metadata) : metadata;
	const names = isObject(object) ? Object.keys(object) : [];
	if (names.length !== 1 || names[0] !== 'reference') output.metadata = metadata;
}

/** The main amount of an output. */
export const amountFields = ({ minorUnits, currency }: Money): JsonObject => ({
	amount: formatAmount(minorUnits, currency),
	amountMinorUnits: minorUnits,
	currency: currency.toUpperCase(),
});

/** Copies the named fields that have a value. */
function copyFields<Name extends string>(
	output: JsonObject,
	source: { readonly [name in Name]?: Json },
	names: readonly Name[],
): void {
	for (const name of names) {
		const value = source[name];
		if (value !== undefined) output[name] = value;
	}
}

/** Adds the fields that have a value. Merging with spreads takes twice as long per session. */
function addFields(output: JsonObject, fields: JsonObject): void {
	for (const key of Object.keys(fields)) {
		if (fields[key] !== undefined) output[key] = fields[key];
	}
}

function addAmount(output: JsonObject, name: string, amount: Money | undefined): void {
	if (!amount) return;
	output[name] = formatAmount(amount.minorUnits, amount.currency);
	output[`${name}MinorUnits`] = amount.minorUnits;
}
