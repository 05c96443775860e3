import { createHash } from 'crypto';

/**
 * `make` with a memory of its last `size` answers, the least recently used forgotten first. Arguments are remembered as a
 * hash only, so a secret is not kept a second time.
 */
export function remembered<T>(
	size: number,
	make: (text: string, secret: string) => T,
): (text: string, secret?: string) => T {
	const answers = new Map<string, T>();
	return (text, secret = '') => {
		// The length keeps ('ab', 'c') and ('a', 'bc') apart.
		const hash = createHash('sha256').update(`${text.length}:${text}${secret}`).digest('base64');
		const known = answers.get(hash);
		const answer = known ?? make(text, secret);
		answers.delete(hash);
		answers.set(hash, answer);
		const oldest = answers.keys().next();
		if (answers.size > size && !oldest.done) answers.delete(oldest.value);
		return answer;
	};
}
