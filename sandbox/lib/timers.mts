import { performance } from 'node:perf_hooks';

/** Waits over which the lateness of timers is averaged. */
const LATENESS_WINDOW = 16;
/** More than that is no timer's lateness, but a busy thread's, ms: a wait must not become none because of it. */
const MAX_LATENESS_MS = 3;

/** What waits to happen in the bank. `clear` forgets everything, so that a stop leaves no timer. */
export class Timers {
	private readonly pending = new Map<NodeJS.Timeout, { quiet: boolean; stopped?: () => void }>();
	private activeCount = 0;
	/** How late this machine's timers have lately been, ms. */
	private lateness = 0;

	/** `quiet` timers (a confirmation deadline) do not count as work under way. */
	schedule(ms: number, action: () => void, isBackground = false): NodeJS.Timeout {
		const timer = setTimeout(() => {
			this.remove(timer);
			action();
		}, ms);
		this.pending.set(timer, { quiet: isBackground });
		if (!isBackground) this.activeCount += 1;
		return timer;
	}

	cancel(timer: NodeJS.Timeout | undefined): void {
		if (timer === undefined) return;
		clearTimeout(timer);
		this.remove(timer);
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
				const late = Math.min(performance.now() - started - shortened, MAX_LATENESS_MS);
				this.lateness += (late - this.lateness) / LATENESS_WINDOW;
				done();
			};
			const timer = this.schedule(shortened, onTime, true);
			this.pending.set(timer, { quiet: true, stopped: done });
		});
	}

	/** True while something is still being checked, paid or returned. */
	get isBusy(): boolean {
		return this.activeCount > 0;
	}

	clear(): void {
		const stopped = [...this.pending.values()].flatMap((entry) => entry.stopped ?? []);
		for (const timer of this.pending.keys()) clearTimeout(timer);
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
