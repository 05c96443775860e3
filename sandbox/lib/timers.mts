import { performance } from 'node:perf_hooks';

/** Number of waits over which the average lateness is computed. */
const LATENESS_WINDOW = 16;
/**
 * Upper limit of one measured lateness, ms. More than this comes from a busy thread, not from the
 * timer; without the limit a later wait would shrink to zero.
 */
const MAX_LATENESS_MS = 3;

/** What sets the timers; a test may have a clock of its own. */
export interface TimerClock {
	setTimeout(action: () => void, ms: number): NodeJS.Timeout;
	clearTimeout(timer: NodeJS.Timeout): void;
}

/**
 * All pending timers of one owner. `clear` cancels them, so that a stopped sandbox leaves no timer
 * behind.
 */
export class Timers {
	private readonly pending = new Map<NodeJS.Timeout, { quiet: boolean; stopped?: () => void }>();
	private activeCount = 0;
	/** Average lateness of recent timers on this machine, ms. */
	private lateness = 0;

	constructor(private readonly clock: TimerClock = globalThis) {}

	/**
	 * Runs `action` after `ms`. Background timers, such as a confirmation timeout, do not count as work
	 * in progress.
	 */
	schedule(ms: number, action: () => void, isBackground = false): NodeJS.Timeout {
		const timer = this.clock.setTimeout(() => {
			this.remove(timer);
			action();
		}, ms);
		this.pending.set(timer, { quiet: isBackground });
		if (!isBackground) this.activeCount += 1;
		return timer;
	}

	/** Cancels one timer; `undefined` is ignored. */
	cancel(timer: NodeJS.Timeout | undefined): void {
		if (timer === undefined) return;
		this.clock.clearTimeout(timer);
		this.remove(timer);
	}

	/**
	 * Resolves after `ms` on average: the known lateness of timers is subtracted. It also resolves when
	 * the timers are cleared, so that no request hangs after a reset.
	 */
	wait(ms: number): Promise<void> {
		if (ms <= 0) return Promise.resolve();
		const shortened = Math.max(ms - this.lateness, 0);
		const started = performance.now();
		return new Promise((done) => {
			const onTime = () => {
				const late = Math.min(performance.now() - started - shortened, MAX_LATENESS_MS);
				this.lateness += (late - this.lateness) / LATENESS_WINDOW;
				done();
			};
			const timer = this.schedule(shortened, onTime, true);
			this.pending.set(timer, { quiet: true, stopped: done });
		});
	}

	/** True while a check, payout or return is still scheduled. */
	get isBusy(): boolean {
		return this.activeCount > 0;
	}

	/** Cancels all timers and resolves all waits. */
	clear(): void {
		const stopped = [...this.pending.values()].flatMap((entry) => entry.stopped ?? []);
		for (const timer of this.pending.keys()) this.clock.clearTimeout(timer);
		this.pending.clear();
		this.activeCount = 0;
		for (const stop of stopped) stop();
	}

	private remove(timer: NodeJS.Timeout): void {
		const entry = this.pending.get(timer);
		if (entry === undefined) return;
		this.pending.delete(timer);
		if (!entry.quiet) this.activeCount -= 1;
	}
}
