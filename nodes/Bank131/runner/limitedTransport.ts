import type { RequestLimiter } from '../../../bank131/client/requestLimiter';
import type { Transport } from '../../../bank131/client/transport';

/**
 * Limits the transport of one item. The first request uses the slot that the runner has acquired for the item; each
 * later request acquires one with high priority.
 */
export function limitTransport(limiter: RequestLimiter, cancel: AbortSignal | undefined) {
	let hasSlot = true;
	return {
		/** Sends each request in a slot; after a cancellation of the run no request is sent. */
		wrap(transport: Transport): Transport {
			return async (request) => {
				if (hasSlot) hasSlot = false;
				else await limiter.acquire('high');
				try {
					if (cancel?.aborted) return { failure: 'cancelled', message: 'The run was cancelled' };
					return await transport(request);
				} finally {
					limiter.release();
				}
			};
		},
		/** Releases the slot of an item that sent no request. */
		releaseIfUnused() {
			if (hasSlot) limiter.release();
			hasSlot = false;
		},
	};
}
