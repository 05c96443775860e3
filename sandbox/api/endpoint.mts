import type { Bank } from '../bank/bank.mts';
import type { JsonObject } from '../lib/json.mts';
import type { ApiVersion } from '../protocol/apiVersions.mts';

/** One request that passed the door: project, signature and JSON are fine. */
export interface EndpointRequest {
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
	handle: (call: EndpointRequest) => JsonObject;
}

export type Endpoints = Record<string, Endpoint>;

export const BOTH_VERSIONS = [1, 2] as const;
export const ONLY_V1 = [1] as const;
