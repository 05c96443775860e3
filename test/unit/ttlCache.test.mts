import { createTtlCache } from '../../bank131/lib/ttlCache.ts';

interface Answer {
	ok: boolean;
	n: number;
}

/** A memory of one second for two names, with a clock that is turned by hand, over a source that counts. */
function counted(isGood = () => true) {
	const clock = { now: 5000 };
	let asked = 0;
	const ask = createTtlCache<Answer>({ ttlMs: 1000, maxEntries: 2, now: () => clock.now });
	const source = async (): Promise<Answer> => {
		const n = ++asked;
		await Promise.resolve();
		return { ok: isGood(), n };
	};
	return { clock, ask: async (name: string) => (await ask(name, source)).n, keep: ask };
}

test('a good answer serves for as long as said, and not a millisecond more', async () => {
	const { clock, ask } = counted();
	expect(await ask('a')).toBe(1);
	clock.now += 999;
	expect(await ask('a')).toBe(1);
	clock.now += 1;
	expect(await ask('a')).toBe(2);
});

test('asking does not make it last longer', async () => {
	const { clock, ask } = counted();
	for (let n = 0; n < 10; n++) {
		expect(await ask('a')).toBe(1);
		clock.now += 100;
	}
	expect(await ask('a')).toBe(2);
});

test('a clock that is set back makes no answer younger', async () => {
	const { clock, ask } = counted();
	await ask('a');
	clock.now -= 1;
	expect(await ask('a')).toBe(2);
});

test('those who ask at the same time share one answer', async () => {
	const { ask } = counted();
	expect(await Promise.all(Array.from({ length: 20 }, () => ask('a')))).toEqual(Array(20).fill(1));
});

test('each name has its own, and only the newest are kept', async () => {
	const { ask } = counted();
	expect([await ask('a'), await ask('b'), await ask('a'), await ask('c')]).toEqual([1, 2, 1, 3]);
	expect([await ask('c'), await ask('b'), await ask('a')]).toEqual([3, 2, 4]);
});

test('what is not good is asked for again at once', async () => {
	let good = false;
	const { ask } = counted(() => good);
	expect(await ask('a')).toBe(1);
	good = true;
	expect(await ask('a')).toBe(2);
	expect(await ask('a')).toBe(2);
});

test('an error reaches all who wait, and is not kept', async () => {
	const { keep, ask } = counted();
	const broken = () => keep('a', async () => await Promise.reject(new Error('no')));
	const ends = await Promise.allSettled([broken(), broken()]);
	expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(await ask('a')).toBe(1);
});
