// Acquiring: payments of payers (api/13).
import { invalidRequest } from '../protocol/bankError.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { optionalText, requiredText } from '../wire/fields.mts';
import { customerInteraction } from '../bank/customerInteraction.mts';
import type { Session } from '../store/model.mts';
import { startPayment } from '../bank/payment.mts';
import { createPayment, parsePayment } from '../bank/paymentRequest.mts';
import { mergeDraft, parsePayout } from '../bank/payoutRequest.mts';
import { toV2Names } from '../protocol/apiVersions.mts';
import {
	createPayout,
	requireSameKind,
	requireStartable,
	startPayouts,
	consumeIdempotencyKey,
} from '../bank/startPayouts.mts';
import { sessionResponse } from '../wire/sessionResponse.mts';
import { BOTH_VERSIONS, ONLY_V1, type EndpointRequest, type Endpoints } from './endpoint.mts';

/**
 * Creates a payment and starts it. `createdSession` is the session of a start; an init creates one
 * after all checks.
 */
function createAndStart(
	call: EndpointRequest,
	body: JsonObject,
	createdSession?: Session,
): Session {
	const { bank, version, key } = call;
	const request = parsePayment(bank, body);
	key.assertUnused();
	if (createdSession !== undefined) requireStartable(createdSession);
	const payment = createPayment(bank, request, key);
	const session = createdSession ?? bank.sessions.create(version, 'collateral', false, {});
	consumeIdempotencyKey(bank, session, key);
	session.status = 'in_progress';
	session.payments.push(payment);
	bank.sessions.recordChange(session);
	startPayment(bank, session, payment);
	return session;
}

const initSession = (request: EndpointRequest) =>
	createAndStart(request, toV2Names(request.body, request.version));

function startInSession(request: EndpointRequest): Session {
	const session = request.bank.sessions.get(request.body.session_id);
	requireSameKind(session, 'collateral', false);
	const body = mergeDraft(session.draft, toV2Names(request.body, request.version));
	return createAndStart(request, body, session);
}

/** Several payments and payouts in one session (SDK only, api/14.8). */
function initMultiple(request: EndpointRequest): JsonObject {
	const { bank, version, body, key } = request;
	const lists = [body.payment_list, body.payout_list];
	if (!lists.every((list) => Array.isArray(list) && list.length > 0 && list.every(isObject))) {
		throw invalidRequest('payment_list, payout_list: at least one of each');
	}
	const [payments, payouts] = lists as [JsonObject[], JsonObject[]];
	const paymentRequests = payments.map((item) => parsePayment(bank, item));
	const payoutRequests = payouts.map((item) =>
		parsePayout(bank, version, item, 'collateral', false),
	);
	key.assertUnused();
	const createdPayments = paymentRequests.map((request) => createPayment(bank, request, key));
	const createdPayouts = payoutRequests.map((request) => createPayout(bank, request, key));
	const session = bank.sessions.create(version, 'collateral', true, {});
	session.payments.push(...createdPayments);
	startPayouts(bank, session, createdPayouts, key);
	for (const payment of createdPayments) startPayment(bank, session, payment);
	return sessionResponse(session, version);
}

/** Methods for payments, subscriptions and SberPay (api/13). */
export const paymentEndpoints: Endpoints = {
	'session/init/payment': {
		versions: BOTH_VERSIONS,
		startsMoney: true,
		handle: (request) => sessionResponse(initSession(request), request.version),
	},
	'session/start/payment': {
		versions: BOTH_VERSIONS,
		startsMoney: true,
		handle: (request) => sessionResponse(startInSession(request), request.version),
	},
	'session/init/payment/sync': {
		versions: BOTH_VERSIONS,
		startsMoney: true,
		handle(request) {
			const session = initSession(request);
			// The response contains the action of the payer (api/13.1). Assumption: only if no confirmation
			// precedes it, because all samples show `action_required` after `session/confirm` (api/13.7, 13.16).
			if (!request.bank.settings.autoConfirm) return sessionResponse(session, request.version);
			for (const payment of session.payments) {
				payment.interaction = customerInteraction(request.bank, session, payment);
			}
			return sessionResponse(session, request.version);
		},
	},
	'session/multi/init': { versions: [2], startsMoney: true, handle: initMultiple },
	'subscription/cancel': { versions: ONLY_V1, handle: handleSubscription },
	'subscription/restore': { versions: ONLY_V1, handle: handleSubscription },
	'sberpay/push': {
		versions: ONLY_V1,
		handle({ bank, body }) {
			requiredText(body, 'phone', { pattern: /^\d{11}$/, expected: '11 digits' });
			bank.sessions.get(body.session_id);
			return { status: 'ok' };
		},
	},
};

/** SDK only. The request is checked; nothing is stored. */
function handleSubscription({ body }: EndpointRequest): JsonObject {
	requiredText(body, 'subscription_id');
	optionalText(body, 'session_id');
	return { status: 'ok' };
}
