import { FIELD_NAMES_BY_VERSION } from '../protocol/apiVersions.mts';
import type { JsonObject } from '../lib/json.mts';
import type { ApiVersion } from '../protocol/apiVersions.mts';
import type { Payment, Payout, Refund, Session } from '../store/model.mts';

/** Removes empty fields: no sample of the bank has nulls. */
function omitMissing(fields: JsonObject): JsonObject {
	for (const key of Object.keys(fields)) {
		if (fields[key] === undefined || fields[key] === null) delete fields[key];
	}
	return fields;
}

const renderRefund = (source: Refund): JsonObject =>
	omitMissing({
		id: source.id,
		status: source.status,
		created_at: source.createdAt,
		finished_at: source.finishedAt,
		amount_details: source.amount,
		metadata: source.metadata,
	});

const renderRefunds = (list: Refund[]) => (list.length === 0 ? undefined : list.map(renderRefund));

const renderPayout = (source: Payout, version: ApiVersion): JsonObject =>
	omitMissing({
		id: source.id,
		status: source.status,
		created_at: source.createdAt,
		finished_at: source.finishedAt,
		customer: source.customer,
		[FIELD_NAMES_BY_VERSION[version].details]: source.details,
		amount_details: source.amount,
		fiscalization_details: source.fiscalization,
		participant_details: source.participants,
		refunds: renderRefunds(source.refunds),
		transaction_info: source.transactionInfo,
		metadata: source.metadata,
		error: source.error,
	});

const renderPayment = (source: Payment): JsonObject =>
	omitMissing({
		id: source.id,
		status: source.status,
		created_at: source.createdAt,
		finished_at: source.finishedAt,
		customer: source.customer,
		payment_details: source.details,
		amount_details: source.captured ?? source.amount,
		recurrent: source.recurrent,
		subscription: source.subscription,
		participant_details: source.participants,
		payment_options: source.options,
		customer_interaction: source.interaction,
		refunds: renderRefunds(source.refunds),
		transaction_info: source.transactionInfo,
		metadata: source.metadata,
		error: source.error,
	});

/** The session object of responses and webhooks, with the field names of the version. */
export function renderSession(source: Session, version: ApiVersion): JsonObject {
	const { payouts, payments } = FIELD_NAMES_BY_VERSION[version];
	return omitMissing({
		id: source.id,
		status: source.status,
		created_at: source.createdAt,
		updated_at: source.updatedAt,
		next_action: source.nextAction,
		[payments]: source.payments.length === 0 ? undefined : source.payments.map(renderPayment),
		[payouts]:
			source.payouts.length === 0
				? undefined
				: source.payouts.map((one) => renderPayout(one, version)),
		error: source.error,
	});
}

/** `confirm_information` with the field names of the version; it is stored with v2 names. */
export function renderConfirmInformation(
	source: Session,
	version: ApiVersion,
): JsonObject | undefined {
	const information = source.confirmInformation;
	const transfer = information?.transfer_details as JsonObject | undefined;
	if (version === 2 || transfer === undefined) return information;
	const { payout_details, ...rest } = transfer;
	return { ...information, transfer_details: { payment_method: payout_details, ...rest } };
}

/** Response body of every session method; `confirm_information` is next to the session (api/01). */
export function sessionResponse(session: Session, version: ApiVersion): JsonObject {
	const information =
		session.nextAction === 'confirm' ? renderConfirmInformation(session, version) : undefined;
	return omitMissing({
		status: 'ok',
		session: renderSession(session, version),
		confirm_information: information,
	});
}
