import { isObject, type Json, type JsonObject } from '../../../bank131/lib/json';
import { redactDeep } from '../../../bank131/values/mask';

/** Output fields that allow paying or charging. A model does not need them. */
const TOKEN_FIELDS = new Set(['accountToken', 'recurringToken']);

/**
 * The output for an AI agent. The operator of the model sees it too, so tokens are replaced by `***`, and a raw session
 * (Simplify off) is redacted.
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
