import { invalidRequest } from '../protocol/bankError.mts';
import type { Bank } from './bank.mts';
import { parseDestination } from '../wire/destination.mts';
import type { Destination } from '../store/model.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { parseAmount } from '../wire/amount.mts';
import { requiredObject } from '../wire/fields.mts';
import { parseCustomer } from '../wire/participants.mts';
import {
	checkInternalTransfer,
	checkPaymentDetails,
	checkPaymentOptions,
} from '../wire/paymentDetails.mts';
import { isCardPayout } from '../wire/payoutDetails.mts';
import { bankTime } from '../protocol/bankTime.mts';
import type { IdempotencyKey } from '../store/idempotencyKeys.mts';
import type { AccountKind, Money, Payment } from '../store/model.mts';
import type { PayoutRequest } from './payoutRequest.mts';
import { startOutcome } from './startPayouts.mts';

/** A checked request for a payment. */
export interface PaymentRequest {
	details: JsonObject;
	source: Destination;
	amount: Money;
	customer?: JsonObject;
	participants?: JsonObject;
	options?: JsonObject;
	metadata: unknown;
}

/**
 * Parses an acquiring payment: details, amount and customer are required (api/13.3). Throws
 * `invalid_request`.
 */
export function parsePayment(bank: Bank, body: JsonObject): PaymentRequest {
	const details = requiredObject(body, 'payment_details');
	checkPaymentDetails(details);
	const { destination, publicDetails } = parseDestination(details, bank.tokens);
	const participants = body.participant_details;
	return {
		details: details.type === 'recurrent' ? omitSecurityCode(details) : publicDetails,
		source: destination,
		amount: parseAmount(body),
		customer: parseCustomer(body, true),
		participants: isObject(participants) ? participants : undefined,
		options: checkPaymentOptions(body),
		metadata: body.metadata,
	};
}

/**
 * A recurring payment shows its token: it is mandatory in the documented object and in the SDK's. The initiator decides
 * whether the payer must act (api/13.12).
 */
function omitSecurityCode({ type, recurrent }: JsonObject): JsonObject {
	const { token, initiator } = isObject(recurrent) ? recurrent : {};
	return { type, recurrent: initiator === undefined ? { token } : { token, initiator } };
}

/**
 * Parses the source account of a card payout by …/nominal or …/rko (api/14.3). Throws
 * `invalid_request`.
 */
export function parseInternalTransfer(
	bank: Bank,
	body: JsonObject,
	payout: PayoutRequest,
	account: AccountKind,
): PaymentRequest {
	if (!isCardPayout(payout.details))
		throw invalidRequest('card: only cards are paid by this method');
	const details = requiredObject(body, 'payment_details');
	checkInternalTransfer(details, account === 'escrow' ? 'escrow' : 'settlement');
	const { customer, participants, amount, metadata } = payout;
	const { destination } = parseDestination(details, bank.tokens);
	return { details, source: destination, amount, customer, participants, metadata };
}

/** Creates a payment with its scripted outcome. Throws if the outcome rejects the start request. */
export function createPayment(bank: Bank, request: PaymentRequest, key: IdempotencyKey): Payment {
	const outcome = startOutcome(bank, request, request.source.scenarioKey, key);
	return {
		...request,
		id: bank.sessions.nextId('pm'),
		status: 'in_progress',
		createdAt: bankTime(),
		refunds: [],
		idempotencyKey: key.value,
		outcome,
		stage: 'checking',
	};
}
