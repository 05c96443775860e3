interface Asked<T> {
	since: number;
	answer: Promise<T>;
}

/**
 * A memory for answers that go stale: a good one serves everybody who asks under the same name within `ms` of the first, at
 * the same time too. One that is not `ok`, and an error, serve only those who already wait for it. At most `size` names are
 * kept, the oldest is forgotten first.
 */
export function kept<T extends { ok: boolean }>(ms: number, size: number, now: () => number) {
	const asked = new Map<string, Asked<T>>();
	return async (name: string, ask: () => Promise<T>): Promise<T> => {
		const known = asked.get(name);
		const age = known === undefined ? ms : now() - known.since;
		// A clock that was set back makes nothing younger.
		if (known && age >= 0 && age < ms) return await known.answer;

		const asking = { since: now(), answer: ask() };
		asked.delete(name);
		asked.set(name, asking);
		const oldest = asked.keys().next();
		if (asked.size > size && !oldest.done) asked.delete(oldest.value);
		let isGood = false;
		try {
			const answer = await asking.answer;
			isGood = answer.ok;
			return answer;
		} finally {
			if (!isGood && asked.get(name) === asking) asked.delete(name);
		}
	};
}
