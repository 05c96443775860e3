// Payout methods by account: collateral (no suffix), settlement (/rko), escrow (/nominal).
import type { JsonObject } from '../lib/json.mts';
import { createPayment, parseInternalTransfer } from '../bank/paymentRequest.mts';
import { startPayment } from '../bank/payment.mts';
import type { AccountKind, Session } from '../store/model.mts';
import { mergeDraft, parsePayout } from '../bank/payoutRequest.mts';
import { toV2Names } from '../protocol/apiVersions.mts';
import {
	createPayout,
	requireSameKind,
	requireStartable,
	startPayouts,
} from '../bank/startPayouts.mts';
import { sessionResponse } from '../wire/sessionResponse.mts';
import {
	BOTH_VERSIONS,
	ONLY_V1,
	type EndpointRequest,
	type Endpoint,
	type Endpoints,
} from './endpoint.mts';

/** What distinguishes the payout methods. */
interface PayoutVariant {
	account: AccountKind;
	/** Requires `fiscalization_details` of a self-employed person. */
	hasReceipt?: boolean;
	/** session/multi/…: pays a card from an account, so the session also contains a payment. */
	isMulti?: boolean;
}

/**
 * Creates a payout and starts it. `createdSession` is the session of a start; an init creates one
 * after all checks.
 */
function createAndStart(
	endpointRequest: EndpointRequest,
	body: JsonObject,
	variant: PayoutVariant,
	createdSession?: Session,
): JsonObject {
	const { bank, version, key } = endpointRequest;
	const { account, hasReceipt = false, isMulti = false } = variant;
	const request = parsePayout(bank, version, body, account, hasReceipt);
	const source = isMulti ? parseInternalTransfer(bank, body, request, account) : undefined;
	key.assertUnused();
	if (createdSession !== undefined) requireStartable(createdSession);
	const payout = createPayout(bank, request, key);
	const session = createdSession ?? bank.sessions.create(version, account, isMulti, {});
	if (session.status === 'created') session.account = request.account;
	if (source !== undefined) {
		const payment = createPayment(bank, source, key);
		session.payments.push(payment);
		startPayment(bank, session, payment);
	}
	startPayouts(bank, session, [payout], key);
	return sessionResponse(session, version);
}

const initEndpoint = (
	variant: PayoutVariant,
	versions: Endpoint['versions'] = BOTH_VERSIONS,
): Endpoint => ({
	versions,
	startsMoney: true,
	handle: (endpointRequest) =>
		createAndStart(
			endpointRequest,
			toV2Names(endpointRequest.body, endpointRequest.version),
			variant,
		),
});

const startEndpoint = (
	variant: PayoutVariant,
	versions: Endpoint['versions'] = BOTH_VERSIONS,
): Endpoint => ({
	versions,
	startsMoney: true,
	handle(endpointRequest) {
		const session = endpointRequest.bank.sessions.get(endpointRequest.body.session_id);
		requireSameKind(session, variant.account, variant.isMulti === true);
		const body = mergeDraft(
			session.draft,
			toV2Names(endpointRequest.body, endpointRequest.version),
		);
		return createAndStart(endpointRequest, body, variant, session);
	},
});

const ESCROW: PayoutVariant = { account: 'escrow' };
const SETTLEMENT: PayoutVariant = { account: 'settlement' };
const COLLATERAL: PayoutVariant = { account: 'collateral' };
const SELF_EMPLOYED: PayoutVariant = { account: 'collateral', hasReceipt: true };

/** Versions are those of the format page (api/01, api/00 rows 2–5 and 14–20). */
export const payoutEndpoints: Endpoints = {
	'session/init/payout': initEndpoint(COLLATERAL),
	'session/start/payout': startEndpoint(COLLATERAL),
	'session/init/payout/fiscalization': initEndpoint(SELF_EMPLOYED),
	'session/start/payout/fiscalization': startEndpoint(SELF_EMPLOYED),
	'session/init/payout/nominal': initEndpoint(ESCROW),
	'session/start/payout/nominal': startEndpoint(ESCROW, ONLY_V1),
	'session/init/payout/rko': initEndpoint(SETTLEMENT),
	'session/start/payout/rko': startEndpoint(SETTLEMENT, ONLY_V1),
	'session/multi/init/payment/nominal': initEndpoint({ ...ESCROW, isMulti: true }),
	'session/multi/start/payment/nominal': startEndpoint({ ...ESCROW, isMulti: true }),
	'session/multi/init/payment/rko': initEndpoint({ ...SETTLEMENT, isMulti: true }, ONLY_V1),
	'session/multi/start/payment/rko': startEndpoint({ ...SETTLEMENT, isMulti: true }),
};
