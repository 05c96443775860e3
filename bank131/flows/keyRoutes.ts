import type { Endpoint } from '../protocol/endpoints';
import { idempotencyKeyOf } from '../requests/idempotencyKey';
import type { SessionRequest } from '../requests/order';
import type { FlowContext } from './context';
import type { SessionResult } from './sessionResult';

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
