import { explain, NEW_REFERENCE } from './errorCodes';
import { compact, isObject, type JsonObject } from './json';
import { formatAmount } from './money';
import { referenceOf, type Outcome, type SessionView } from './session';
import { refundedMinorUnits, type AmountView, type OperationView, type RefundView } from './views';

/** The flat form both nodes output: ids and outcome first, amounts as decimal text and in minor units. */
export function describeSession(view: SessionView): JsonObject {
	const { operation, operations } = view;
	const several = operations.length > 1;
	return compact({
		outcome: view.outcome,
		reference: referenceOf(view),
		sessionId: view.sessionId,
		sessionStatus: view.sessionStatus,
		nextAction: view.nextAction,
		...(operation && describeOperation(operation)),
		errorCode: view.errorCode,
		errorDescription: view.errorDescription,
		advice: adviceFor(view),
		createdAt: view.createdAt,
		updatedAt: view.updatedAt,
		confirmInformation: view.confirmInformation,
		operations: several
			? operations.map((one) =>
					compact({
						kind: one.kind,
						...describeOperation(one),
						errorCode: one.errorCode,
						errorDescription: one.errorDescription,
					}),
				)
			: undefined,
	});
}

/** Fields that are `undefined` are still in it: whoever takes them in is compacted as a whole. */
function describeOperation(operation: OperationView): JsonObject {
	const { kind, card, refunds, metadata, interaction } = operation;
	const refunded = refundedMinorUnits(operation);
	return {
		[`${kind}Id`]: operation.operationId,
		[`${kind}Status`]: operation.status,
		...amountFields('amount', operation.amount),
		currency: operation.amount?.currency.toUpperCase(),
		...amountFields('fee', operation.fee),
		...amountFields('net', operation.net),
		...amountFields('gross', operation.gross),
		method: operation.method,
		cardBrand: card?.brand,
		cardLast4: card?.last4,
		cardBin: card?.bin,
		cardCountry: card?.country,
		cardId: card?.cardId,
		customerReference: operation.customerReference,
		...interaction,
		receiptId: operation.receipt?.id,
		receiptLink: operation.receipt?.link,
		recurringToken: operation.recurringToken,
		recurringIsActive: operation.recurringIsActive,
		subscriptionId: operation.subscriptionId,
		rrn: operation.rrn,
		authCode: operation.authCode,
		arn: operation.arn,
		fpsMessageId: operation.fpsMessageId,
		accountToken: operation.accountToken,
		refunds: refunds.length > 0 ? refunds.map(describeRefund) : undefined,
		...(refunded > 0 &&
			operation.amount &&
			amountFields('refunded', { ...operation.amount, minorUnits: refunded })),
		finishedAt: operation.finishedAt,
		rejectReasons: operation.rejectReasons,
		metadata:
			isObject(metadata) && Object.keys(metadata).join() === 'reference' ? undefined : metadata,
	};
}

export const describeRefund = ({ amount, ...refund }: RefundView): JsonObject =>
	compact({
		...refund,
		...amountFields('amount', amount),
		currency: amount?.currency.toUpperCase(),
	});

const amountFields = (name: string, amount: AmountView | undefined): JsonObject =>
	amount
		? {
				[name]: formatAmount(amount.minorUnits, amount.currency),
				[`${name}MinorUnits`]: amount.minorUnits,
			}
		: {};

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
			return 'Check the amount and the recipient, then use Session: Confirm or Session: Cancel. What nobody confirms is cancelled by the bank after some hours.';
		case 'awaitingCapture':
			return "The payer's money is held. Take it with Payment: Capture or let it go with Session: Cancel.";
		case 'actionRequired':
			return 'Send the payer to the redirect URL, or show the QR code.';
		case 'processing':
			return 'The bank is still working on it. Use Session: Wait, Session: Get or the Bank 131 Trigger to learn the result. Do not pay again.';
		case 'unknown':
			return view.sessionStatus === 'error'
				? `The bank itself does not know the result yet. Do not pay again; contact the bank's support with session ${view.sessionId}.`
				: `Do not pay again under another Reference. Read the session with Session: Get (${view.sessionId}) to learn what happened, or run again with the same Reference: it can't be paid twice.`;
		default:
			return undefined;
	}
}
