export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Follows a path such as `card.bank_card.number`; undefined as soon as something is missing. */
export function at(value: unknown, path: string): unknown {
	let found = value;
	for (const key of path.split('.')) {
		if (!isObject(found)) return undefined;
		found = found[key];
	}
	return found;
}

export function textAt(value: unknown, path: string): string | undefined {
	const found = at(value, path);
	return typeof found === 'string' ? found : undefined;
}

/** The same text for the same content, whatever the order of keys: to compare two objects. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (!isObject(value)) return JSON.stringify(value) ?? 'null';
	const keys = Object.keys(value).sort();
	return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

export function parseJson(body: Buffer): unknown {
	if (body.length === 0) return {};
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
}
