import { endpoints } from '../protocol/endpoints';
import { isObject, parseObject, type JsonObject } from '../lib/json';
import type { SessionRequest } from './order';

/** The metadata of one operation as an object, to which the reference is added; undefined where it is something else. */
export function metadataOf({ metadata }: JsonObject): JsonObject | undefined {
	const own = typeof metadata === 'string' ? parseObject(metadata) : (metadata ?? {});
	return isObject(own) ? own : undefined;
}

/** Several payments and payouts in one session (`session/multi/init`, known from the PHP SDK: v2, at least one of each). */
export function multiRequest(
	reference: string,
	payments: JsonObject[],
	payouts: JsonObject[],
): SessionRequest {
	const withReference = (one: JsonObject): JsonObject => {
		// Another reference in it, as JSON text too, would make the answer somebody else's.
		return { ...one, metadata: { ...metadataOf(one), reference } };
	};
	return {
		// Its payouts have the key of a payout: none is made again by Payout: Send under the same reference.
		what: 'payout',
		reference,
		// Of several operations no single amount can be compared; the flow of this method stops before a confirmation.
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
