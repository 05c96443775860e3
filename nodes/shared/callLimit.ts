/** The limits of one call, from its start until its answer has been read. */
export interface CallLimit {
	/** Ends the call when its time is over or the run is cancelled. */
	signal: AbortSignal;
	/** Whether the time is over. */
	isOverdue(): boolean;
	/** Ends the supervision. Every call needs it. */
	release(): void;
}

/**
 * Calls that start within this part of their time limit share one signal, so a call may have that much less time. A
 * signal for each would take a twentieth of what a call costs.
 */
const SHARED_PART = 1 / 50;

/** Each call listens to its signal, and Node.js 20 warns of more listeners. */
const MAX_CALLS_AT_ONCE = 10;

/** Starts the limit of a call: it ends `timeoutMs` later, or when `cancel` ends the run. */
export function callLimits(timeoutMs: number, cancel: AbortSignal | undefined): () => CallLimit {
	const sharedMs = timeoutMs * SHARED_PART;
	let latest: SharedLimit | undefined;
	let latestStart = 0;
	return () => {
		const now = performance.now();
		if (!latest?.canJoin() || now - latestStart > sharedMs) {
			latest = new SharedLimit(timeoutMs, cancel);
			latestStart = now;
		}
		return latest.join();
	};
}

/** The limit of calls that start close together, while one of them is under way. */
class SharedLimit implements CallLimit {
	readonly signal: AbortSignal;

	private readonly controller = new AbortController();

	private readonly deadline: AbortSignal;

	private readonly abort = () => this.controller.abort();

	private calls = 0;

	constructor(
		timeoutMs: number,
		private readonly cancel: AbortSignal | undefined,
	) {
		this.signal = this.controller.signal;
		this.deadline = AbortSignal.timeout(timeoutMs);
		// Not AbortSignal.any: in Node.js 20 each use stays in memory as long as the signal of the run.
		for (const source of [this.deadline, cancel]) source?.addEventListener('abort', this.abort);
		if (cancel?.aborted) this.abort();
	}

	join(): this {
		this.calls++;
		return this;
	}

	/** Without calls its supervision has ended. */
	canJoin(): boolean {
		return this.calls > 0 && this.calls < MAX_CALLS_AT_ONCE && !this.signal.aborted;
	}

	isOverdue(): boolean {
		return this.deadline.aborted;
	}

	release(): void {
		if (--this.calls > 0) return;
		for (const source of [this.deadline, this.cancel]) {
			source?.removeEventListener('abort', this.abort);
		}
	}
}
