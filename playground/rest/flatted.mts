/**
 * Parses the "flatted" format in which n8n stores execution data: a list of values that refer to each other by index,
 * so that one object can appear several times.
 */
export function parseFlatted(text: string): unknown {
	const list = JSON.parse(text) as unknown[];
	const revived = new Map<number, unknown>();

	// Inside a listed object, a string is the index of the actual value; other values are literal.
	const resolve = (value: unknown) => (typeof value === 'string' ? build(Number(value)) : value);

	function build(index: number): unknown {
		if (revived.has(index)) return revived.get(index);
		const value = list[index];
		if (value === null || typeof value !== 'object') return value;
		const result: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		revived.set(index, result);
		for (const [key, item] of Object.entries(value)) {
			(result as Record<string, unknown>)[key] = resolve(item);
		}
		return result;
	}
	return build(0);
}
