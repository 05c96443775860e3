import type { Clock } from './clock';

/** Limits for the requests to the bank. */
export interface RequestLimits {
	/** Requests in flight at once, at least 1. */
	parallel: number;
	/** Requests started per second; 0 = no limit. */
	perSecond: number;
}

/** `high`: a later request of an operation that has been started. `normal`: the first request of a new one. */
export type RequestPriority = 'high' | 'normal';

/**
 * Limits the requests to the bank: at most `parallel` in flight and `perSecond` started per second. Requests of started
 * operations go first, so that operations end early and few of them are open at any time.
 */
export class RequestLimiter {
	private activeCount = 0;

	private nextStart = 0;

	private readonly waiting: Record<RequestPriority, Array<() => void>> = { high: [], normal: [] };

	constructor(
		private readonly limits: RequestLimits,
		private readonly clock: Clock,
	) {}

	/** Waits for a slot and the rate limit. Every `acquire` needs one `release`. */
	async acquire(priority: RequestPriority): Promise<void> {
		if (this.activeCount < this.limits.parallel) this.activeCount++;
		else await new Promise<void>((admit) => this.waiting[priority].push(admit));
		if (this.limits.perSecond > 0) await this.throttle();
	}

	/** Hands the slot to the request that waits longest, the high priority first. */
	release(): void {
		const next = this.waiting.high.shift() ?? this.waiting.normal.shift();
		if (next) next();
		else this.activeCount--;
	}

	private async throttle(): Promise<void> {
		const now = this.clock.now();
		const start = Math.max(now, this.nextStart);
		this.nextStart = start + 1000 / this.limits.perSecond;
		if (start > now) await this.clock.sleep(start - now);
	}
}
