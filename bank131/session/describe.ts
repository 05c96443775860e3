import { explain, NEW_REFERENCE } from '../protocol/errorCodes';
import { isObject, type JsonObject } from '../lib/json';
import { formatAmount } from '../values/money';
import { referenceOf, type Outcome, type SessionView } from './session';
import { refundedMinorUnits, type AmountView, type OperationView, type RefundView } from './operation';

/** The flat form both nodes output: ids and outcome first, amounts as decimal text and in minor units. */
export function describeSession(view: SessionView): JsonObject {
	const { operation, operations } = view;
	const output: JsonObject = {};
	add(output, {
		outcome: view.outcome,
		reference: referenceOf(view),
		sessionId: view.sessionId,
		sessionStatus: view.sessionStatus,
		nextAction: view.nextAction,
	});
	if (operation) addOperation(output, operation);
	add(output, {
		errorCode: view.errorCode,
		errorDescription: view.errorDescription,
		advice: adviceFor(view),
		createdAt: view.createdAt,
		updatedAt: view.updatedAt,
		confirmInformation: view.confirmInformation,
	});
	if (operations.length > 1) output.operations = operations.map(describeOneOfSeveral);
	return output;
}

function describeOneOfSeveral(operation: OperationView): JsonObject {
	const output: JsonObject = { kind: operation.kind };
	addOperation(output, operation);
	add(output, { errorCode: operation.errorCode, errorDescription: operation.errorDescription });
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
	add(output, { method: operation.method });
	if (card) {
		add(output, {
			cardBrand: card.brand,
			cardLast4: card.last4,
			cardBin: card.bin,
			cardCountry: card.country,
			cardId: card.cardId,
		});
	}
	add(output, { customerReference: operation.customerReference, ...operation.interaction });
	if (receipt) add(output, { receiptId: receipt.id, receiptLink: receipt.link });
	add(output, {
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
	const isOnlyReference = isObject(metadata) && Object.keys(metadata).join() === 'reference';
	add(output, {
		finishedAt: operation.finishedAt,
		rejectReasons: operation.rejectReasons,
		metadata: isOnlyReference ? undefined : metadata,
	});
}

/** Adds the fields that have a value. Merged with spreads, a session takes twice as long. */
function add(output: JsonObject, fields: JsonObject): void {
	for (const key of Object.keys(fields)) {
		if (fields[key] !== undefined) output[key] = fields[key];
	}
}

function addAmount(output: JsonObject, name: string, amount: AmountView | undefined): void {
	if (!amount) return;
	output[name] = formatAmount(amount.minorUnits, amount.currency);
	output[`${name}MinorUnits`] = amount.minorUnits;
}

export function describeRefund({ amount, ...refund }: RefundView): JsonObject {
	const output: JsonObject = {};
	add(output, refund);
	addAmount(output, 'amount', amount);
	if (amount) output.currency = amount.currency.toUpperCase();
	return output;
}

const SAME_REFERENCE = "Run it again with the same Reference: it can't be paid twice.";
const NOTHING_IN_IT =
	"Nothing was started in this session. To pay, run again with the same Reference: it can't be paid twice.";

const PARTLY =
	'Part of this session is paid: "operations" says which. Pay only the rest again, under a new Reference.';

const OVER: ReadonlySet<string> = new Set<Outcome>(['failed', 'cancelled', 'returned']);

const isPaidBeside = (one: OperationView, main: OperationView | undefined): boolean =>
	one !== main &&
	one.kind === main?.kind &&
	one.status === 'succeeded' &&
	refundedMinorUnits(one) === 0;

/** What to do next, in words for a payouts manager; undefined when there is nothing to say. */
export function adviceFor(
	view: Pick<
		SessionView,
		'outcome' | 'sessionId' | 'errorCode' | 'sessionStatus' | 'operation' | 'operations'
	>,
): string | undefined {
	const explained = explain(view.errorCode)?.advice;
	if (OVER.has(view.outcome) && view.operations.some((one) => isPaidBeside(one, view.operation)))
		return PARTLY;
	switch (view.outcome) {
		case 'failed':
			return explained ?? NEW_REFERENCE;
		case 'cancelled':
			// An empty session says nothing about its reference: another one may hold the payout.
			return view.operation ? (explained ?? NEW_REFERENCE) : NOTHING_IN_IT;
		case 'rejected':
			// An earlier run may have paid under this reference, which only the same reference finds out.
			return explained?.replace(NEW_REFERENCE, SAME_REFERENCE) ?? SAME_REFERENCE;
		case 'returned':
			return "The recipient's bank sent the money back. Check the recipient's details; to pay again, use a new Reference.";
		case 'awaitingConfirmation':
			return 'Check the amount and the recipient, then use Session: Confirm or Session: Cancel. What nobody confirms is cancelled by the bank after a while.';
		case 'awaitingCapture':
			return "The payer's money is held. Take it with Payment: Capture or let it go with Session: Cancel.";
		case 'actionRequired':
			return 'Send the payer to the redirect URL, or show the QR code.';
		case 'processing':
			return 'The bank is still working on it. Use Session: Wait, Session: Get or the Bank 131 Trigger to learn the result. Do not pay again.';
		case 'unknown':
			if (view.operation?.kind === 'payment' && view.operation.status === 'succeeded') {
				return `Money of this payment went back to the payer, and the bank does not say how much. Look at its refunds with Session: Get (${view.sessionId}).`;
			}
			return view.sessionStatus === 'error'
				? `The bank itself does not know the result yet. Do not pay again; contact the bank's support with session ${view.sessionId}.`
				: `Do not pay again under another Reference. Read the session with Session: Get (${view.sessionId}) to learn what happened, or run again with the same Reference: it can't be paid twice.`;
		default:
			return undefined;
	}
}
