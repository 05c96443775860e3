import type { TimerClock } from '../../sandbox/lib/timers.mts';

/** A clock for the sandbox that a test can stop: what falls due meanwhile happens after `release`. */
export class HeldClock implements TimerClock {
	private isHeld = false;

	private readonly held = new Map<NodeJS.Timeout, () => void>();

	hold(): void {
		this.isHeld = true;
	}

	release(): void {
		this.isHeld = false;
		for (const [timer, action] of this.held) {
			this.held.delete(timer);
			action();
		}
	}

	setTimeout(action: () => void, ms: number): NodeJS.Timeout {
		const timer = setTimeout(() => {
			if (this.isHeld) this.held.set(timer, action);
			else action();
		}, ms);
		return timer;
	}

	clearTimeout(timer: NodeJS.Timeout): void {
		clearTimeout(timer);
		this.held.delete(timer);
	}
}
