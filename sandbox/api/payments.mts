// Acquiring: money from payers.
import { invalidRequest } from '../protocol/bankError.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { optionalText, requiredText } from '../wire/fields.mts';
import { customerInteraction } from '../bank/customerInteraction.mts';
import type { Session } from '../store/model.mts';
import { beginPayment } from '../bank/payment.mts';
import { newPayment, readPayment } from '../bank/paymentRequest.mts';
import { merged, readPayout } from '../bank/payoutRequest.mts';
import { toV2Names } from '../protocol/apiVersions.mts';
import {
	newPayout,
	requireSameKind,
	requireStartable,
	startPayouts,
	useKey,
} from '../bank/startPayouts.mts';
import { sessionResponse } from '../wire/sessionResponse.mts';
import { both, onlyV1, type Call, type Endpoints } from './endpoint.mts';

function begin(call: Call, body: JsonObject, opened?: Session): Session {
	const { bank, version, idempotencyKey } = call;
	const request = readPayment(bank, body);
	bank.idempotencyKeys.assertUnused(idempotencyKey);
	if (opened !== undefined) requireStartable(opened);
	const payment = newPayment(bank, request, idempotencyKey);
	const session = opened ?? bank.sessions.create(version, 'collateral', false, {});
	useKey(bank, session, idempotencyKey);
	session.status = 'in_progress';
	session.payments.push(payment);
	bank.sessions.recordChange(session);
	beginPayment(bank, session, payment);
	return session;
}

const init = (call: Call) => begin(call, toV2Names(call.body, call.version));

function start(call: Call): Session {
	const session = call.bank.sessions.get(call.body.session_id);
	requireSameKind(session, 'collateral', false);
	const body = merged(session.draft, toV2Names(call.body, call.version));
	return begin(call, body, session);
}

/** Several payments and payouts in one session (SDK only, api/14.8). */
function multiInit(call: Call): JsonObject {
	const { bank, version, body, idempotencyKey } = call;
	const lists = [body.payment_list, body.payout_list];
	if (!lists.every((list) => Array.isArray(list) && list.length > 0 && list.every(isObject))) {
		throw invalidRequest('payment_list, payout_list: at least one of each');
	}
	const [payments, payouts] = lists as [JsonObject[], JsonObject[]];
	const requests = payments.map((one) => readPayment(bank, one));
	const outgoing = payouts.map((one) => readPayout(bank, version, one, 'collateral', false));
	bank.idempotencyKeys.assertUnused(idempotencyKey);
	const incoming = requests.map((request) => newPayment(bank, request, idempotencyKey));
	const made = outgoing.map((request) => newPayout(bank, request, idempotencyKey));
	const session = bank.sessions.create(version, 'collateral', true, {});
	session.payments.push(...incoming);
	startPayouts(bank, session, made, idempotencyKey);
	for (const payment of incoming) beginPayment(bank, session, payment);
	return sessionResponse(session, version);
}

export const paymentEndpoints: Endpoints = {
	'session/init/payment': {
		versions: both,
		startsMoney: true,
		answer: (call) => sessionResponse(init(call), call.version),
	},
	'session/start/payment': {
		versions: both,
		startsMoney: true,
		answer: (call) => sessionResponse(start(call), call.version),
	},
	'session/init/payment/sync': {
		versions: both,
		startsMoney: true,
		answer(call) {
			const session = init(call);
			// The answer already carries the payer's step (api/13.1). Assumption: only where no confirmation comes before it,
			// since every sample shows `action_required` after `session/confirm` (api/13.7, 13.16).
			if (!call.bank.settings.autoConfirm) return sessionResponse(session, call.version);
			for (const payment of session.payments) {
				payment.interaction = customerInteraction(call.bank, session, payment);
			}
			return sessionResponse(session, call.version);
		},
	},
	'session/multi/init': { versions: [2], startsMoney: true, answer: multiInit },
	'subscription/cancel': { versions: onlyV1, answer: subscription },
	'subscription/restore': { versions: onlyV1, answer: subscription },
	'sberpay/push': {
		versions: onlyV1,
		answer({ bank, body }) {
			requiredText(body, 'phone', { pattern: /^\d{11}$/, expected: '11 digits' });
			bank.sessions.get(body.session_id);
			return { status: 'ok' };
		},
	},
};

/** SDK only, nothing is remembered. */
function subscription({ body }: Call): JsonObject {
	requiredText(body, 'subscription_id');
	optionalText(body, 'session_id');
	return { status: 'ok' };
}
