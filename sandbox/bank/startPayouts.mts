import { BankError, invalidRequest, wrongSessionState } from '../protocol/bankError.mts';
import type { Bank } from './bank.mts';
import { bankTime } from '../protocol/bankTime.mts';
import type { IdempotencyKey } from '../store/idempotencyKeys.mts';
import type { Outcome } from '../config/scenarioTable.mts';
import type { AccountKind, Money, Payout, Session } from '../store/model.mts';
import { scheduleCheck } from './payout.mts';
import type { PayoutRequest } from './payoutRequest.mts';

/** True if a payment or payout can be started in the session. */
export function isStartable(session: Session): boolean {
	if (session.status === 'created') return true;
	// Split payments: a payout inside the session of a held payment (api/14.7).
	const isHeld =
		session.payments.length > 0 && session.payments.every((payment) => payment.stage === 'hold');
	return session.status === 'in_progress' && isHeld && session.payouts.length === 0;
}

/** Throws `session_wrong_state` if nothing can be started in the session. */
export function requireStartable(session: Session): void {
	if (!isStartable(session)) throw wrongSessionState(session.id, 'a start');
}

/** Creates a payout with its scripted outcome. Throws if the outcome rejects the start request. */
export function createPayout(bank: Bank, request: PayoutRequest, key: IdempotencyKey): Payout {
	const { details, destination, amount, debit, customer, participants, metadata } = request;
	return {
		id: bank.sessions.nextId('po'),
		status: 'in_progress',
		createdAt: bankTime(),
		details,
		destination,
		amount,
		debit,
		customer,
		participants,
		metadata,
		fiscalization: request.fiscalization,
		purpose: 'payout',
		isReserved: false,
		refunds: [],
		idempotencyKey: key.value,
		outcome: startOutcome(bank, request, destination.scenarioKey, key),
	};
}

/** The scripted outcome of a payout, payment or refund. Throws if the outcome refuses the request. */
export function startOutcome(
	bank: Bank,
	{ amount, metadata }: { amount?: Money; metadata: unknown },
	scenarioKey: string | undefined,
	key: IdempotencyKey,
): Outcome {
	const outcome = bank.scenarios.outcomeFor({ amount: amount?.amount, scenarioKey, metadata });
	if (outcome.refused === undefined) return outcome;
	if (bank.settings.refusedStartUsesKey) key.markUsed();
	throw new BankError(outcome.refused.code, outcome.refused.description);
}

/**
 * Starts payouts in a session and consumes the idempotency key. Call after all checks: request, key
 * and session state.
 */
export function startPayouts(
	bank: Bank,
	session: Session,
	payouts: Payout[],
	key: IdempotencyKey,
): void {
	consumeIdempotencyKey(bank, session, key);
	session.status = 'in_progress';
	delete session.nextAction;
	session.payouts.push(...payouts);
	bank.sessions.recordChange(session);
	for (const payout of payouts) scheduleCheck(bank, session, payout);
}

/** Marks the key as used and links it to the session. */
export function consumeIdempotencyKey(bank: Bank, session: Session, key: IdempotencyKey): void {
	key.markUsed();
	if (key.value !== undefined) bank.sessions.linkIdempotencyKey(key.value, session);
}

/**
 * Assumption: a session created by …/nominal or …/rko must be started by a method of the same kind.
 * Throws `invalid_request`.
 */
export function requireSameKind(session: Session, kind: AccountKind, isMulti: boolean): void {
	if (session.isMulti === isMulti && session.createdFor === kind) return;
	throw invalidRequest(
		`session_id: session ${session.id} was created for another kind of operation`,
	);
}
