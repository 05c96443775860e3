// Actions of the control API on a session, on the bank's side.
import { invalidRequest } from '../protocol/bankError.mts';
import type { Bank } from '../bank/bank.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { requestCancel, confirmSession } from '../bank/confirmOrCancel.mts';
import type { Session } from '../store/model.mts';
import { completePayerAction } from '../bank/payment.mts';
import { failPayout, succeedPayout } from '../bank/payout.mts';
import { returnPayout } from '../bank/payoutReturn.mts';

/** One action; `parameters` is the body of the request. */
type SessionAction = (bank: Bank, session: Session, parameters: JsonObject) => void;

const requirePayoutInProgress = (session: Session) => {
	const payout = session.payouts.find(({ status }) => status === 'in_progress');
	if (payout === undefined) throw invalidRequest('no payout is in progress here');
	return payout;
};

const textOr = (value: unknown, fallback: string) => (typeof value === 'string' ? value : fallback);

const actions: Record<string, SessionAction> = {
	/** Confirms like the partner, with the `confirm_information` of the session. */
	confirm: (bank, session) =>
		confirmSession(bank, session, { confirm_information: session.confirmInformation }, 2),
	cancel: (bank, session) => requestCancel(bank, session),
	return: (bank, session) => {
		const payout = session.payouts[0];
		if (payout === undefined) throw invalidRequest('there is no payout to return');
		returnPayout(bank, session, payout);
	},
	/** Completes a payout in progress (outcomes `stuck` and `slow`). */
	succeed: (bank, session) => succeedPayout(bank, session, requirePayoutInProgress(session)),
	fail: (bank, session, parameters) =>
		failPayout(bank, session, requirePayoutInProgress(session), {
			code: textOr(parameters.code, 'provider_internal_error'),
			description: textOr(parameters.description, 'Failed by the sandbox'),
		}),
	/** The payer approved (`paid`, default true) or declined the payment. */
	payer: (bank, session, parameters) => {
		for (const payment of session.payments.filter(({ stage }) => stage === 'payerAction')) {
			completePayerAction(bank, session, payment, parameters.paid !== false);
		}
	},
	webhook: (bank, session, parameters) =>
		bank.webhooks.notify(textOr(parameters.type, 'payment_finished'), session),
};

/** Names of all actions. */
export const ACTION_NAMES = Object.keys(actions);

/**
 * Runs an action on a session. Throws `invalid_request` if the session or the action does not exist.
 */
export function runSessionAction(
	bank: Bank,
	sessionId: string,
	name: string,
	parameters: unknown,
): Session {
	const session = bank.sessions.get(sessionId);
	const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
	if (action === undefined) throw invalidRequest(`actions: ${ACTION_NAMES.join(', ')}`);
	action(bank, session, isObject(parameters) ? parameters : {});
	return session;
}
