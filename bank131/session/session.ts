import { field, objectAt, textAt, type JsonObject } from '../lib/json';
import { isCancellation } from '../protocol/errorCodes';
import { readOperations, referenceIn, refundedMinorUnits, type OperationView } from './operation';
import { isFinalOutcome, type Outcome } from './outcomes';
import { hasUnreadableOperations } from './unreadable';

/** A session of the bank (page "Objects", PaymentSession), the same for v1 and v2 of the API. */
export interface SessionView {
	outcome: Outcome;
	sessionId: string;
	sessionStatus: string;
	nextAction?: string;
	createdAt?: string;
	updatedAt?: string;
	/**
	 * The main operation, which the outcome describes: a payout, otherwise a payment. Absent while nothing was
	 * started.
	 */
	operation?: OperationView;
	/** All operations: a card payout from an escrow account, for example, is a payment and a payout. */
	operations: OperationView[];
	/** The session holds data that look like an operation or a refund and cannot be read. */
	hasUnreadableOperations: boolean;
	errorCode?: string;
	errorDescription?: string;
	/** Must be sent back unchanged with the confirmation (escrow and settlement payouts). */
	confirmInformation?: JsonObject;
	/** The session as the bank sent it. */
	raw: JsonObject;
}

/**
 * Reads the `session` of a response or webhook body in v1 or v2 spelling, even mixed (the PHP SDK's fixtures mix
 * them). Unknown fields stay in `raw`.
 * @returns undefined when the body holds no session with an ID
 */
export function readSession(body: JsonObject): SessionView | undefined {
	const session = objectAt(body, 'session');
	const sessionId = textAt(session, 'id');
	if (!session || sessionId === undefined) return undefined;

	const operations = readOperations(session);
	const operation = mainOperation(operations);
	const error = objectAt(session, 'error');
	const sessionStatus = textAt(session, 'status') ?? '';
	const nextAction = textAt(session, 'next_action');
	const errorCode = operation?.errorCode ?? textAt(error, 'code');
	const isUnreadable = hasUnreadableOperations(body, session);
	const outcome = outcomeOf(sessionStatus, nextAction, operation, errorCode);
	return {
		outcome: readableOutcome(outcome, isUnreadable),
		sessionId,
		sessionStatus,
		nextAction,
		createdAt: textAt(session, 'created_at'),
		updatedAt: textAt(session, 'updated_at'),
		operation,
		operations,
		hasUnreadableOperations: isUnreadable,
		errorCode,
		errorDescription: operation?.errorDescription ?? textAt(error, 'description'),
		confirmInformation:
			objectAt(body, 'confirm_information') ?? objectAt(session, 'confirm_information'),
		raw: session,
	};
}

/** The reference that the request put into the metadata; undefined when the session does not show one. */
export const referenceOf = (view: SessionView): string | undefined =>
	referenceIn(view.operation?.metadata ?? field(view.raw, 'metadata'));

/**
 * Whether waiting for the session is over: the bank will not change it any more. Status `error` counts too, although
 * its result is not known, and so does a closed session whose operation cannot be read.
 */
export const isClosed = (view: SessionView): boolean =>
	isFinalOutcome[view.outcome] ||
	view.sessionStatus === 'error' ||
	(view.sessionStatus === 'accepted' && view.outcome === 'unknown');

/** A session that was cancelled, by a person or by the bank, before anything was started in it. */
export const isCancelledEmpty = (view: SessionView): boolean =>
	view.outcome === 'cancelled' && !view.operation && !view.hasUnreadableOperations;

/** The payments of a session, without its payouts. */
export const paymentsIn = ({ operations }: Pick<SessionView, 'operations'>): OperationView[] =>
	operations.filter(({ kind }) => kind === 'payment');

/**
 * The session with its payment as the main operation. A split payment holds both a payout and a payment; the payout
 * is the main one by default.
 */
export function withPaymentAsMain(view: SessionView): SessionView {
	const payment = paymentsIn(view).at(0);
	if (!payment || view.operation?.kind === 'payment') return view;
	const { errorCode, errorDescription } = payment;
	const outcome = outcomeOf(view.sessionStatus, view.nextAction, payment, errorCode);
	return {
		...view,
		operation: payment,
		errorCode,
		errorDescription,
		outcome: readableOutcome(outcome, view.hasUnreadableOperations),
	};
}

/**
 * The session for a flow that knows what it started: only an operation of this kind says that the flow has succeeded. A
 * card payout from a settlement or escrow account shows a succeeded transfer between own accounts before it shows the
 * payout. A closed session without the operation is `unknown`. A receipt has no operation.
 */
