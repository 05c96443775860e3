import type { Endpoint } from '../protocol/endpoints';
import { idempotencyKeyOf } from '../requests/idempotencyKey';
import type { SessionRequest } from '../requests/order';
import type { FlowContext } from './context';
import type { SessionResult } from './sessionResult';

/**
 * By which of the bank's methods each idempotency key was sent. It is not public whether the bank counts keys per
 * project or per method: a key that is sent by two methods could pay twice.
 */
export interface KeyRoutes {
	/** `new`: the key was not sent before. `same`: only by this method. `other`: by another one. */
	claim(key: string, path: string): 'new' | 'same' | 'other';
	/** Nothing was started under the key, so it may take another way. */
	release(key: string): void;
}

/**
 * Runs a flow that starts the operation by `endpoint`, unless its key was sent by another method. Nothing was sent by
 * this flow then.
 */
export async function onOneRoute(
	{ reference, kind }: SessionRequest,
	endpoint: Endpoint,
	{ keyRoutes, progressStore }: FlowContext,
	run: () => Promise<SessionResult>,
): Promise<SessionResult> {
	const key = idempotencyKeyOf(reference, kind);
	const claim = keyRoutes?.claim(key, endpoint.path);
	if (claim === 'other') return { outcome: 'rejected', reason: { code: 'otherRoute', kind } };
	const result = await run();
	const { step = 'created' } = progressStore.load() ?? {};
	if (claim === 'new' && result.outcome === 'rejected' && step === 'created') {
		keyRoutes?.release(key);
	}
	return result;
}
