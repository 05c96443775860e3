// What the page's buttons and tests may do to a session from the bank's side of the counter.
import { invalidRequest } from '../protocol/bankError.mts';
import type { Bank } from '../bank/bank.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { requestCancel, confirmSession } from '../bank/confirmOrCancel.mts';
import type { Session } from '../store/model.mts';
import { completePayerAction } from '../bank/payment.mts';
import { failPayout, succeedPayout } from '../bank/payout.mts';
import { returnPayout } from '../bank/payoutReturn.mts';

type SessionAction = (bank: Bank, session: Session, parameters: JsonObject) => void;

const requirePayoutInProgress = (session: Session) => {
	const payout = session.payouts.find(({ status }) => status === 'in_progress');
	if (payout === undefined) throw invalidRequest('no payout is in progress here');
	return payout;
};

const textOr = (value: unknown, fallback: string) => (typeof value === 'string' ? value : fallback);

const actions: Record<string, SessionAction> = {
	/** As the partner would, with confirm_information taken from the session. */
	confirm: (bank, session) =>
		confirmSession(bank, session, { confirm_information: session.confirmInformation }, 2),
	cancel: (bank, session) => requestCancel(bank, session),
	return: (bank, session) => {
		const payout = session.payouts[0];
		if (payout === undefined) throw invalidRequest('there is no payout to return');
		returnPayout(bank, session, payout);
	},
	/** Ends a payout that hangs (`stuck`, `slow`). */
	succeed: (bank, session) => succeedPayout(bank, session, requirePayoutInProgress(session)),
	fail: (bank, session, parameters) =>
		failPayout(bank, session, requirePayoutInProgress(session), {
			code: textOr(parameters.code, 'provider_internal_error'),
			description: textOr(parameters.description, 'Failed by the sandbox'),
		}),
	/** The payer passed (or failed) 3-D Secure, scanned the QR… */
	payer: (bank, session, parameters) => {
		for (const payment of session.payments.filter(({ stage }) => stage === 'payerAction')) {
			completePayerAction(bank, session, payment, parameters.paid !== false);
		}
	},
	webhook: (bank, session, parameters) =>
		bank.webhooks.notify(textOr(parameters.type, 'payment_finished'), session),
};

export const ACTION_NAMES = Object.keys(actions);

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
