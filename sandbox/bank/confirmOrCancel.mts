// Actions of the partner on a session that waits for confirmation: confirm or cancel.
import { invalidRequest, wrongSessionState } from '../protocol/bankError.mts';
import type { Bank } from './bank.mts';
import { canonicalJson, isObject, type JsonObject } from '../lib/json.mts';
import type { ApiVersion } from '../protocol/apiVersions.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { cancelSession, clearNextAction } from './sessionFlow.mts';
import type { Session } from '../store/model.mts';
import { continuePayment } from './payment.mts';
import { executePayout } from './payout.mts';
import { renderConfirmInformation } from '../wire/sessionResponse.mts';
import { amountsAsText } from '../wire/sessionShape.mts';

/**
 * Escrow requires `confirm_information`; settlement accepts a request without it (api/02
 * "session/confirm").
 */
function checkConfirmInformation(
	bank: Bank,
	session: Session,
	body: JsonObject,
	version: ApiVersion,
): void {
	const received = body.confirm_information;
	if (received === undefined || received === null) {
		if (session.account === 'escrow' && session.confirmInformation !== undefined) {
			throw invalidRequest('confirm_information: is required for escrow payouts');
		}
		return;
	}
	if (!isObject(received)) throw invalidRequest('confirm_information: object is required');
	// Assumption: a changed object is rejected; the docs only say that the partner must return it.
	const expected = renderConfirmInformation(session, version);
	const comparable = (information: JsonObject) =>
		canonicalJson(bank.settings.amountsAsText ? amountsAsText(information) : information);
	if (expected !== undefined && comparable(received) !== comparable(expected)) {
		throw invalidRequest('confirm_information: differs from what ready_to_confirm showed');
	}
}

/**
 * Confirms all operations of a session. Throws `session_wrong_state` if it does not wait for
 * confirmation, `invalid_request` if `confirm_information` is missing or changed.
 */
export function confirmSession(
	bank: Bank,
	session: Session,
	body: JsonObject,
	version: ApiVersion,
): void {
	if (session.status !== 'in_progress' || session.nextAction !== 'confirm') {
		throw wrongSessionState(session.id, 'confirm');
	}
	checkConfirmInformation(bank, session, body, version);
	clearNextAction(bank, session);
	bank.sessions.recordChange(session);
	for (const payment of session.payments) {
		if (payment.stage === 'confirmation') continuePayment(bank, session, payment);
	}
	for (const payout of session.payouts) {
		if (payout.status === 'pending') executePayout(bank, session, payout);
	}
}

const CANCELLED_BY_PARTNER = {
	code: 'session_cancelled_by_partner',
	description: 'The session was cancelled by the partner',
};

/**
 * Cancels a session. A session that was never started is cancelled at once. Otherwise the response
 * still shows `in_progress`, and `payment_finished` reports the end (api/02 "session/cancel"). Throws
 * `session_wrong_state`.
 */
export function requestCancel(bank: Bank, session: Session): void {
	if (session.status === 'created') {
		session.status = 'cancelled';
		session.error = CANCELLED_BY_PARTNER;
		session.updatedAt = bankTime();
		bank.sessions.recordChange(session);
		return;
	}
	const isWaiting = session.nextAction !== undefined;
	if (session.status !== 'in_progress' || !isWaiting) throw wrongSessionState(session.id, 'cancel');
	clearNextAction(bank, session);
	session.isCancelling = true;
	bank.sessions.recordChange(session);
	bank.timers.schedule(bank.settings.processingMs, () =>
		cancelSession(bank, session, CANCELLED_BY_PARTNER),
	);
}
