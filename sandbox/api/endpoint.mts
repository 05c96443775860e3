import type { Bank } from '../bank/bank.mts';
import type { JsonObject } from '../lib/json.mts';
import type { ApiVersion } from '../protocol/apiVersions.mts';

/** One request that passed the door: project, signature and JSON are fine. */
export interface Call {
	bank: Bank;
	version: ApiVersion;
	body: JsonObject;
	idempotencyKey: string | undefined;
}

export interface Endpoint {
	versions: readonly ApiVersion[];
	/** POST unless said otherwise. */
	methods?: ReadonlyArray<'GET' | 'POST'>;
	/** Starts money: its idempotency key is looked at even in the scope `start`. */
	startsMoney?: boolean;
	/** The body of the answer; throws a BankError to refuse. */
	answer: (call: Call) => JsonObject;
}

export type Endpoints = Record<string, Endpoint>;

export const both = [1, 2] as const;
export const onlyV1 = [1] as const;
