import { performance } from 'node:perf_hooks';

/** Waits over which the lateness of timers is averaged. */
const LATENESS_WINDOW = 16;
/** More than that is no timer's lateness, but a busy thread's, ms: a wait must not become none because of it. */
const MOST_LATE = 3;

/** What waits to happen in the bank. `clear` forgets everything, so that a stop leaves no timer. */
export class Timers {
	private readonly waiting = new Map<NodeJS.Timeout, { quiet: boolean; stopped?: () => void }>();
	private busy = 0;
	/** How late this machine's timers have lately been, ms. */
	private lateness = 0;

	/** `quiet` timers (a confirmation deadline) do not count as work under way. */
	after(ms: number, action: () => void, quiet = false): NodeJS.Timeout {
		const timer = setTimeout(() => {
			this.forget(timer);
			action();
		}, ms);
		this.waiting.set(timer, { quiet });
		if (!quiet) this.busy += 1;
		return timer;
	}

	cancel(timer: NodeJS.Timeout | undefined): void {
		if (timer === undefined) return;
		clearTimeout(timer);
		this.forget(timer);
	}

	/**
	 * As long as it was asked for on average: a timer fires late, by a ms or two even on an idle machine.
	 * Also ends when the timers are cleared: a request must not hang because the bank was reset.
	 */
	wait(ms: number): Promise<void> {
		if (ms <= 0) return Promise.resolve();
		const shortened = Math.max(ms - this.lateness, 0);
		const started = performance.now();
		return new Promise((done) => {
			const onTime = () => {
				const late = Math.min(performance.now() - started - shortened, MOST_LATE);
				this.lateness += (late - this.lateness) / LATENESS_WINDOW;
				done();
			};
			const timer = this.after(shortened, onTime, true);
			this.waiting.set(timer, { quiet: true, stopped: done });
		});
	}

	/** True while something is still being checked, paid or returned. */
	get working(): boolean {
		return this.busy > 0;
	}

	clear(): void {
		const stopped = [...this.waiting.values()].flatMap((entry) => entry.stopped ?? []);
		for (const timer of this.waiting.keys()) clearTimeout(timer);
		this.waiting.clear();
		this.busy = 0;
		for (const stop of stopped) stop();
	}

	private forget(timer: NodeJS.Timeout): void {
		const entry = this.waiting.get(timer);
		if (entry === undefined) return;
		this.waiting.delete(timer);
		if (!entry.quiet) this.busy -= 1;
	}
}
