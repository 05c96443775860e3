import { field, isObject, parseObject, type Json, type JsonObject } from '../lib/json';
import { formatAmount, type Money } from '../values/money';
import { refundedMinorUnits, type OperationView, type RefundView } from './operation';
import { referenceOf, type SessionView } from './session';

/**
 * The flat form that both nodes output: IDs and outcome first, amounts as decimal text and in minor units.
 * @param advice what to do next, as a sentence; output after the error and before the dates
 */
export function describeSession(view: SessionView, advice?: string): JsonObject {
	const { operation, operations } = view;
	const output: JsonObject = {};
	addFields(output, {
		outcome: view.outcome,
		reference: referenceOf(view),
		sessionId: view.sessionId,
		sessionStatus: view.sessionStatus,
		nextAction: view.nextAction,
	});
	if (operation) addOperation(output, operation);
	if (operation?.metadata === undefined) {
		addFields(output, { metadata: shownMetadata(field(view.raw, 'metadata')) });
	}
	addFields(output, {
		errorCode: view.errorCode,
		errorDescription: view.errorDescription,
		advice,
		createdAt: view.createdAt,
		updatedAt: view.updatedAt,
		confirmInformation: view.confirmInformation,
	});
	if (operations.length > 1) output.operations = operations.map(describeOperation);
	return output;
}

/** A refund in the flat form of the output: amount as decimal text and in minor units. */
export function describeRefund({ amount, metadata, ...refund }: RefundView): JsonObject {
	const output: JsonObject = {};
	addFields(output, { ...refund, metadata: shownMetadata(metadata) });
	addAmount(output, 'amount', amount);
	if (amount) output.currency = amount.currency.toUpperCase();
	return output;
}

function describeOperation(operation: OperationView): JsonObject {
	const output: JsonObject = { kind: operation.kind };
	addOperation(output, operation);
	addFields(output, {
		errorCode: operation.errorCode,
		errorDescription: operation.errorDescription,
	});
	return output;
}

function addOperation(output: JsonObject, operation: OperationView): void {
	const { kind, amount, card, receipt, refunds, metadata } = operation;
	output[`${kind}Id`] = operation.operationId;
	output[`${kind}Status`] = operation.status;
	addAmount(output, 'amount', amount);
	if (amount) output.currency = amount.currency.toUpperCase();
	addAmount(output, 'fee', operation.fee);
	addAmount(output, 'net', operation.net);
	addAmount(output, 'gross', operation.gross);
	addFields(output, { method: operation.method });
	if (card) {
		addFields(output, {
			cardBrand: card.brand,
			cardLast4: card.last4,
			cardBin: card.bin,
			cardCountry: card.country,
			cardId: card.cardId,
		});
	}
	addFields(output, { customerReference: operation.customerReference, ...operation.interaction });
	if (receipt) addFields(output, { receiptId: receipt.id, receiptLink: receipt.link });
	addFields(output, {
		recurringToken: operation.recurringToken,
		recurringIsActive: operation.recurringIsActive,
		subscriptionId: operation.subscriptionId,
		rrn: operation.rrn,
		authCode: operation.authCode,
		arn: operation.arn,
		fpsMessageId: operation.fpsMessageId,
		accountToken: operation.accountToken,
		refunds: refunds.length > 0 ? refunds.map(describeRefund) : undefined,
	});
	const refunded = refundedMinorUnits(operation);
	if (refunded > 0 && amount) addAmount(output, 'refunded', { ...amount, minorUnits: refunded });
	addFields(output, {
		finishedAt: operation.finishedAt,
		rejectReasons: operation.rejectReasons,
		metadata: shownMetadata(metadata),
	});
}

/** The metadata, as text if the bank shows it so; `undefined` if it holds nothing but the reference, which is shown. */
function shownMetadata(metadata: Json | undefined): Json | undefined {
	const object = typeof metadata === 'string' ? parseObject(metadata) : metadata;
	return isObject(object) && Object.keys(object).join() === 'reference' ? undefined : metadata;
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
