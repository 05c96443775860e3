import { cancelCodes } from '../protocol/errorCodes';
import { field, objectAt, textAt, type JsonObject } from '../lib/json';
import { readOperations, referenceIn, refundedMinorUnits, type OperationView } from './operation';

/**
 * Where the money stands. `created`: nothing started yet. `actionRequired`: the payer must act. `rejected`: not accepted,
 * no money moved. `failed`: accepted, then declined. `returned` / `refunded`: paid, then sent back. `unknown`: nobody knows.
 */
export type Outcome =
	| 'created'
	| 'processing'
	| 'awaitingConfirmation'
	| 'awaitingCapture'
	| 'actionRequired'
	| 'succeeded'
	| 'returned'
	| 'refunded'
	| 'failed'
	| 'cancelled'
	| 'duplicate'
	| 'rejected'
	| 'unknown';

/** A session of the bank (page "Objects", PaymentSession), the same whether v1 or v2 spoke. */
export interface SessionView {
	outcome: Outcome;
	sessionId: string;
	sessionStatus: string;
	nextAction?: string;
	createdAt?: string;
	updatedAt?: string;
	/** The payout, else the payment, that the outcome is about; absent while nothing was started. */
	operation?: OperationView;
	/** All of them: a card payout from an escrow account, for example, is a payment and a payout. */
	operations: OperationView[];
	errorCode?: string;
	errorDescription?: string;
	/** To be sent back untouched with the confirmation (escrow and settlement payouts). */
	confirmInformation?: JsonObject;
	/** The session as the bank sent it. */
	raw: JsonObject;
}

/**
 * Reads an answer or a webhook body that carries `session`, in v1 or v2 spelling, even mixed (the PHP SDK's fixtures mix
 * them). Unknown fields stay in `raw`.
 * @returns undefined when there is no session with an id in it
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
	return {
		outcome: outcomeOf(sessionStatus, nextAction, operation, errorCode),
		sessionId,
		sessionStatus,
		nextAction,
		createdAt: textAt(session, 'created_at'),
		updatedAt: textAt(session, 'updated_at'),
		operation,
		operations,
		errorCode,
		errorDescription: operation?.errorDescription ?? textAt(error, 'description'),
		confirmInformation:
			objectAt(body, 'confirm_information') ?? objectAt(session, 'confirm_information'),
		raw: session,
	};
}

/** The reference that the request put into the metadata. */
export const referenceOf = (view: SessionView): string | undefined =>
	referenceIn(view.operation?.metadata ?? field(view.raw, 'metadata'));

const FINAL: ReadonlySet<Outcome> = new Set<Outcome>([
	'succeeded',
	'returned',
	'refunded',
	'failed',
	'cancelled',
]);

export const isFinal = (view: SessionView): boolean =>
	FINAL.has(view.outcome) || view.sessionStatus === 'error';

export const paymentsIn = ({ operations }: Pick<SessionView, 'operations'>): OperationView[] =>
	operations.filter(({ kind }) => kind === 'payment');

/** The same session told by its payment, where a payout would speak for it: in a split payment both are in one session. */
export function aboutPayment(view: SessionView): SessionView {
	const payment = paymentsIn(view).at(0);
	if (!payment || view.operation?.kind === 'payment') return view;
	const { errorCode, errorDescription } = payment;
	return {
		...view,
		operation: payment,
		errorCode,
		errorDescription,
		outcome: outcomeOf(view.sessionStatus, view.nextAction, payment, errorCode),
	};
}

/** The outcome of a session with several payouts is that of the one that is furthest from being paid. */
function mainOperation(operations: OperationView[]): OperationView | undefined {
	const payouts = operations.filter(({ kind }) => kind === 'payout');
	const candidates = payouts.length > 0 ? payouts : operations;
	return (
		candidates.find(({ status }) => status !== 'succeeded') ??
		candidates.find(isSentBack) ??
		candidates[0]
	);
}

/**
 * Statuses: bank's page "Objects" and "Statuses". `next_action` decides over the payout's status, since the documented
 * samples show both `pending` and `in_progress` while the bank waits for a confirmation. A failed payout in a session
 * with status `error` is documented as not final.
 */
function outcomeOf(
	sessionStatus: string,
	nextAction: string | undefined,
	operation: OperationView | undefined,
	errorCode: string | undefined,
): Outcome {
	if (operation?.status === 'succeeded') return outcomeOfSuccess(operation);
	switch (sessionStatus) {
		case 'created':
			return operation ? 'processing' : 'created';
		case 'cancelled':
		case 'canceled': // spelt so in one text of a sister platform
			return operation?.status === 'failed' &&
				!(errorCode !== undefined && cancelCodes.has(errorCode))
				? 'failed'
				: 'cancelled';
		case 'accepted':
			if (operation?.status === 'failed') return 'failed';
			// A check (FPS) or a receipt may end without a status of its own.
			return operation ? 'processing' : 'succeeded';
		case 'error':
			return 'unknown';
		default:
			return outcomeOfOpen(nextAction, operation);
	}
}

const isSentBack = ({ refunds }: OperationView): boolean =>
	refunds.some(({ status }) => status === 'accepted');

function outcomeOfSuccess(operation: OperationView): Outcome {
	if (!isSentBack(operation)) return 'succeeded';
	// A payout comes back as a whole; part of a payment may be refunded while the rest stays.
	if (operation.kind === 'payout') return 'returned';
	const sentBack = refundedMinorUnits(operation);
	return sentBack > 0 && sentBack >= (operation.amount?.minorUnits ?? 0) ? 'refunded' : 'succeeded';
}

function outcomeOfOpen(
	nextAction: string | undefined,
	operation: OperationView | undefined,
): Outcome {
	if (nextAction === 'confirm') return 'awaitingConfirmation';
	if (nextAction === 'capture') return 'awaitingCapture';
	return operation?.interaction ? 'actionRequired' : 'processing';
}
