// Methods for self-employed persons (api/10). Assumption: the envelopes of the notification methods.
import { BankError, invalidRequest } from '../protocol/bankError.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { parseAmount } from '../wire/amount.mts';
import { digits, optionalText, requiredText } from '../wire/fields.mts';
import { checkReceiptTotal, parseReceipt } from '../wire/receipt.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { mergeDraft } from '../bank/payoutRequest.mts';
import { toV2Names } from '../protocol/apiVersions.mts';
import { requireStartable, startPayouts } from '../bank/startPayouts.mts';
import { sessionResponse } from '../wire/sessionResponse.mts';
import { ONLY_V1, type EndpointRequest, type Endpoint, type Endpoints } from './endpoint.mts';

const requiredInn = (body: JsonObject) => requiredText(body, 'tax_reference', digits(12));

const v1Endpoint = (handle: Endpoint['handle']): Endpoint => ({ versions: ONLY_V1, handle });

/** The INNs of a request for notifications (setting `notificationsFor`). */
function requiredInnList({ bank, body }: EndpointRequest): string[] {
	if (bank.settings.notificationsFor === 'one') return [requiredInn(body)];
	const entry = body.tax_reference_list;
	if (!Array.isArray(entry) || entry.length === 0)
		throw invalidRequest('tax_reference_list: is required');
	return entry.map((one) => requiredText({ inn: one }, 'inn', digits(12)));
}

const unreadNotifications = (request: EndpointRequest) =>
	requiredInnList(request).map((tax_reference) => ({
		tax_reference,
		notifications: request.bank.npd
			.notificationsOf(tax_reference)
			.filter(({ status }) => status === 'NEW'),
	}));

/** Calls `apply` with the INN and the message ids of each list of the request. */
function forEachNotificationList(
	{ body }: EndpointRequest,
	apply: (inn: string, ids: string[]) => void,
) {
	const list = body.notification_list;
	if (!Array.isArray(list)) throw invalidRequest('notification_list: is required');
	for (const entry of list) {
		if (!isObject(entry)) throw invalidRequest('notification_list: objects are required');
		const ids = Array.isArray(entry.message_id_list) ? entry.message_id_list.map(String) : [];
		apply(requiredInn(entry), ids);
	}
	return { status: 'ok' };
}

/** A receipt without a payout: moves no money (api/10.8). */
function handleFiscalization({ bank, version, body, key }: EndpointRequest): JsonObject {
	const session = bank.sessions.get(body.session_id);
	const merged = mergeDraft(session.draft, toV2Names(body, version));
	const receipt = parseReceipt(merged);
	// The response in the docs shows the sum of price × quantity if the request has no amount.
	const amount = merged.amount_details === undefined ? receipt.total : parseAmount(merged);
	checkReceiptTotal(receipt, amount);
	key.assertUnused();
	requireStartable(session);
	const { customer, participant_details, metadata } = merged;
	const payout = {
		id: bank.sessions.nextId('po'),
		status: 'in_progress' as const,
		createdAt: bankTime(),
		amount,
		debit: amount,
		customer: isObject(customer) ? customer : undefined,
		participants: isObject(participant_details) ? participant_details : undefined,
		fiscalization: receipt.details,
		metadata,
		purpose: 'receipt' as const,
		isReserved: false,
		refunds: [],
		outcome: bank.scenarios.outcomeFor({ metadata }),
	};
	startPayouts(bank, session, [payout], key);
	return sessionResponse(session, version);
}

/** Methods for self-employed persons (api/10). */
export const npdEndpoints: Endpoints = {
	'npd/check': v1Endpoint(({ bank, body }) => ({
		status: 'ok',
		request_id: bank.npd.createRequest('check', requiredInn(body)),
	})),
	'npd/request/status': v1Endpoint(({ bank, body }) => {
		const result = bank.npd.poll(requiredText(body, 'request_id'));
		if (result === undefined) throw new BankError('invalid_request', 'request_id: was not found');
		return result;
	}),
	'npd/taxpayer/check_personal_info': v1Endpoint(({ bank, body }) => {
		for (const field of ['first_name', 'last_name', 'phone']) requiredText(body, field);
		optionalText(body, 'middle_name');
		return { status: 'ok', request_id: bank.npd.createRequest('personalInfo', requiredInn(body)) };
	}),
	'npd/notifications/count': v1Endpoint((request) => ({
		status: 'ok',
		notifications_count: unreadNotifications(request).map(({ tax_reference, notifications }) => ({
			tax_reference,
			count: notifications.length,
		})),
	})),
	'npd/notifications/read': v1Endpoint((request) => ({
		status: 'ok',
		notifications: unreadNotifications(request),
	})),
	'npd/notifications/mark_as_delivered': v1Endpoint((request) =>
		forEachNotificationList(request, () => {}),
	),
	'npd/notifications/update': v1Endpoint((request) =>
		forEachNotificationList(request, (taxReference, ids) =>
			request.bank.npd.acknowledge(taxReference, ids),
		),
	),
	fiscalization: { versions: ONLY_V1, startsMoney: true, handle: handleFiscalization },
};
