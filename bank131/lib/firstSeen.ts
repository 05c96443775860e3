/** Limits of the memory, and its clock. */
export interface FirstSeenOptions {
	/** The key that was seen first is forgotten first. */
	maxKeys: number;
	/** Current time, ms. */
	now(): number;
}

/** Remembers when each key was first seen, in this process only. Returns the time since then, ms. */
export function createFirstSeen({ maxKeys, now }: FirstSeenOptions): (key: string) => number {
	const times = new Map<string, number>();
	return (key) => {
		const time = now();
		const first = times.get(key);
		// A time in the future means that the clock was set back: the count begins again.
		if (first !== undefined && first <= time) return time - first;
		times.set(key, time);
		const oldest = times.keys().next();
		if (times.size > maxKeys && !oldest.done) times.delete(oldest.value);
		return 0;
	};
}
