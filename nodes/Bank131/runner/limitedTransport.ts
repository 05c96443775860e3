import type { RequestLimiter } from '../../../bank131/client/requestLimiter';
import type { BankRequest, Transport, WireAnswer } from '../../../bank131/client/transport';

/**
 * The transport of one item under the limiter. The first request uses the slot that the runner has acquired for the item;
 * later requests of the item acquire one with high priority.
 */
export function limitTransport(
	transport: Transport,
	limiter: RequestLimiter,
	cancel: AbortSignal | undefined,
) {
	let hasSlot = true;
	return {
		async transport(request: BankRequest): Promise<WireAnswer> {
			if (hasSlot) hasSlot = false;
			else await limiter.acquire('high');
			try {
				if (cancel?.aborted) return { failure: 'cancelled', message: 'The run was cancelled' };
				return await transport(request);
			} finally {
				limiter.release();
			}
		},
		/** Releases the slot of an item that sent no request. */
		releaseIfUnused() {
			if (hasSlot) limiter.release();
			hasSlot = false;
		},
	};
}
