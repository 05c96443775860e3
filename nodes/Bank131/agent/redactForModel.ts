import { isObject, type Json, type JsonObject } from '../../../bank131/lib/json';
import { redactDeep } from '../../../bank131/values/mask';

/** With these somebody could pay or charge: nothing that a model needs to see. */
const TOKENS = new Set(['accountToken', 'recurringToken']);

/**
 * What goes back to an AI agent, and so to whoever runs its model: without tokens, and of a raw session (Simplify off) only
 * what may be shown.
 */
export function redactForModel(json: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, shown(key, value)]));
}

function shown(key: string, value: Json | undefined): Json | undefined {
	if (TOKENS.has(key) && value !== undefined) return '***';
	if (key === 'session') return redactDeep(value);
	if (Array.isArray(value))
		return value.map((entry) => (isObject(entry) ? redactForModel(entry) : entry));
	return isObject(value) ? redactForModel(value) : value;
}
