import type { Clock } from './clock';

export interface Limits {
	/** Requests in flight at once, at least 1. */
	parallel: number;
	/** Requests started per second; 0 = no limit. */
	perSecond: number;
}

/**
 * Bounds the requests to the bank: at most `parallel` in flight and `perSecond` started per second. Work that was begun
 * goes before work that is new, so that payouts end as early as they can and few are open at any time.
 */
export class Gate {
	private inFlight = 0;

	private nextStart = 0;

	private readonly begun: Array<() => void> = [];

	private readonly fresh: Array<() => void> = [];

	constructor(
		private readonly limits: Limits,
		private readonly clock: Clock,
	) {}

	/** Waits for a place. Every `enter` is followed by one `leave`. */
	async enter(kind: 'begun' | 'fresh'): Promise<void> {
		if (this.inFlight < this.limits.parallel) this.inFlight++;
		else
			await new Promise<void>((admit) => (kind === 'begun' ? this.begun : this.fresh).push(admit));
		await this.pace();
	}

	leave(): void {
		const next = this.begun.shift() ?? this.fresh.shift();
		if (next) next();
		else this.inFlight--;
	}

	private async pace(): Promise<void> {
		if (this.limits.perSecond <= 0) return;
		const now = this.clock.now();
		const start = Math.max(now, this.nextStart);
		this.nextStart = start + 1000 / this.limits.perSecond;
		if (start > now) await this.clock.sleep(start - now);
	}
}
