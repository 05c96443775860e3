import type { Clock } from '../../bank131/client/clock.ts';
import { RequestLimiter } from '../../bank131/client/requestLimiter.ts';

/** Time that only passes when everybody sleeps. */
class FakeClock implements Clock {
	private time = 0;
	private readonly sleepers: Array<{ until: number; wake: () => void }> = [];

	now = () => this.time;
	random = () => 0.5;

	sleep(ms: number): Promise<void> {
		return new Promise((wake) => this.sleepers.push({ until: this.time + ms, wake }));
	}

	/** Runs until nobody sleeps any more. */
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

interface Job {
	start: number;
	end: number;
}

/** Sends `count` requests of `ms` each through a gate at once and notes when each of them ran. */
async function send(
	limits: { parallel: number; perSecond: number },
	count: number,
	ms: number,
	clock = new FakeClock(),
) {
	const limiter = new RequestLimiter(limits, clock);
	const jobs: Job[] = [];
	let inFlight = 0;
	let most = 0;
	const all = Array.from({ length: count }, async () => {
		await limiter.acquire('normal');
		const start = clock.now();
		most = Math.max(most, ++inFlight);
		await clock.sleep(ms);
		inFlight--;
		jobs.push({ start, end: clock.now() });
		limiter.release();
	});
	await clock.run();
	await Promise.all(all);
	return { jobs: jobs.sort((a, b) => a.start - b.start), most, end: clock.now() };
}

test.each([1, 2, 5, 50])(
	'at most %i in flight, and never fewer while there is work',
	async (parallel) => {
		const { most, end, jobs } = await send({ parallel, perSecond: 0 }, 100, 50);
		expect(jobs).toHaveLength(100);
		expect(most).toBe(parallel);
		expect(end).toBe((100 / parallel) * 50);
	},
);

test.each([
	[1, 1, 4],
	[10, 10, 35],
	[10, 3, 20],
	[100, 2.5, 10],
])(
	'parallel %i, %d per second: %i starts keep their distance',
	async (parallel, perSecond, count) => {
		const { jobs } = await send({ parallel, perSecond }, count, 1);
		const starts = jobs.map(({ start }) => start);
		for (let index = 1; index < starts.length; index++) {
			expect(starts[index] - starts[index - 1]).toBeGreaterThanOrEqual(1000 / perSecond - 1e-6);
		}
		// In no window of a second do more start than allowed.
		for (const from of starts) {
			const within = starts.filter((start) => start >= from && start < from + 1000 - 1e-6);
			expect(within.length).toBeLessThanOrEqual(Math.ceil(perSecond));
		}
		expect(starts[count - 1]).toBeCloseTo(((count - 1) * 1000) / perSecond);
	},
);

/** A clock like a busy machine's: everybody wakes late, by up to `most` ms. */
class LateClock extends FakeClock {
	private turn = 0;

	constructor(private readonly most: number) {
		super();
	}

	override sleep(ms: number): Promise<void> {
		return super.sleep(ms + ((this.turn++ * 7) % 10) * (this.most / 9));
	}
}

describe.each([0, 50, 500])('with answers after %i ms', (latency) => {
	test.each([
		[1, 1, 0],
		[5, 8, 0],
		[50, 20, 0],
		[50, 20, 15],
		[100, 100, 0],
		[100, 100, 40],
	])(
		'parallel %i: %d per second over a minute, within 5 %%, timers late by up to %i ms',
		async (parallel, perSecond, late) => {
			const { jobs } = await send(
				{ parallel, perSecond },
				perSecond * 61,
				latency,
				new LateClock(late),
			);
			const minute = jobs.filter(({ start }) => start >= 500 && start < 60_500).length;
			expect(minute / 60).toBeGreaterThanOrEqual(perSecond * 0.95);
			expect(minute / 60).toBeLessThanOrEqual(perSecond * 1.05);
		},
	);
});

test('work that was begun goes before work that is new', async () => {
	const clock = new FakeClock();
	const limiter = new RequestLimiter({ parallel: 1, perSecond: 0 }, clock);
	const order: string[] = [];
	const queue = async (name: string, kind: 'high' | 'normal') => {
		await limiter.acquire(kind);
		order.push(name);
		limiter.release();
	};
	await limiter.acquire('normal');
	const all = [queue('new 1', 'normal'), queue('old 1', 'high'), queue('new 2', 'normal')];
	all.push(queue('old 2', 'high'));
	limiter.release();
	await Promise.all(all);
	expect(order).toEqual(['old 1', 'old 2', 'new 1', 'new 2']);
});

test('a place that is left can be taken again', async () => {
	const limiter = new RequestLimiter({ parallel: 2, perSecond: 0 }, new FakeClock());
	for (let round = 0; round < 10; round++) {
		await Promise.all([limiter.acquire('normal'), limiter.acquire('high')]);
		limiter.release();
		limiter.release();
	}
});
