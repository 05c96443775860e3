// Creates, reads, confirms, cancels, captures and refunds sessions.
import { BankError } from '../protocol/bankError.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { parseAmount } from '../wire/amount.mts';
import { parseCustomer } from '../wire/participants.mts';
import { checkPayoutDetails } from '../wire/payoutDetails.mts';
import { checkPaymentDetails } from '../wire/paymentDetails.mts';
import { parseReceipt } from '../wire/receipt.mts';
import { requestCancel, confirmSession } from '../bank/confirmOrCancel.mts';
import type { AccountKind } from '../store/model.mts';
import { capturePayment } from '../bank/payment.mts';
import { refundPayment } from '../bank/refund.mts';
import { toV2Names } from '../protocol/apiVersions.mts';
import { sessionResponse } from '../wire/sessionResponse.mts';
import { FIELD_NAMES_BY_VERSION } from '../protocol/apiVersions.mts';
import { BOTH_VERSIONS, ONLY_V1, type Endpoint, type Endpoints } from './endpoint.mts';

/** Checks the fields of a draft. All of them are optional (api/02). */
function checkDraft(draft: JsonObject, account: AccountKind, version: 1 | 2): void {
	if (isObject(draft.payout_details)) {
		checkPayoutDetails(draft.payout_details, FIELD_NAMES_BY_VERSION[version].details, account);
	}
	if (isObject(draft.payment_details) && account === 'collateral') {
		checkPaymentDetails(draft.payment_details);
	}
	if (draft.amount_details !== undefined) parseAmount(draft);
	if (draft.fiscalization_details !== undefined) parseReceipt(draft);
	parseCustomer(draft, false);
}

const createEndpoint = (
	account: AccountKind,
	versions: Endpoint['versions'] = BOTH_VERSIONS,
	isMulti = false,
): Endpoint => ({
	versions,
	handle({ bank, version, body }) {
		const draft = toV2Names(body, version);
		checkDraft(draft, account, version);
		return sessionResponse(bank.sessions.create(version, account, isMulti, draft), version);
	},
});

const sessionEndpoint = (
	apply: (request: Parameters<Endpoint['handle']>[0]) => void,
): Endpoint => ({
	versions: BOTH_VERSIONS,
	handle(request) {
		apply(request);
		return sessionResponse(request.bank.sessions.get(request.body.session_id), request.version);
	},
});

/** Methods that create, read and change sessions (api/02). */
export const sessionEndpoints: Endpoints = {
	'session/create': createEndpoint('collateral'),
	'session/create/nominal': createEndpoint('escrow', ONLY_V1),
	'session/create/rko': createEndpoint('settlement', ONLY_V1),
	'session/multi/create/nominal': createEndpoint('escrow', BOTH_VERSIONS, true),
	'session/multi/create/rko': createEndpoint('settlement', BOTH_VERSIONS, true),
	'session/status': {
		versions: BOTH_VERSIONS,
		handle: ({ bank, body, version }) =>
			sessionResponse(bank.sessions.read(body.session_id), version),
	},
	'session/confirm': sessionEndpoint(({ bank, body, version }) => {
		confirmSession(bank, bank.sessions.get(body.session_id), normalizeConfirmBody(body), version);
	}),
	'session/cancel': sessionEndpoint(({ bank, body }) => {
		requestCancel(bank, bank.sessions.get(body.session_id));
	}),
	'session/capture': sessionEndpoint(({ bank, body }) => {
		const partialAmount = body.amount_details === undefined ? undefined : parseAmount(body);
		capturePayment(bank, bank.sessions.get(body.session_id), partialAmount);
	}),
	'session/refund': sessionEndpoint(({ bank, body, key }) => {
		const partialAmount = body.amount_details === undefined ? undefined : parseAmount(body);
		refundPayment(bank, bank.sessions.get(body.session_id), partialAmount, body.metadata, key);
	}),
	'session/chargeback': sessionEndpoint(() => {
		// The SDK has this method; the docs say that a partner cannot start a chargeback (api/13.11).
		throw new BankError('authorization_error', 'A chargeback cannot be started by the partner');
	}),
};

/** PHP writes an empty object as `[]` (api/01): the same as no `confirm_information`. */
function normalizeConfirmBody(body: JsonObject): JsonObject {
	const information = body.confirm_information;
	return Array.isArray(information) && information.length === 0
		? { ...body, confirm_information: undefined }
		: body;
}
