// Payout methods of all accounts: plain (collateral), /rko (settlement), /nominal (escrow).
import type { JsonObject } from '../lib/json.mts';
import { newPayment, readInternalTransfer } from '../bank/paymentRequest.mts';
import { beginPayment } from '../bank/payment.mts';
import type { AccountKind, Session } from '../store/model.mts';
import { merged, readPayout } from '../bank/payoutRequest.mts';
import { toV2Names } from '../protocol/apiVersions.mts';
import {
	newPayout,
	requireSameKind,
	requireStartable,
	startPayouts,
} from '../bank/startPayouts.mts';
import { sessionResponse } from '../wire/sessionResponse.mts';
import { both, onlyV1, type Call, type Endpoint, type Endpoints } from './endpoint.mts';

interface Variant {
	account: AccountKind;
	/** With `fiscalization_details` of a self-employed person. */
	receipt?: boolean;
	/** session/multi/…: a card is paid from an account, so the session also holds a payment. */
	multi?: boolean;
}

/** `opened` is the session of a start; an init opens its own once nothing can be refused any more. */
function begin(call: Call, body: JsonObject, variant: Variant, opened?: Session): JsonObject {
	const { bank, version, idempotencyKey } = call;
	const { account, receipt = false, multi = false } = variant;
	const request = readPayout(bank, version, body, account, receipt);
	const source = multi ? readInternalTransfer(bank, body, request, account) : undefined;
	bank.idempotencyKeys.assertUnused(idempotencyKey);
	if (opened !== undefined) requireStartable(opened);
	const payout = newPayout(bank, request, idempotencyKey);
	const session = opened ?? bank.sessions.create(version, account, multi, {});
	if (session.status === 'created') session.account = request.account;
	if (source !== undefined) {
		const payment = newPayment(bank, source, idempotencyKey);
		session.payments.push(payment);
		beginPayment(bank, session, payment);
	}
	startPayouts(bank, session, [payout], idempotencyKey);
	return sessionResponse(session, version);
}

const init = (variant: Variant, versions: Endpoint['versions'] = both): Endpoint => ({
	versions,
	startsMoney: true,
	answer: (call) => begin(call, toV2Names(call.body, call.version), variant),
});

const start = (variant: Variant, versions: Endpoint['versions'] = both): Endpoint => ({
	versions,
	startsMoney: true,
	answer(call) {
		const session = call.bank.sessions.get(call.body.session_id);
		requireSameKind(session, variant.account, variant.multi === true);
		const body = merged(session.draft, toV2Names(call.body, call.version));
		return begin(call, body, variant, session);
	},
});

const escrow: Variant = { account: 'escrow' };
const settlement: Variant = { account: 'settlement' };
const plain: Variant = { account: 'collateral' };
const selfEmployed: Variant = { account: 'collateral', receipt: true };

/** Versions as the format page lists them (api/01, api/00 rows 2–5 and 14–20). */
export const payoutEndpoints: Endpoints = {
	'session/init/payout': init(plain),
	'session/start/payout': start(plain),
	'session/init/payout/fiscalization': init(selfEmployed),
	'session/start/payout/fiscalization': start(selfEmployed),
	'session/init/payout/nominal': init(escrow),
	'session/start/payout/nominal': start(escrow, onlyV1),
	'session/init/payout/rko': init(settlement),
	'session/start/payout/rko': start(settlement, onlyV1),
	'session/multi/init/payment/nominal': init({ ...escrow, multi: true }),
	'session/multi/start/payment/nominal': start({ ...escrow, multi: true }),
	'session/multi/init/payment/rko': init({ ...settlement, multi: true }, onlyV1),
	'session/multi/start/payment/rko': start({ ...settlement, multi: true }),
};
