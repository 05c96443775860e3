import { invalidRequest } from './bankError.mts';
import type { JsonObject } from '../lib/json.mts';

/** Version of the API, from the path `/api/v1/` or `/api/v2/`. */
export type ApiVersion = 1 | 2;

/** Field names that differ between the versions (api/01 "API versions"). */
export const FIELD_NAMES_BY_VERSION = {
	1: { details: 'payment_method', payouts: 'payments', payments: 'acquiring_payments' },
	2: { details: 'payout_details', payouts: 'payout_list', payments: 'payment_list' },
} as const;

/**
 * Renames v1 fields of a request to v2. Throws if the body has names of the other version: those "may
 * make the operation fail" (api/01), here they always do.
 */
export function toV2Names(body: JsonObject, version: ApiVersion): JsonObject {
	const wrong = FIELD_NAMES_BY_VERSION[version === 1 ? 2 : 1];
	for (const name of [wrong.details, wrong.payouts, wrong.payments]) {
		if (name in body) throw invalidRequest(`${name}: is not a field of API v${version}`);
	}
	if (version === 2 || !('payment_method' in body)) return body;
	const { payment_method, ...rest } = body;
	return { ...rest, payout_details: payment_method };
}
