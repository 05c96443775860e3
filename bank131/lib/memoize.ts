import { createHash } from 'crypto';

/**
 * Memoizes `compute` for its last `maxEntries` arguments; the least recently used result is evicted first. Arguments are
 * stored as a SHA-256 hash only, so that a secret is not kept in memory a second time.
 */
export function memoizeLru<T>(
	maxEntries: number,
	compute: (text: string, secret: string) => T,
): (text: string, secret?: string) => T {
	const results = new Map<string, T>();
	return (text, secret = '') => {
		// The length keeps ('ab', 'c') and ('a', 'bc') apart.
		const key = createHash('sha256').update(`${text.length}:${text}${secret}`).digest('base64');
		const cached = results.get(key);
		const result = cached ?? compute(text, secret);
		results.delete(key);
		results.set(key, result);
		const oldest = results.keys().next();
		if (results.size > maxEntries && !oldest.done) results.delete(oldest.value);
		return result;
	};
}
