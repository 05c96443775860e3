interface CacheEntry<T> {
	/** When the request was started, ms. */
	startedAt: number;
	pending: Promise<T>;
}

/** Limits of a cache, and its clock. */
export interface TtlCacheOptions {
	/** How long a successful result is served, ms, counted from the start of its request. */
	ttlMs: number;
	/** The oldest entry is evicted first. */
	maxEntries: number;
	/** Current time, ms. */
	now(): number;
}

/**
 * Caches successful results per key for `ttlMs`. Concurrent calls with the same key share one request. Results that are
 * not `ok`, and exceptions, are not cached: they reach only the callers that already wait.
 */
export function createTtlCache<T extends { ok: boolean }>({
	ttlMs,
	maxEntries,
	now,
}: TtlCacheOptions): (key: string, request: () => Promise<T>) => Promise<T> {
	const entries = new Map<string, CacheEntry<T>>();
	return async (key, request) => {
		const cached = entries.get(key);
		const age = cached === undefined ? ttlMs : now() - cached.startedAt;
		// A negative age means that the clock was set back: the entry counts as expired.
		if (cached && age >= 0 && age < ttlMs) return await cached.pending;

		const entry = { startedAt: now(), pending: request() };
		entries.delete(key);
		entries.set(key, entry);
		const oldest = entries.keys().next();
		if (entries.size > maxEntries && !oldest.done) entries.delete(oldest.value);
		let isCacheable = false;
		try {
			const result = await entry.pending;
			isCacheable = result.ok;
			return result;
		} finally {
			if (!isCacheable && entries.get(key) === entry) entries.delete(key);
		}
	};
}
