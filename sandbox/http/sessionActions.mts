// What the page's buttons and tests may do to a session from the bank's side of the counter.
import { invalidRequest } from '../protocol/bankError.mts';
import type { Bank } from '../bank/bank.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { cancel, confirm } from '../bank/confirmOrCancel.mts';
import type { Session } from '../store/model.mts';
import { payerDone } from '../bank/payment.mts';
import { failPayout, succeed } from '../bank/payout.mts';
import { returnPayout } from '../bank/payoutReturn.mts';

type Act = (bank: Bank, session: Session, wish: JsonObject) => void;

const stuckPayout = (session: Session) => {
	const payout = session.payouts.find(({ status }) => status === 'in_progress');
	if (payout === undefined) throw invalidRequest('no payout is in progress here');
	return payout;
};

const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);

const actions: Record<string, Act> = {
	/** As the partner would, with confirm_information taken from the session. */
	confirm: (bank, session) =>
		confirm(bank, session, { confirm_information: session.confirmInformation }, 2),
	cancel: (bank, session) => cancel(bank, session),
	return: (bank, session) => {
		const payout = session.payouts[0];
		if (payout === undefined) throw invalidRequest('there is no payout to return');
		returnPayout(bank, session, payout);
	},
	/** Ends a payout that hangs (`stuck`, `slow`). */
	succeed: (bank, session) => succeed(bank, session, stuckPayout(session)),
	fail: (bank, session, wish) =>
		failPayout(bank, session, stuckPayout(session), {
			code: text(wish.code, 'provider_internal_error'),
			description: text(wish.description, 'Failed by the sandbox'),
		}),
	/** The payer passed (or failed) 3-D Secure, scanned the QR… */
	payer: (bank, session, wish) => {
		for (const payment of session.payments.filter(({ stage }) => stage === 'payer')) {
			payerDone(bank, session, payment, wish.paid !== false);
		}
	},
	webhook: (bank, session, wish) =>
		bank.webhooks.notify(text(wish.type, 'payment_finished'), session),
};

export const actionNames = Object.keys(actions);

export function act(bank: Bank, sessionId: string, name: string, wish: unknown): Session {
	const session = bank.sessions.get(sessionId);
	const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
	if (action === undefined) throw invalidRequest(`actions: ${actionNames.join(', ')}`);
	action(bank, session, isObject(wish) ? wish : {});
	return session;
}
