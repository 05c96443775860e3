import type { JsonObject } from '../lib/json';
import type { ApiVersion, Endpoint, RetryableEndpoint } from '../protocol/endpoints';
import type { Money } from '../values/money';
import type { OrderExtras } from './extras';
import type { CheckedFields } from './problems';

/** Kind of recipient. It decides the endpoints and participants of a payout: `payout.ts` has an entry for each kind. */
export type DestinationKind = 'card' | 'account' | 'fps' | 'wallet' | 'tax';

/**
 * The recipient of a payout, made by one of `payoutMethods/`.
 * `details` and `identity` hold card numbers and tokens: never output, log or store them.
 */
export interface Destination<Kind extends DestinationKind = DestinationKind> {
	kind: Kind;
	/** The bank's `payment_method` (v1) or `payout_details` (v2) object. */
	details: JsonObject;
	/** The recipient as the output shows it: a masked number, or a name such as `card token`. */
	displayText: string;
	/**
	 * Equal for two payouts to the same recipient: the number or token, never a name, a purpose or another free text. A
	 * word for the method if its details hold no number or token.
	 */
	identity: string[];
	/** As in the passport. Sent as a participant for cards and wallets, and for every payout with a receipt. */
	recipientName?: string;
	/** True if `details` already contain the name, as for accounts. */
	isNameInDetails?: true;
}

/** The recipient of a payout, or the problems of its fields. */
export type CheckedDestination<Kind extends DestinationKind = DestinationKind> = CheckedFields<
	Destination<Kind>
>;

/** The account that a payout is paid from. */
export type PayingAccount =
	| { kind: 'collateral' }
	| {
			kind: 'settlement' | 'escrow';
			/** Number of that account, when the partner has several. */
			account?: string;
			/** Escrow: INN of the beneficiary, the owner of the money. */
			beneficiaryInn?: string;
			/** Payouts that are paid by an internal transfer: its purpose, which appears in the confirmation. */
			purpose?: string;
	  };

/** A fiscal receipt (чек НПД), made by `receiptDetails()`. Never output, log or store it. */
export interface Receipt {
	/** The bank's `fiscalization_details` object. */
	details: JsonObject;
	/** Equal for two receipts of the same self-employed person: the INN. */
	identity: string[];
}

/** One payout, checked, ready to be turned into the bank's JSON. */
export interface PayoutOrder {
	/** The user's own ID of this payout. The idempotency key comes from it and from nothing else. */
	reference: string;
	amount: Money;
	destination: Destination;
	payFrom: PayingAccount;
	/** For a self-employed recipient. */
	receipt?: Receipt;
	extras: OrderExtras;
}

/** What a request starts. */
export type RequestKind = 'payout' | 'payment' | 'receipt';

/**
 * One operation to be started in a session: a payout, payment or receipt. The flows send it.
 * `body` is that of the `init` method; the start method takes the same plus `session_id`.
 */
export interface SessionRequest {
	/** Decides the prefix of the idempotency key, and what the operation is called in messages. */
	kind: RequestKind;
	reference: string;
	amount: Money;
	/** Number of the recipient's account, if it is one that a confirmation can be compared with. */
	account?: string;
	/**
	 * The bank shows in `confirm_information` what it will transfer (bank's pages on settlement and escrow accounts).
	 * Nothing is confirmed automatically before the session shows it.
	 */
	needsConfirmInformation?: boolean;
	endpoints: { create: RetryableEndpoint; start: Endpoint; init: Endpoint };
	body(version: ApiVersion): JsonObject;
}

/** The bank's AmountDetails object: minor units and the currency in lower case. */
export const amountDetails = ({ minorUnits, currency }: Money): JsonObject => ({
	amount: minorUnits,
	currency,
});
