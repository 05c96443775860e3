// Self-employed persons (api/10). Envelopes of the notification calls are inferred there.
import { BankError, invalidRequest } from '../protocol/bankError.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { parseAmount } from '../wire/amount.mts';
import { digits, optionalText, requiredText } from '../wire/fields.mts';
import { checkReceiptTotal, parseReceipt } from '../wire/receipt.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { merged } from '../bank/payoutRequest.mts';
import { toV2Names } from '../protocol/apiVersions.mts';
import { requireStartable, startPayouts } from '../bank/startPayouts.mts';
import { sessionResponse } from '../wire/sessionResponse.mts';
import { onlyV1, type Call, type Endpoint, type Endpoints } from './endpoint.mts';

const inn = (body: JsonObject) => requiredText(body, 'tax_reference', digits(12));

const v1 = (answer: Endpoint['answer']): Endpoint => ({ versions: onlyV1, answer });

function innList(body: JsonObject): string[] {
	const list = body.tax_reference_list;
	if (!Array.isArray(list) || list.length === 0) throw invalidRequest('tax_reference_list: is required');
	return list.map((one) => requiredText({ inn: one }, 'inn', digits(12)));
}

const unread = ({ bank, body }: Call) =>
	innList(body).map((tax_reference) => ({
		tax_reference,
		notifications: bank.npd.notificationsOf(tax_reference).filter(({ status }) => status === 'NEW'),
	}));

function eachNotificationList({ body }: Call, act: (inn: string, ids: string[]) => void) {
	const lists = body.notification_list;
	if (!Array.isArray(lists)) throw invalidRequest('notification_list: is required');
	for (const list of lists) {
		if (!isObject(list)) throw invalidRequest('notification_list: objects are required');
		const ids = Array.isArray(list.message_id_list) ? list.message_id_list.map(String) : [];
		act(inn(list), ids);
	}
	return { status: 'ok' };
}

/** A receipt without a payout: no money moves (api/10.8). */
function fiscalization({ bank, version, body, idempotencyKey }: Call): JsonObject {
	const session = bank.sessions.get(body.session_id);
	const whole = merged(session.draft, toV2Names(body, version));
	const receipt = parseReceipt(whole);
	// The docs' answer shows the sum of price × quantity when no amount was sent.
	const amount = whole.amount_details === undefined ? receipt.total : parseAmount(whole);
	checkReceiptTotal(receipt, amount);
	bank.idempotencyKeys.assertUnused(idempotencyKey);
	requireStartable(session);
	const { customer, participant_details, metadata } = whole;
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
	startPayouts(bank, session, [payout], idempotencyKey);
	return sessionResponse(session, version);
}

export const npdEndpoints: Endpoints = {
	'npd/check': v1(({ bank, body }) => ({
		status: 'ok',
		request_id: bank.npd.createRequest('check', inn(body)),
	})),
	'npd/request/status': v1(({ bank, body }) => {
		const answer = bank.npd.poll(requiredText(body, 'request_id'));
		if (answer === undefined) throw new BankError('invalid_request', 'request_id: was not found');
		return answer;
	}),
	'npd/taxpayer/check_personal_info': v1(({ bank, body }) => {
		for (const field of ['first_name', 'last_name', 'phone']) requiredText(body, field);
		optionalText(body, 'middle_name');
		return { status: 'ok', request_id: bank.npd.createRequest('personalInfo', inn(body)) };
	}),
	'npd/notifications/count': v1((call) => ({
		status: 'ok',
		notifications_count: unread(call).map(({ tax_reference, notifications }) => ({
			tax_reference,
			count: notifications.length,
		})),
	})),
	'npd/notifications/read': v1((call) => ({ status: 'ok', notifications: unread(call) })),
	'npd/notifications/mark_as_delivered': v1((call) => eachNotificationList(call, () => {})),
	'npd/notifications/update': v1((call) =>
		eachNotificationList(call, (person, ids) => call.bank.npd.acknowledge(person, ids)),
	),
	fiscalization: { versions: onlyV1, startsMoney: true, answer: fiscalization },
};
