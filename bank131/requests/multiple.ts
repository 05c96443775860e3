import { isObject, parseObject, type JsonObject } from '../lib/json';
import { endpoints } from '../protocol/endpoints';
import type { SessionRequest } from './order';

/** Whether the metadata is absent or an object, so that the reference can be added to it. */
export const hasValidMetadata = (operation: JsonObject): boolean =>
	parseMetadata(operation) !== undefined;

/**
 * Several payments and payouts in one session (`session/multi/init`, known from the PHP SDK: v2, at least one of
 * each). Both lists hold operations as the bank writes them.
 */
export function multiRequest(
	reference: string,
	payments: JsonObject[],
	payouts: JsonObject[],
): SessionRequest {
	// Replaces a reference in the metadata: with another one, the flow would take our operation for another party's.
	const withReference = (one: JsonObject): JsonObject => ({
		...one,
		metadata: { ...parseMetadata(one), reference },
	});
	return {
		// The idempotency key is that of a payout, so that a payout under the same reference is refused as a duplicate.
		kind: 'payout',
		reference,
		// Several operations have no single amount to compare. The flow of this method stops before a confirmation.
		amount: { minorUnits: 0, currency: '' },
		endpoints: {
			create: endpoints.sessionCreate,
			start: endpoints.sessionMultiInit,
			init: endpoints.sessionMultiInit,
		},
		body: () => ({
			payment_list: payments.map(withReference),
			payout_list: payouts.map(withReference),
		}),
	};
}

/** The metadata of one operation: an object, or JSON text of one. `undefined` if it is anything else. */
function parseMetadata({ metadata }: JsonObject): JsonObject | undefined {
	const parsed = typeof metadata === 'string' ? parseObject(metadata) : (metadata ?? {});
	return isObject(parsed) ? parsed : undefined;
}
