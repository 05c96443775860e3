import type { Bank } from '../bank/bank.mts';
import type { JsonObject } from '../lib/json.mts';
import type { ApiVersion } from '../protocol/apiVersions.mts';
import type { IdempotencyKey } from '../store/idempotencyKeys.mts';

/** A request that passed the API gateway: project, signature and JSON are valid. */
export interface EndpointRequest {
	bank: Bank;
	version: ApiVersion;
	body: JsonObject;
	key: IdempotencyKey;
}

/** One method of the API. */
export interface Endpoint {
	versions: readonly ApiVersion[];
	/** HTTP methods; default POST. */
	methods?: ReadonlyArray<'GET' | 'POST'>;
	/**
	 * Starts a payout or payment: checks its idempotency key even with the setting `idempotencyScope:
	 * start`.
	 */
	startsMoney?: boolean;
	/** Returns the response body; throws a BankError to reject the request. */
	handle: (call: EndpointRequest) => JsonObject;
}

/** Endpoints by their path after /api/v1/ or /api/v2/. */
export type Endpoints = Record<string, Endpoint>;

export const BOTH_VERSIONS = [1, 2] as const;
export const ONLY_V1 = [1] as const;
