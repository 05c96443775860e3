import type { OperationError } from '../protocol/bankError.mts';
import type { JsonObject } from '../lib/json.mts';
import type { ApiVersion } from '../protocol/apiVersions.mts';
import type { Outcome } from '../config/scenarioTable.mts';

/**
 * Destination of a payout or source of a payment. Identifies it without the data needed to pay to it.
 */
export interface Destination {
	/** card, bank_account/ru, bank_account/faster_payment_system, wallet/yoomoney, tax… */
	method: string;
	/** Masked number, for people. */
	masked: string;
	/** SHA-256 of the full number, see `fingerprint`. */
	fingerprint: string;
	/** Key of a scripted value, see `scenarioKey`. */
	scenarioKey?: string;
	/** Only payouts to accounts can be returned by the receiver bank; FPS payouts cannot (api/03 3). */
	isReturnable: boolean;
}

/** `amount` in minor units; `currency` as in the request, e.g. `rub`. */
export interface Money {
	amount: number;
	currency: string;
}

/** Status of a session (api/06). */
export type SessionStatus = 'created' | 'in_progress' | 'accepted' | 'cancelled' | 'error';
/** Status of a payout or payment (api/06). */
export type OperationStatus = 'in_progress' | 'pending' | 'succeeded' | 'failed';

/** collateral = guarantee deposit, settlement = rko, escrow = nominal (wording of the docs, api/02). */
export type AccountKind = 'collateral' | 'settlement' | 'escrow';

/** A refund of a payment, or a return of a payout. */
export interface Refund {
	id: string;
	status: 'in_progress' | 'accepted' | 'declined' | 'error';
	createdAt: string;
	finishedAt?: string;
	amount: Money;
	metadata?: unknown;
}

/** Fields that payouts and payments share. */
interface Operation {
	id: string;
	status: OperationStatus;
	createdAt: string;
	finishedAt?: string;
	customer?: JsonObject;
	participants?: JsonObject;
	metadata?: unknown;
	refunds: Refund[];
	error?: OperationError;
	transactionInfo?: JsonObject;
	idempotencyKey?: string;
	outcome: Outcome;
}

/** One payout of a session. */
export interface Payout extends Operation {
	/** Public part of the destination, without secrets. Missing in a receipt without a payout. */
	details?: JsonObject;
	/** Missing in an FPS registration check. */
	amount?: Money;
	/**
	 * Amount that leaves the account: the amount itself, or its value in roubles for a foreign currency.
	 */
	debit: Money;
	/** What `confirm_information` shows instead of the order (setting `confirmedTransfer`). */
	otherTransfer?: { amount?: Money; account?: string };
	destination?: Destination;
	fiscalization?: JsonObject;
	/** Only the purpose `payout` moves money. */
	purpose: 'payout' | 'verification' | 'receipt';
	/** The amount is reserved on the account. */
	isReserved: boolean;
}

/** One acquired payment of a session. */
export interface Payment extends Operation {
	details: JsonObject;
	amount: Money;
	/** Set by a partial capture; at most `amount`. */
	captured?: Money;
	source: Destination;
	options?: JsonObject;
	interaction?: JsonObject;
	recurrent?: JsonObject;
	subscription?: JsonObject;
	/** Step of the payment; `payerAction` waits for the payer (3-D Secure, QR). */
	stage: 'checking' | 'confirmation' | 'payerAction' | 'hold' | 'capturing' | 'done';
}

/** One session and its operations. */
export interface Session {
	id: string;
	version: ApiVersion;
	status: SessionStatus;
	createdAt: string;
	updatedAt: string;
	nextAction?: 'confirm' | 'capture';
	error?: OperationError;
	/** Kind of the methods that created it. */
	createdFor: AccountKind;
	/**
	 * Account that is debited. An FPS payout in a collateral session is debited from the settlement
	 * account.
	 */
	account: AccountKind;
	/** Created by a `session/multi/…` method. */
	isMulti: boolean;
	payouts: Payout[];
	payments: Payment[];
	/** Body of `session/create`; a later start can omit these fields. */
	draft: JsonObject;
	/** Field names of v2. Responses contain it next to the session while it waits for confirmation. */
	confirmInformation?: JsonObject;
	/** A cancel was accepted and is being processed. */
	isCancelling?: boolean;
	confirmationTimer?: NodeJS.Timeout;
}

/** True for a session that will not change any more. `error` is not final (api/06). */
export const isFinal = (session: Session) =>
	session.status === 'accepted' || session.status === 'cancelled';
