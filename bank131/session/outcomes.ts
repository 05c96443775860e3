/**
 * The state of an operation and its money. `created`: nothing started yet. `actionRequired`: the payer must act.
 * `rejected`: not accepted, no money moved. `failed`: accepted, then declined. `returned` / `refunded`: paid, then
 * sent back. `duplicate`: the Reference was used before. `unknown`: the result is not known.
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

/**
 * Whether an operation has ended, so that a further run has nothing to do for it: the output `final`. The one list;
 * docs/reference/outcomes-and-errors.md says of each outcome why. Money that comes back is a new event of an operation
 * that has ended. `rejected` has not begun, and the same Reference may be tried again.
 */
export const isFinalOutcome: Readonly<Record<Outcome, boolean>> = {
	succeeded: true,
	failed: true,
	cancelled: true,
	returned: true,
	refunded: true,
	awaitingConfirmation: false,
	awaitingCapture: false,
	actionRequired: false,
	processing: false,
	created: false,
	duplicate: false,
	rejected: false,
	unknown: false,
};

/**
 * The outcome as both nodes output it, with `final`.
 * @param hasOperation without one a cancelled session ends nothing: the same Reference can still be paid in another
 * session
 */
export const outcomeFields = (outcome: Outcome, hasOperation = true) => ({
	outcome,
	final: isFinalOutcome[outcome] && (hasOperation || outcome !== 'cancelled'),
});
