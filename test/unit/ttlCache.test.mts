import { createTtlCache } from '../../bank131/lib/ttlCache.ts';

interface CountedResult {
	ok: boolean;
	n: number;
}

/** A cache of 1 s for two keys with a manual clock, over a request that returns how often it was called. */
function createCountingCache(isOk = () => true) {
	const clock = { now: 5000 };
	let requests = 0;
	const readCached = createTtlCache<CountedResult>({
		ttlMs: 1000,
		maxEntries: 2,
		now: () => clock.now,
	});
	const request = async (): Promise<CountedResult> => {
		const n = ++requests;
		await Promise.resolve();
		return { ok: isOk(), n };
	};
	return { clock, get: async (key: string) => (await readCached(key, request)).n, readCached };
}

test('a successful result is cached until its TTL ends, to the millisecond', async () => {
	const { clock, get } = createCountingCache();
	expect(await get('a')).toBe(1);
	clock.now += 999;
	expect(await get('a')).toBe(1);
	clock.now += 1;
	expect(await get('a')).toBe(2);
});

test('a read does not extend the TTL', async () => {
	const { clock, get } = createCountingCache();
	for (let n = 0; n < 10; n++) {
		expect(await get('a')).toBe(1);
		clock.now += 100;
	}
	expect(await get('a')).toBe(2);
});

test('after the clock was set back the result is requested again', async () => {
	const { clock, get } = createCountingCache();
	await get('a');
	clock.now -= 1;
	expect(await get('a')).toBe(2);
});

test('concurrent calls with the same key share one request', async () => {
	const { get } = createCountingCache();
	expect(await Promise.all(Array.from({ length: 20 }, () => get('a')))).toEqual(Array(20).fill(1));
});

test('each key has its own result, and the oldest entry is evicted', async () => {
	const { get } = createCountingCache();
	expect([await get('a'), await get('b'), await get('a'), await get('c')]).toEqual([1, 2, 1, 3]);
	expect([await get('c'), await get('b'), await get('a')]).toEqual([3, 2, 4]);
});

test('a result that is not ok is not cached', async () => {
	let isOk = false;
	const { get } = createCountingCache(() => isOk);
	expect(await get('a')).toBe(1);
	isOk = true;
	expect(await get('a')).toBe(2);
	expect(await get('a')).toBe(2);
});

test('an exception reaches all waiting callers and is not cached', async () => {
	const { readCached, get } = createCountingCache();
	const failing = () => readCached('a', async () => await Promise.reject(new Error('no')));
	const results = await Promise.allSettled([failing(), failing()]);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(await get('a')).toBe(1);
});
