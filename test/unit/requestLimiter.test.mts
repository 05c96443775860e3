import type { Clock } from '../../bank131/client/clock.ts';
import { RequestLimiter } from '../../bank131/client/requestLimiter.ts';

/** Time passes only while all callers sleep. */
class FakeClock implements Clock {
	private time = 0;
	private readonly sleepers: Array<{ until: number; wake: () => void }> = [];

	now = () => this.time;
	random = () => 0.5;

	sleep(ms: number): Promise<void> {
		return new Promise((wake) => this.sleepers.push({ until: this.time + ms, wake }));
	}

	/** Runs until no caller sleeps. */
	async run(): Promise<void> {
		for (;;) {
			for (let turn = 0; turn < 20; turn++) await Promise.resolve();
			this.sleepers.sort((a, b) => a.until - b.until);
			const next = this.sleepers.shift();
			if (!next) return;
			this.time = Math.max(this.time, next.until);
			next.wake();
		}
	}
}

/** When a request started and ended, ms. */
interface SentRequest {
	start: number;
	end: number;
}

/** Sends `count` requests of `ms` each at once through a limiter, and records when each of them ran. */
async function sendAll(
	limits: { parallel: number; perSecond: number },
	count: number,
	ms: number,
	clock = new FakeClock(),
) {
	const limiter = new RequestLimiter(limits, clock);
	const requests: SentRequest[] = [];
	let inFlight = 0;
	let maxInFlight = 0;
	const all = Array.from({ length: count }, async () => {
		await limiter.acquire('normal');
		const start = clock.now();
		maxInFlight = Math.max(maxInFlight, ++inFlight);
		await clock.sleep(ms);
		inFlight--;
		requests.push({ start, end: clock.now() });
		limiter.release();
	});
	await clock.run();
	await Promise.all(all);
	requests.sort((a, b) => a.start - b.start);
	return { requests, maxInFlight, end: clock.now() };
}

test.each([1, 2, 5, 50])(
	'parallel %i: exactly so many requests are in flight while requests wait',
	async (parallel) => {
		const { maxInFlight, end, requests } = await sendAll({ parallel, perSecond: 0 }, 100, 50);
		expect(requests).toHaveLength(100);
		expect(maxInFlight).toBe(parallel);
		expect(end).toBe((100 / parallel) * 50);
	},
);

test.each([
	[1, 1, 4],
	[10, 10, 35],
	[10, 3, 20],
	[100, 2.5, 10],
])(
	'parallel %i, %d per second: %i requests start evenly spaced',
	async (parallel, perSecond, count) => {
		const { requests } = await sendAll({ parallel, perSecond }, count, 1);
		const starts = requests.map(({ start }) => start);
		for (let index = 1; index < starts.length; index++) {
			expect(starts[index] - starts[index - 1]).toBeGreaterThanOrEqual(1000 / perSecond - 1e-6);
		}
		// No window of one second has more starts than the limit.
		for (const from of starts) {
			const within = starts.filter((start) => start >= from && start < from + 1000 - 1e-6);
			expect(within.length).toBeLessThanOrEqual(Math.ceil(perSecond));
		}
		expect(starts[count - 1]).toBeCloseTo(((count - 1) * 1000) / perSecond);
	},
);

/** The clock of a busy machine: every timer fires late, by up to `maxDelayMs`. */
class LateClock extends FakeClock {
	private turn = 0;

	constructor(private readonly maxDelayMs: number) {
		super();
	}

	override sleep(ms: number): Promise<void> {
		return super.sleep(ms + ((this.turn++ * 7) % 10) * (this.maxDelayMs / 9));
	}
}

describe.each([0, 50, 500])('responses after %i ms', (latency) => {
	test.each([
		[1, 1, 0],
		[5, 8, 0],
		[50, 20, 0],
		[50, 20, 15],
		[100, 100, 0],
		[100, 100, 40],
	])(
		'parallel %i: the rate over a minute is %d per second within 5 %%, with timers late by up to %i ms',
		async (parallel, perSecond, late) => {
			const { requests } = await sendAll(
				{ parallel, perSecond },
				perSecond * 61,
				latency,
				new LateClock(late),
			);
			const inMinute = requests.filter(({ start }) => start >= 500 && start < 60_500).length;
			expect(inMinute / 60).toBeGreaterThanOrEqual(perSecond * 0.95);
			expect(inMinute / 60).toBeLessThanOrEqual(perSecond * 1.05);
		},
	);
});

test('requests of both priorities wait: high priority goes first, each in order of arrival', async () => {
	const clock = new FakeClock();
	const limiter = new RequestLimiter({ parallel: 1, perSecond: 0 }, clock);
	const order: string[] = [];
	const queue = async (name: string, priority: 'high' | 'normal') => {
		await limiter.acquire(priority);
		order.push(name);
		limiter.release();
	};
	await limiter.acquire('normal');
	const all = [queue('normal 1', 'normal'), queue('high 1', 'high'), queue('normal 2', 'normal')];
	all.push(queue('high 2', 'high'));
	limiter.release();
	await Promise.all(all);
	expect(order).toEqual(['high 1', 'high 2', 'normal 1', 'normal 2']);
});

test('a released slot: can be acquired again', async () => {
	const limiter = new RequestLimiter({ parallel: 2, perSecond: 0 }, new FakeClock());
	for (let round = 0; round < 10; round++) {
		await Promise.all([limiter.acquire('normal'), limiter.acquire('high')]);
		limiter.release();
		limiter.release();
	}
});
