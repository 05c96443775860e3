import { compact, type JsonObject } from '../lib/json';
import type { CheckedFields } from '../lib/result';
import type { ApiVersion, Endpoint, HarmlessEndpoint } from '../protocol/endpoints';
import type { Money } from '../values/money';

/**
 * Where a payout goes: the `payment_method` / `payout_details` object of the bank, made by one of `payoutMethods/`.
 * Holds card numbers and tokens: never output, log or store it. `masked` is what may be shown.
 */
export interface Destination {
	details: JsonObject;
	masked: string;
	/** As in the passport. Cards and wallets carry it as a participant, a receipt always needs it there. */
	recipientName?: string;
	/** Accounts carry the name in `details` already. */
	nameInDetails?: true;
}

export type CheckedDestination = CheckedFields<Destination>;

/** The account that a payout is paid from. */
export type PayoutAccount =
	| { kind: 'collateral' }
	| {
			kind: 'settlement' | 'escrow';
			/** Number of that account, when the partner has several. */
			account?: string;
			/** Escrow: INN of the beneficiary, whose money it is. */
			beneficiaryInn?: string;
			/** Cards: the purpose, which appears in the confirmation. */
			purpose?: string;
	  };

/** Everything about one payout, checked, ready to be turned into the bank's JSON. */
export interface PayoutOrder {
	/** The user's own id of this payout; the idempotency key comes from it and from nothing else. */
	reference: string;
	amount: Money;
	destination: Destination;
	payFrom: PayoutAccount;
	/** `fiscalization_details`, for a self-employed recipient. */
	receipt?: JsonObject;
	extras: OrderExtras;
}

/** What the bank takes beside the essentials, for payouts and payments alike. */
export interface OrderExtras {
	customer?: JsonObject;
	/** Participant objects (bank's page "Objects"), what the method itself needs comes on top. */
	sender?: JsonObject;
	recipient?: JsonObject;
	/** Travels with the operation and comes back in webhooks, beside `reference`. */
	metadata?: JsonObject;
	/** SDK only: `{ tags: [{ root_tag, values }] }`. */
	customRouting?: JsonObject;
	/** SDK only: `device_session_id` and the like, for the bank's antifraud. */
	paymentMetadata?: JsonObject;
	/** SDK only, payments: shares of known contractors. */
	revenueSplit?: JsonObject[];
}

/**
 * One operation to be started in a session, ready for the flow: a payout here, a payment in `payment.ts`.
 * `body` is that of the `init` method; the start method takes the same plus `session_id`.
 */
export interface SessionRequest {
	/** What it is called in messages; a payout unless said otherwise. */
	what?: 'payout' | 'payment' | 'receipt';
	reference: string;
	amount: Money;
	endpoints: { create: HarmlessEndpoint; start: Endpoint; init: Endpoint };
	body(version: ApiVersion): JsonObject;
}

/** The body fields that come from the extras; metadata always carries the reference. */
export function extraFields(extras: OrderExtras, reference: string): JsonObject {
	return compact({
		customer: extras.customer,
		custom_routing: extras.customRouting,
		payment_metadata: extras.paymentMetadata,
		revenue_split_info: extras.revenueSplit,
		metadata: { ...extras.metadata, reference },
	});
}

export function participants(sender: JsonObject, recipient: JsonObject): JsonObject | undefined {
	const details = compact({ sender: filled(sender), recipient: filled(recipient) });
	return filled(details);
}

function filled(value: JsonObject): JsonObject | undefined {
	const compacted = compact(value);
	return Object.keys(compacted).length > 0 ? compacted : undefined;
}

export const amountDetails = ({ minorUnits, currency }: Money): JsonObject => ({
	amount: minorUnits,
	currency,
});
