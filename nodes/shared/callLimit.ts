import type { IHttpRequestOptions } from 'n8n-workflow';

/** The limits of one call, from its start until its answer has been read. */
export interface CallLimit {
	/** Ends the call when its time is over or the run is cancelled. */
	signal: AbortSignal;
	/** Whether the time is over. */
	isOverdue(): boolean;
	/** Closes the connection of a call that has failed. */
	abort(): void;
	/** Ends the supervision. Every call needs it. */
	release(): void;
}

/** Limits one call to `timeoutMs`, and to the time before `cancel`. */
export function limitCall(timeoutMs: number, cancel: AbortSignal | undefined): CallLimit {
	const controller = new AbortController();
	const deadline = AbortSignal.timeout(timeoutMs);
	const abort = () => controller.abort();
	// Not AbortSignal.any: in Node.js 20 each use stays in memory as long as the signal of the run.
	for (const source of [deadline, cancel]) source?.addEventListener('abort', abort);
	if (cancel?.aborted) abort();
	return {
		signal: controller.signal,
		isOverdue: () => deadline.aborted,
		abort,
		release() {
			for (const source of [deadline, cancel]) source?.removeEventListener('abort', abort);
		},
	};
}

/**
 * Name of a request option with the signal that ends the call. n8n's helper replaces `abortSignal` by the one of the
 * execution before it calls `authenticate`, which puts the signal of the call in its place.
 */
export const CALL_SIGNAL = Symbol.for('bank131.callSignal');

/** Request options of n8n's helper with the signal of the call. */
export type LimitedRequest = IHttpRequestOptions & { [CALL_SIGNAL]?: AbortSignal };
