/** A JSON object of unknown content. */
export type JsonObject = Record<string, unknown>;

/** True for objects; false for `null` and arrays. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a dotted path such as `card.bank_card.number`; `undefined` if any part is missing. */
export function valueAt(root: unknown, path: string): unknown {
	let value = root;
	for (const key of path.split('.')) {
		if (!isObject(value)) return undefined;
		value = value[key];
	}
	return value;
}

/** Like `valueAt`, but `undefined` for anything except a string. */
export function textAt(root: unknown, path: string): string | undefined {
	const value = valueAt(root, path);
	return typeof value === 'string' ? value : undefined;
}

/** JSON with sorted keys: equal text means equal content. Used to compare two objects. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (!isObject(value)) return JSON.stringify(value) ?? 'null';
	const keys = Object.keys(value).sort();
	return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`).join(',')}}`;
}

/** Parses a request body. An empty body is `{}`; invalid JSON is `undefined`. */
export function parseJsonBody(body: Buffer): unknown {
	if (body.length === 0) return {};
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
}
