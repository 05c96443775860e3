import { createHash } from 'crypto';

import {
	endpoints,
	renamed,
	type ApiVersion,
	type Endpoint,
	type HarmlessEndpoint,
} from './endpoints';
import { compact, type JsonObject } from './json';
import type { Problem } from './problem';

/** Amount in minor units (kopecks for rubles) and an ISO 4217 code in lower case. */
export interface Money {
	minorUnits: number;
	currency: string;
}

/**
 * Where a payout goes: the `payment_method` / `payout_details` object of the bank, made by one of `payoutMethods/`.
 * Holds card numbers and tokens: never output, log or store it. `masked` is what may be shown.
 */
export interface Destination {
	details: JsonObject;
	masked: string;
	/** Cards and wallets: the recipient's name goes into `participant_details.recipient.full_name`. */
	recipientName?: string;
}

/** A destination, or every field that is wrong with it. `field` is the node parameter's name. */
export type CheckedDestination =
	| { ok: true; destination: Destination }
	| { ok: false; problems: Problem[] };

/** Everything about one payout, checked, ready to be turned into the bank's JSON. */
export interface PayoutOrder {
	/** The user's own id of this payout; the idempotency key comes from it and from nothing else. */
	reference: string;
	amount: Money;
	destination: Destination;
	/** `fiscalization_details`, for a self-employed recipient. */
	receipt?: JsonObject;
	customer?: JsonObject;
	/** Travels with the payout and comes back in webhooks, beside `reference`. */
	metadata?: JsonObject;
}

/**
 * The key that makes the bank refuse a second payout with the same reference: the reference itself if it is 1–64
 * printable ASCII characters, else the SHA-256 of its UTF-8 in hex. Depends on nothing that changes between tries.
 * Assumption: the bank documents no format for the key; 64 ASCII characters fit every such API we know.
 */
export function idempotencyKey(reference: string): string {
	return /^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/.test(reference)
		? reference
		: createHash('sha256').update(reference, 'utf8').digest('hex');
}

/**
 * One operation to be started in a session, ready for the flow: a payout here, a payment in `payment.ts`.
 * `body` is that of the `init` method; the start method takes the same plus `session_id`.
 */
export interface SessionRequest {
	reference: string;
	amount: Money;
	endpoints: { create: HarmlessEndpoint; start: Endpoint; init: Endpoint };
	body(version: ApiVersion): JsonObject;
}

/** A payout from the collateral account (bank's page "Methods"). */
export function payoutRequest(order: PayoutOrder): SessionRequest {
	return {
		reference: order.reference,
		amount: order.amount,
		endpoints: {
			create: endpoints.sessionCreate,
			start: order.receipt ? endpoints.payoutStartWithReceipt : endpoints.payoutStart,
			init: order.receipt ? endpoints.payoutInitWithReceipt : endpoints.payoutInit,
		},
		body: (version) => payoutBody(order, version),
	};
}

function payoutBody(order: PayoutOrder, version: ApiVersion): JsonObject {
	const { recipientName } = order.destination;
	return compact({
		[renamed.payoutDetails[version]]: order.destination.details,
		amount_details: { amount: order.amount.minorUnits, currency: order.amount.currency },
		participant_details:
			recipientName === undefined ? undefined : { recipient: { full_name: recipientName } },
		customer: order.customer,
		fiscalization_details: order.receipt,
		metadata: { ...order.metadata, reference: order.reference },
	});
}
