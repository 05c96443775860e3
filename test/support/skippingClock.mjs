// The clock of the engine tests. It runs like any other, but skips what everybody only waits for: once no HTTP request
// is open, the next time that a sleeping node or the sandbox's bank waits for is now. So a test that waits a minute
// takes no time, and its deadlines do not depend on how busy the machine is.
//
// Requests are not skipped: their limits and the slow answers of the sandbox stay in real time.
// (Plain JavaScript: jest imports an environment without transforming it.)
import { channel } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';

const realNow = Date.now.bind(Date);
const realMonotonic = performance.now.bind(performance);
/** Turns of the event loop without a new request before the clock skips: what a response starts has begun by then. */
const QUIET_TURNS = 5;

export class SkippingClock {
	#skipped = 0;
	#openRequests = 0;
	/** Changes with each request and each timer, so that a pending skip knows that it is no longer quiet. */
	#changes = 0;
	/** @type {Set<{ due: number, isSleep: boolean, action: () => void, timer: NodeJS.Timeout }>} */
	#entries = new Set();

	constructor() {
		channel('http.client.request.start').subscribe(({ request }) => {
			this.#openRequests += 1;
			this.#changes += 1;
			request.once('close', () => {
				this.#openRequests -= 1;
				this.#skipWhenQuiet();
			});
		});
	}

	/** Milliseconds since 1970. */
	now = () => realNow() + this.#skipped;

	/** Milliseconds since the process began, as `performance.now()`. */
	monotonic = () => realMonotonic() + this.#skipped;

	/** Resolves after `ms` of this clock. Only what sleeps lets the clock skip. */
	sleep = async (ms) => await new Promise((resolve) => this.#add(ms, resolve, true));

	/** For the bank's own delays: they are due in their order when the clock skips. */
	setTimeout = (action, ms) => this.#add(ms, action, false);

	clearTimeout = (entry) => {
		if (entry === undefined) return;
		clearTimeout(entry.timer);
		this.#entries.delete(entry);
	};

	#add(ms, action, isSleep) {
		const entry = { due: this.now() + ms, isSleep, action, timer: undefined };
		entry.timer = setTimeout(() => this.#fire(entry), ms);
		this.#entries.add(entry);
		this.#skipWhenQuiet();
		return entry;
	}

	#fire(entry) {
		this.clearTimeout(entry);
		this.#changes += 1;
		entry.action();
		this.#skipWhenQuiet();
	}

	#skipWhenQuiet(turns = QUIET_TURNS, changes = this.#changes) {
		if (this.#openRequests > 0 || changes !== this.#changes) return;
		if (turns > 0) {
			setImmediate(() => this.#skipWhenQuiet(turns - 1, changes));
			return;
		}
		let next;
		let isSleeping = false;
		for (const entry of this.#entries) {
			isSleeping ||= entry.isSleep;
			if (next === undefined || entry.due < next.due) next = entry;
		}
		if (!isSleeping) return;
		this.#skipped += Math.max(0, next.due - this.now());
		this.#fire(next);
	}
}

/** A clock for n8n's engine and the package, which sleep by n8n-workflow. */
export function createClock({ wf }) {
	const clock = new SkippingClock();
	Object.defineProperty(wf, 'sleep', { value: clock.sleep });
	return clock;
}

const realTime = { now: realNow, monotonic: realMonotonic };

/**
 * Lets `globals` tell the time of the clock: those of jest's sandbox, and the process's own for the engine and the
 * package. Without a clock they tell the real time, for the next file of the same worker.
 */
export function setTime({ Date, performance }, { now, monotonic } = realTime) {
	Date.now = now;
	performance.now = monotonic;
}
