// Opening, reading and answering sessions.
import { BankError } from '../protocol/bankError.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { parseAmount } from '../wire/amount.mts';
import { parseCustomer } from '../wire/participants.mts';
import { checkPayoutDetails } from '../wire/payoutDetails.mts';
import { checkPaymentDetails } from '../wire/paymentDetails.mts';
import { parseReceipt } from '../wire/receipt.mts';
import { cancel, confirm } from '../bank/confirmOrCancel.mts';
import type { AccountKind } from '../store/model.mts';
import { capture } from '../bank/payment.mts';
import { refund } from '../bank/refund.mts';
import { toV2Names } from '../protocol/apiVersions.mts';
import { sessionResponse } from '../wire/sessionResponse.mts';
import { FIELD_NAMES_BY_VERSION } from '../protocol/apiVersions.mts';
import { both, onlyV1, type Endpoint, type Endpoints } from './endpoint.mts';

/** Everything is optional at create (api/02); what is given must be right. */
function checkDraft(draft: JsonObject, account: AccountKind, version: 1 | 2): void {
	if (isObject(draft.payout_details)) {
		const from = account;
		checkPayoutDetails(draft.payout_details, FIELD_NAMES_BY_VERSION[version].details, from);
	}
	if (isObject(draft.payment_details) && account === 'collateral') {
		checkPaymentDetails(draft.payment_details);
	}
	if (draft.amount_details !== undefined) parseAmount(draft);
	if (draft.fiscalization_details !== undefined) parseReceipt(draft);
	parseCustomer(draft, false);
}

const create = (
	account: AccountKind,
	versions: Endpoint['versions'] = both,
	multi = false,
): Endpoint => ({
	versions,
	answer({ bank, version, body }) {
		const draft = toV2Names(body, version);
		checkDraft(draft, account, version);
		return sessionResponse(bank.sessions.create(version, account, multi, draft), version);
	},
});

const answered = (act: (call: Parameters<Endpoint['answer']>[0]) => void): Endpoint => ({
	versions: both,
	answer(call) {
		act(call);
		return sessionResponse(call.bank.sessions.get(call.body.session_id), call.version);
	},
});

export const sessionEndpoints: Endpoints = {
	'session/create': create('collateral'),
	'session/create/nominal': create('escrow', onlyV1),
	'session/create/rko': create('settlement', onlyV1),
	'session/multi/create/nominal': create('escrow', both, true),
	'session/multi/create/rko': create('settlement', both, true),
	'session/status': answered(({ bank, body }) => bank.sessions.get(body.session_id)),
	'session/confirm': answered(({ bank, body, version }) => {
		confirm(bank, bank.sessions.get(body.session_id), inConfirmNames(body), version);
	}),
	'session/cancel': answered(({ bank, body }) => {
		cancel(bank, bank.sessions.get(body.session_id));
	}),
	'session/capture': answered(({ bank, body }) => {
		const part = body.amount_details === undefined ? undefined : parseAmount(body);
		capture(bank, bank.sessions.get(body.session_id), part);
	}),
	'session/refund': answered(({ bank, body }) => {
		const part = body.amount_details === undefined ? undefined : parseAmount(body);
		refund(bank, bank.sessions.get(body.session_id), part, body.metadata);
	}),
	'session/chargeback': answered(() => {
		// The SDK has it, the docs say that a partner cannot start one (api/13.11).
		throw new BankError('authorization_error', 'A chargeback cannot be started by the partner');
	}),
};

/** PHP writes an object without fields as `[]` (api/01): then there is no confirm_information. */
function inConfirmNames(body: JsonObject): JsonObject {
	const sent = body.confirm_information;
	return Array.isArray(sent) && sent.length === 0
		? { ...body, confirm_information: undefined }
		: body;
}
