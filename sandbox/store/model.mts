import type { OperationError } from '../protocol/bankError.mts';
import type { JsonObject } from '../lib/json.mts';
import type { ApiVersion } from '../protocol/apiVersions.mts';
import type { Outcome } from '../config/scenarioTable.mts';

/** Where money goes (or comes from): enough to tell people apart, too little to pay them. */
export interface Destination {
	/** card, bank_account/ru, bank_account/faster_payment_system, wallet/yoomoney, tax… */
	method: string;
	masked: string;
	/** SHA-256 of the full text below, see `fingerprint`. */
	fingerprint: string;
	/** The scripted value to look up in the scenarios, as `kind:sha256`. */
	scenarioKey?: string;
	/** Only accounts can come back from the receiver bank; FPS payouts never do (api/03 3). */
	isReturnable: boolean;
}

export interface Amount {
	amount: number;
	currency: string;
}

export type SessionStatus = 'created' | 'in_progress' | 'accepted' | 'cancelled' | 'error';
export type OperationStatus = 'in_progress' | 'pending' | 'succeeded' | 'failed';

/** collateral = guarantee deposit, settlement = rko, escrow = nominal (api/02, the docs' wording). */
export type AccountKind = 'collateral' | 'settlement' | 'escrow';

export interface Refund {
	id: string;
	status: 'in_progress' | 'accepted' | 'declined' | 'error';
	createdAt: string;
	finishedAt?: string;
	amount: Amount;
	metadata?: unknown;
	isMetadataHidden?: boolean;
}

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

export interface Payout extends Operation {
	/** Sanitised: what the bank shows of the destination. Absent in a receipt without a payout. */
	details?: JsonObject;
	/** Absent in an FPS registration check. */
	amount?: Amount;
	/** What leaves the account: the amount itself, or its roubles for a foreign currency. */
	debit: Amount;
	destination?: Destination;
	fiscalization?: JsonObject;
	/** What this operation is: only `payout` moves money. */
	purpose: 'payout' | 'verification' | 'receipt';
	isReserved: boolean;
}

export interface Payment extends Operation {
	details: JsonObject;
	amount: Amount;
	/** Smaller than `amount` after a partial capture. */
	captured?: Amount;
	source: Destination;
	options?: JsonObject;
	interaction?: JsonObject;
	recurrent?: JsonObject;
	subscription?: JsonObject;
	stage: 'checking' | 'confirmation' | 'payerAction' | 'hold' | 'capturing' | 'done';
}

export interface Session {
	id: string;
	version: ApiVersion;
	status: SessionStatus;
	createdAt: string;
	updatedAt: string;
	nextAction?: 'confirm' | 'capture';
	error?: OperationError;
	/** Which kind of methods opened it. */
	createdFor: AccountKind;
	/** Which account pays: an FPS payout in a plain session leaves the settlement account. */
	account: AccountKind;
	isMulti: boolean;
	payouts: Payout[];
	payments: Payment[];
	/** What `session/create` was given and a later start may leave out. */
	draft: JsonObject;
	/** In v2 names; `ready_to_confirm` carries it beside the session. */
	confirmInformation?: JsonObject;
	/** A cancel was accepted and is being carried out. */
	isCancelling?: boolean;
	confirmationTimer?: NodeJS.Timeout;
}

export const isFinal = (session: Session) =>
	session.status === 'accepted' || session.status === 'cancelled';
