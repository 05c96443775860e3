export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
	[key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads own property `key` of an untrusted value; `undefined` if it is not an object or has no such property. */
export function field(value: unknown, key: string): Json | undefined {
	return isObject(value) && Object.prototype.hasOwnProperty.call(value, key)
		? value[key]
		: undefined;
}

export function objectAt(value: unknown, key: string): JsonObject | undefined {
	const found = field(value, key);
	return isObject(found) ? found : undefined;
}

/** Text at `key`; a number counts as text because very old samples show bare numbers as ids. */
export function textAt(value: unknown, key: string): string | undefined {
	const found = field(value, key);
	if (typeof found === 'number') return String(found);
	return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A whole number at `key`, also as text of digits. */
export function wholeAt(value: unknown, key: string): number | undefined {
	const found = field(value, key);
	const number = typeof found === 'string' && /^-?\d+$/.test(found) ? Number(found) : found;
	return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

export function listAt(value: unknown, key: string): JsonObject[] {
	const found = field(value, key);
	return Array.isArray(found) ? found.filter(isObject) : [];
}

/** What a text means as JSON; `undefined` for anything that is not JSON. */
export function parseJson(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}

export function parseObject(text: string): JsonObject | undefined {
	const value = parseJson(text);
	return isObject(value) ? value : undefined;
}

/** `value` without the fields that are `undefined`, so that nothing empty goes over the wire. */
export function compact<T extends JsonObject>(value: T): T {
	const filled: JsonObject = {};
	for (const key of Object.keys(value)) {
		// A field of this name would become the prototype.
		if (value[key] !== undefined && key !== '__proto__') filled[key] = value[key];
	}
	return filled as T;
}
