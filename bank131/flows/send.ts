import { toResult } from '../client/sessionReader';
import type { SessionRequest } from '../requests/order';
import { confirmAndWait, type CompletionPlan } from './confirmAndWait';
import type { FlowContext } from './context';
import type { StartContext } from './existingOperation';
import { onOneRoute } from './keyRoutes';
import type { SessionResult } from './sessionResult';
import { startWithRetry } from './start';

/**
 * Performs one operation at most once: create a session (no money moves) → start the operation in it under the
 * idempotency key of the reference → wait until the bank is ready → confirm → wait for the result. Resumes where an
 * earlier attempt stopped, according to `progressStore`.
 *
 * Two locks prevent a second operation: the idempotency key of the start, and the session, which accepts one start
 * only. A lost response is never treated as a failure: the session is read first, and no other key is ever used.
 */
export async function sendOperation(
	request: SessionRequest,
	plan: CompletionPlan,
	context: FlowContext,
): Promise<SessionResult> {
	return await onOneRoute(
		request,
		request.endpoints.start,
		context,
		async () => await createAndStart(request, plan, context),
	);
}

async function createAndStart(
	request: SessionRequest,
	plan: CompletionPlan,
	context: FlowContext,
): Promise<SessionResult> {
	const { bank, progressStore } = context;
	let progress = progressStore.load();
	if (!progress) {
		const created = await toResult(() =>
			bank.createSession({ metadata: { reference: request.reference } }, request.endpoints.create),
		);
		if ('reason' in created) {
			const cause = created.reason;
			const error = cause.code === 'refused' ? cause.error : undefined;
			const reason = { code: 'notStarted', kind: request.kind, cause } as const;
			return { outcome: 'rejected', error, reason };
		}
		progress = { sessionId: created.view.sessionId, step: 'created' };
		progressStore.save(progress);
	}
	const { sessionId } = progress;
	return startAndFollow(plan, {
		...context,
		request,
		sessionId,
		earlier: progress,
		isOwnSession: true,
	});
}

/** The same as `sendOperation` in a session that another party created and that may already hold an operation. */
export async function startOperation(
	request: SessionRequest,
	sessionId: string,
	plan: CompletionPlan,
	context: FlowContext,
): Promise<SessionResult> {
	const earlier = context.progressStore.load();
	const start = { ...context, request, sessionId, earlier, isOwnSession: false };
	return await onOneRoute(
		request,
		request.endpoints.start,
		context,
		async () => await startAndFollow(plan, start),
	);
}

async function startAndFollow(plan: CompletionPlan, context: StartContext): Promise<SessionResult> {
	const started = await startWithRetry(context);
	if (started.outcome !== 'processing' || !started.view || started.reason) return started;
	return confirmAndWait(started.view, context.request, plan, context);
}
