import { withPaymentAsMain, type SessionView } from '../session/session';

/** How far a session has come. `error`: the bank does not know the result yet (bank's page "Statuses"). */
const STAGE = { created: 0, open: 1, error: 2, closed: 3 } as const;

/**
 * Whether the bank shows a state of the session that is earlier than what its event says: the read lags behind. A state
 * that is ahead of the event is not earlier, because then the event is late.
 * @param read the session as it was read after the event
 */
export function isEarlierThanEvent(
	eventType: string,
	event: SessionView,
	read: SessionView,
): boolean {
	const [readStage, eventStage] = [stageOf(read), stageOf(event)];
	if (readStage !== eventStage) return readStage < eventStage;
	return readStage === STAGE.closed
		? hasFewerRefunds(eventType, event, read)
		: isEarlierInOpenSession(eventType, event, read);
}

function stageOf({ outcome, sessionStatus }: SessionView): number {
	switch (outcome) {
		case 'created':
			return STAGE.created;
		case 'processing':
		case 'actionRequired':
		case 'awaitingConfirmation':
		case 'awaitingCapture':
			return STAGE.open;
		default:
			return sessionStatus === 'error' ? STAGE.error : STAGE.closed;
	}
}

/**
 * Whether the read shows fewer refunds or returns than the event, or none after an event about one. Assumption: refunds
 * do not disappear again.
 */
function hasFewerRefunds(eventType: string, event: SessionView, read: SessionView): boolean {
	if (read.hasUnreadableOperations) return false;
	const isMissing = eventType === 'payment_refunded' && refundsIn(read).length === 0;
	return isMissing || acceptedRefundsIn(read) < acceptedRefundsIn(event);
}

const refundsIn = ({ operations }: SessionView) => operations.flatMap(({ refunds }) => refunds);

const acceptedRefundsIn = (view: SessionView): number =>
	refundsIn(view).filter(({ status }) => status === 'accepted').length;

/** The order in which the states of an open session normally follow each other. */
const OPEN_STATES: ReadonlyMap<string, number> = new Map([
	['pending', 0],
	['actionRequired', 1],
	['awaitingCapture', 2],
	['awaitingConfirmation', 2],
]);

/**
 * An operation that is `in_progress` is being checked before the event or carried out after it; the times of the two
 * states decide which. Without times it counts as ahead.
 */
function isEarlierInOpenSession(
	eventType: string,
	event: SessionView,
	sessionRead: SessionView,
): boolean {
	// In a split payment the payout waits for the payer's money, and the payment says what the payer must do.
	const read = eventType === 'action_required' ? withPaymentAsMain(sessionRead) : sessionRead;
	if (stageOf(read) !== stageOf(event) || read.outcome === event.outcome) return false;
	const [readState, eventState] = [
		OPEN_STATES.get(openState(read)),
		OPEN_STATES.get(openState(event)),
	];
	const isBefore = readState !== undefined && eventState !== undefined && readState < eventState;
	return isBefore || isOlder(sessionRead.updatedAt, event.updatedAt);
}

const openState = ({ outcome, operation }: SessionView): string =>
	outcome === 'processing' && operation?.status !== 'in_progress' ? 'pending' : outcome;

/** A time with its zone, as RFC 3339 writes it. */
const HAS_ZONE = /(?:Z|[+-]\d{2}:\d{2})$/;

/** Whether one time is before another. Assumption: `updated_at` changes with every state (bank's page "Objects"). */
function isOlder(one: string | undefined, other: string | undefined): boolean {
	if (one === undefined || other === undefined) return false;
	if (!HAS_ZONE.test(one) || !HAS_ZONE.test(other)) return false;
	const difference = Date.parse(one) - Date.parse(other);
	// The bank writes microseconds, which `Date` does not have.
	return difference < 0 || (difference === 0 && one.length === other.length && one < other);
}
