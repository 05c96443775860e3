import { names } from '../protocol/apiVersions.mts';
import type { JsonObject } from '../lib/json.mts';
import type { Version } from '../protocol/apiVersions.mts';
import type { Payment, Payout, Refund, Session } from '../store/model.mts';

/** Leaves out what is not there: the bank sends no nulls in any sample. */
function present(fields: JsonObject): JsonObject {
	for (const key of Object.keys(fields)) {
		if (fields[key] === undefined || fields[key] === null) delete fields[key];
	}
	return fields;
}

const refund = (it: Refund): JsonObject =>
	present({
		id: it.id,
		status: it.status,
		created_at: it.createdAt,
		finished_at: it.finishedAt,
		amount_details: it.amount,
		metadata: it.hidesMetadata ? undefined : it.metadata,
	});

const refunds = (list: Refund[]) => (list.length === 0 ? undefined : list.map(refund));

const payout = (it: Payout, version: Version): JsonObject =>
	present({
		id: it.id,
		status: it.status,
		created_at: it.createdAt,
		finished_at: it.finishedAt,
		customer: it.customer,
		[names[version].details]: it.details,
		amount_details: it.amount,
		fiscalization_details: it.fiscalization,
		participant_details: it.participants,
		refunds: refunds(it.refunds),
		transaction_info: it.transactionInfo,
		metadata: it.metadata,
		error: it.error,
	});

const payment = (it: Payment): JsonObject =>
	present({
		id: it.id,
		status: it.status,
		created_at: it.createdAt,
		finished_at: it.finishedAt,
		customer: it.customer,
		payment_details: it.details,
		amount_details: it.captured ?? it.amount,
		recurrent: it.recurrent,
		subscription: it.subscription,
		participant_details: it.participants,
		payment_options: it.options,
		customer_interaction: it.interaction,
		refunds: refunds(it.refunds),
		transaction_info: it.transactionInfo,
		metadata: it.metadata,
		error: it.error,
	});

export function renderSession(it: Session, version: Version): JsonObject {
	const { payouts, payments } = names[version];
	return present({
		id: it.id,
		status: it.status,
		created_at: it.createdAt,
		updated_at: it.updatedAt,
		next_action: it.nextAction,
		[payments]: it.payments.length === 0 ? undefined : it.payments.map(payment),
		[payouts]: it.payouts.length === 0 ? undefined : it.payouts.map((one) => payout(one, version)),
		error: it.error,
	});
}

/** `confirm_information` is kept with v2 names. */
export function renderConfirmInformation(it: Session, version: Version): JsonObject | undefined {
	const information = it.confirmInformation;
	const transfer = information?.transfer_details as JsonObject | undefined;
	if (version === 2 || transfer === undefined) return information;
	const { payout_details, ...rest } = transfer;
	return { ...information, transfer_details: { payment_method: payout_details, ...rest } };
}

/** The answer of every session method; `confirm_information` stands beside the session (api/01). */
export function sessionAnswer(session: Session, version: Version): JsonObject {
	const information =
		session.nextAction === 'confirm' ? renderConfirmInformation(session, version) : undefined;
	return present({
		status: 'ok',
		session: renderSession(session, version),
		confirm_information: information,
	});
}
