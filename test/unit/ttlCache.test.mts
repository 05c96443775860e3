import { createTtlCache } from '../../bank131/lib/ttlCache.ts';

interface Answer {
	ok: boolean;
	n: number;
}

const TTL_MS = 1000;

/** A cache for two keys whose source numbers its calls, and a clock that the test sets. */
function numberedCache(isSuccess = () => true) {
	const clock = { now: 5000 };
	let calls = 0;
	const cache = createTtlCache<Answer>({ ttlMs: TTL_MS, maxEntries: 2, now: () => clock.now });
	const source = async (): Promise<Answer> => {
		const n = ++calls;
		await Promise.resolve();
		return { ok: isSuccess(), n };
	};
	return { clock, cache, get: async (key: string) => (await cache(key, source)).n };
}

test('a successful result: cached until its TTL ends, not a millisecond longer', async () => {
	const { clock, get } = numberedCache();
	expect(await get('a')).toBe(1);
	clock.now += TTL_MS - 1;
	expect(await get('a')).toBe(1);
	clock.now += 1;
	expect(await get('a')).toBe(2);
});

test('reads of a cached result: do not extend its TTL', async () => {
	const { clock, get } = numberedCache();
	for (let n = 0; n < 10; n++) {
		expect(await get('a')).toBe(1);
		clock.now += TTL_MS / 10;
	}
	expect(await get('a')).toBe(2);
});

test('a clock that is set back: the cached result is not used', async () => {
	const { clock, get } = numberedCache();
	await get('a');
	clock.now -= 1;
	expect(await get('a')).toBe(2);
});

test('concurrent reads of one key: share one call of the source', async () => {
	const { get } = numberedCache();
	expect(await Promise.all(Array.from({ length: 20 }, () => get('a')))).toEqual(Array(20).fill(1));
});

test('three keys in a cache for two: each key has its own result, and the oldest is evicted', async () => {
	const { get } = numberedCache();
	expect([await get('a'), await get('b'), await get('a'), await get('c')]).toEqual([1, 2, 1, 3]);
	expect([await get('c'), await get('b'), await get('a')]).toEqual([3, 2, 4]);
});

test('a failed result: not cached', async () => {
	let isSuccess = false;
	const { get } = numberedCache(() => isSuccess);
	expect(await get('a')).toBe(1);
	isSuccess = true;
	expect(await get('a')).toBe(2);
	expect(await get('a')).toBe(2);
});

test('an exception: reaches all concurrent readers and is not cached', async () => {
	const { cache, get } = numberedCache();
	const failing = () => cache('a', async () => await Promise.reject(new Error('no')));
	const results = await Promise.allSettled([failing(), failing()]);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(await get('a')).toBe(1);
});
