/** A parsed JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
/** A JSON object; a field that is `undefined` is omitted from the text. */
export interface JsonObject {
	[key: string]: Json | undefined;
}

/** Whether `value` is an object other than an array. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads own property `key` of an untrusted value; `undefined` if it is not an object or has no such property. */
export function field(value: unknown, key: string): Json | undefined {
	return isObject(value) && Object.prototype.hasOwnProperty.call(value, key)
		? value[key]
		: undefined;
}

/** The object at `key`; `undefined` if there is none. A list is not an object. */
export function objectAt(value: unknown, key: string): JsonObject | undefined {
	const property = field(value, key);
	return isObject(property) ? property : undefined;
}

/** The non-empty text at `key`. A number is returned as text, because very old samples show IDs as numbers. */
export function textAt(value: unknown, key: string): string | undefined {
	const property = field(value, key);
	if (typeof property === 'number') return String(property);
	return typeof property === 'string' && property !== '' ? property : undefined;
}

/** The safe integer at `key`, as a number or as a text of digits; `undefined` for anything else. */
export function integerAt(value: unknown, key: string): number | undefined {
	const property = field(value, key);
	const number =
		typeof property === 'string' && /^-?\d+$/.test(property) ? Number(property) : property;
	return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/** The boolean at `key`; `undefined` for anything else, also for the text `true`. */
export function booleanAt(value: unknown, key: string): boolean | undefined {
	const property = field(value, key);
	return typeof property === 'boolean' ? property : undefined;
}

/** The objects in the list at `key`; empty if there is no list. Elements that are not objects are omitted. */
export function listAt(value: unknown, key: string): JsonObject[] {
	const property = field(value, key);
	return Array.isArray(property) ? property.filter(isObject) : [];
}

/** Parses JSON; `undefined` if the text is not JSON. */
export function parseJson(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}

/** Parses a JSON object; `undefined` if the text is anything else. */
export function parseObject(text: string): JsonObject | undefined {
	const value = parseJson(text);
	return isObject(value) ? value : undefined;
}

/** A shallow copy of `value` without its fields that are `undefined`, in the same order. */
export function compact<T extends JsonObject>(value: T): T {
	const result: JsonObject = {};
	for (const key of Object.keys(value)) {
		// Assigning this key would set the prototype.
		if (value[key] !== undefined && key !== '__proto__') result[key] = value[key];
	}
	return result as T;
}
