/** Less than this is linear: a quadratic run takes 100 times as long. The rest is room for the garbage collector. */
export const LINEAR = 50;

/**
 * How many times as much processor time `run` takes for ten times the size: 10 if it is linear, 100 if it is quadratic.
 * It is the time of this process only, and both sizes run one after the other. So a slow or busy machine changes
 * nothing.
 */
export function growth(run: (size: number) => void, size: number): number {
	const time = (count: number): number => {
		const before = process.cpuUsage();
		run(count);
		const { user, system } = process.cpuUsage(before);
		return user + system;
	};
	time(size / 10);
	// Microseconds. Two milliseconds at least, so that what every run takes does not matter.
	const short = Math.max(time(size), time(size), 2000);
	return Math.min(time(size * 10), time(size * 10)) / short;
}
