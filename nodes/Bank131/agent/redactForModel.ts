import { isObject, type Json, type JsonObject } from '../../../bank131/lib/json';
import { redactDeep } from '../../../bank131/values/mask';

/** Output fields with which somebody could pay or charge. A model does not need them. */
const TOKEN_FIELDS = new Set(['accountToken', 'recurringToken']);

/**
 * The output for an AI agent, and so for the operator of its model: without tokens, and with a raw session (Simplify
 * off) redacted.
 */
export function redactForModel(json: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(json).map(([key, value]) => [key, redactField(key, value)]),
	);
}

function redactField(key: string, value: Json | undefined): Json | undefined {
	if (TOKEN_FIELDS.has(key) && value !== undefined) return '***';
	if (key === 'session') return redactDeep(value);
	if (Array.isArray(value))
		return value.map((entry) => (isObject(entry) ? redactForModel(entry) : entry));
	return isObject(value) ? redactForModel(value) : value;
}