export function withOperationOf(
	kind: OperationView['kind'] | 'receipt',
	view: SessionView,
): SessionView {
	const isShown = kind === 'receipt' || view.operations.some((one) => one.kind === kind);
	if (isShown || !PAID.has(view.outcome)) return view;
	const outcome = outcomeOf(view.sessionStatus, view.nextAction, undefined, view.errorCode);
	if (outcome === 'succeeded') return { ...view, outcome: 'unknown' };
	return { ...view, outcome: outcome === 'created' ? 'processing' : outcome };
}

/** The session for an action on an operation of either kind: see `withOperationOf`. */
export const withSomeOperation = (view: SessionView): SessionView =>
	withOperationOf(view.operation?.kind ?? 'payout', view);

/**
 * The session as one that awaits a confirmation, if its payout is `pending` and `next_action` is missing, as in samples
 * of a sister platform and of the SDK. The same samples show it right after the confirmation, so only a flow that is
 * about to confirm takes it for that. In a split payment a pending payout waits for the payer's money.
 */
export function asConfirmable(view: SessionView): SessionView {
	const { operation, operations } = view;
	const isPending =
		view.outcome === 'processing' &&
		view.nextAction === undefined &&
		view.sessionStatus === 'in_progress' &&
		operation?.kind === 'payout' &&
		operation.status === 'pending' &&
		operations.every((one) => one.kind === 'payout' || one.method === 'internal_transfer');
	return isPending ? { ...view, outcome: 'awaitingConfirmation' } : view;
}

const PAID: ReadonlySet<Outcome> = new Set<Outcome>(['succeeded', 'returned', 'refunded']);

/** Data that cannot be read may be a failed payout or a return, so the session does not say that it succeeded. */
const readableOutcome = (outcome: Outcome, isUnreadable: boolean): Outcome =>
	isUnreadable && outcome === 'succeeded' ? 'unknown' : outcome;

/** Of several payouts the one that is furthest from being paid decides the outcome of the session. */
function mainOperation(operations: OperationView[]): OperationView | undefined {
	const payouts = operations.filter(({ kind }) => kind === 'payout');
	const candidates = payouts.length > 0 ? payouts : operations;
	return (
		candidates.find(({ status }) => status !== 'succeeded') ??
		candidates.find(hasAcceptedRefund) ??
		candidates[0]
	);
}

/**
 * Statuses: bank's pages "Objects" and "Statuses". `next_action` takes precedence over the payout's status, because
 * the documented samples show both `pending` and `in_progress` while the bank waits for a confirmation. A failed
 * payout in a session with status `error` is documented as not final.
 */
function outcomeOf(
	sessionStatus: string,
	nextAction: string | undefined,
	operation: OperationView | undefined,
	errorCode: string | undefined,
): Outcome {
	if (operation?.status === 'succeeded' && !isTransferBeforePayout(sessionStatus, operation)) {
		return outcomeOfSuccess(operation);
	}
	switch (sessionStatus) {
		case 'created':
			return operation ? 'processing' : 'created';
		case 'cancelled':
		case 'canceled': // this spelling is in one text of a sister platform
			return operation?.status === 'failed' && !isCancellation(errorCode) ? 'failed' : 'cancelled';
		case 'accepted':
			if (operation?.status === 'failed') return 'failed';
			if (operation) return 'processing';
			// An FPS check or a receipt may end without an operation in the session. An error is the trace of another one.
			return errorCode === undefined ? 'succeeded' : 'unknown';
		case 'error':
			return 'unknown';
		default:
			return outcomeOfOpen(nextAction, operation);
	}
}

/**
 * A card payout from a settlement or escrow account first moves the money between own accounts (bank's pages on payouts
 * from these accounts). While the session is open, that transfer does not say that the payout has succeeded.
 */
const isTransferBeforePayout = (sessionStatus: string, { kind, method }: OperationView): boolean =>
	sessionStatus === 'in_progress' && kind === 'payment' && method === 'internal_transfer';

const hasAcceptedRefund = ({ refunds }: OperationView): boolean =>
	refunds.some(({ status }) => status === 'accepted');

function outcomeOfSuccess(operation: OperationView): Outcome {
	if (!hasAcceptedRefund(operation)) return 'succeeded';
	// A payout is returned in full; a payment may be refunded in part.
	if (operation.kind === 'payout') return 'returned';
	const refunded = refundedMinorUnits(operation);
	return refunded > 0 && refunded >= (operation.amount?.minorUnits ?? 0) ? 'refunded' : 'succeeded';
}

function outcomeOfOpen(
	nextAction: string | undefined,
	operation: OperationView | undefined,
): Outcome {
	if (nextAction === 'confirm') return 'awaitingConfirmation';
	if (nextAction === 'capture') return 'awaitingCapture';
	return operation?.interaction ? 'actionRequired' : 'processing';
}
