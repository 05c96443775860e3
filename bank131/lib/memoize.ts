import { hash } from 'crypto';

/**
 * Memoizes `compute` for its last `maxEntries` arguments; the least recently used result is evicted first. The cache
 * keys are SHA-256 hashes of the arguments, so the cache holds no copy of a secret.
 */
export function memoizeLru<T>(
	maxEntries: number,
	compute: (text: string, secret: string) => T,
): (text: string, secret?: string) => T {
	const results = new Map<string, T>();
	return (text, secret = '') => {
		// The length makes the keys of ('ab', 'c') and ('a', 'bc') different.
		const key = hash('sha256', `${text.length}:${text}${secret}`, 'base64');
		const cached = results.get(key);
		const result = cached ?? compute(text, secret);
		results.delete(key);
		results.set(key, result);
		const oldest = results.keys().next();
		if (results.size > maxEntries && !oldest.done) results.delete(oldest.value);
		return result;
	};
}
