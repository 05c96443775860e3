/**
 * n8n stores the data of an execution "flatted": a list in which every object refers to the others by their place,
 * so that one object may appear in several places. This reads it back.
 */
export function parseFlatted(text: string): unknown {
	const list = JSON.parse(text) as unknown[];
	const made = new Map<number, unknown>();

	// Every value inside a listed object is the place of the real value, written as text; other values stand for themselves.
	const follow = (value: unknown) => (typeof value === 'string' ? build(Number(value)) : value);

	function build(place: number): unknown {
		if (made.has(place)) return made.get(place);
		const value = list[place];
		if (value === null || typeof value !== 'object') return value;
		const result: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		made.set(place, result);
		for (const [key, inner] of Object.entries(value)) {
			(result as Record<string, unknown>)[key] = follow(inner);
		}
		return result;
	}
	return build(0);
}
