import { Timers } from '../../sandbox/lib/timers.mts';

test('wait of 20 ms after 20 waits on a busy thread: takes more than 15 ms', async () => {
	const timers = new Timers();
	for (let round = 0; round < 20; round++) {
		const waiting = timers.wait(20);
		const busyUntil = performance.now() + 60;
		while (performance.now() < busyUntil);
		await waiting;
	}
	const started = performance.now();
	await timers.wait(20);
	expect(performance.now() - started).toBeGreaterThan(15);
});
