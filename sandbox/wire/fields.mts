import { invalidRequest } from '../protocol/bankError.mts';
import { valueAt, isObject, type JsonObject } from '../lib/json.mts';

/** The object at a dotted path; throws `invalid_request` if there is none. */
export function requiredObject(body: unknown, path: string): JsonObject {
	const value = valueAt(body, path);
	if (!isObject(value)) throw invalidRequest(`${path}: object is required`);
	return value;
}

/**
 * Rule for a text field. `expected` describes the pattern in the error; `max` is a number of
 * characters.
 */
interface TextRule {
	pattern?: RegExp;
	expected?: string;
	max?: number;
}

function checkText(value: unknown, path: string, rule: TextRule): string {
	if (typeof value !== 'string' || value.trim() === '')
		throw invalidRequest(`${path}: text is required`);
	if (rule.pattern !== undefined && !rule.pattern.test(value)) {
		throw invalidRequest(`${path}: ${rule.expected ?? 'wrong format'}`);
	}
	if (rule.max !== undefined && [...value].length > rule.max) {
		throw invalidRequest(`${path}: at most ${rule.max} characters`);
	}
	return value;
}

/** The text at a dotted path; throws `invalid_request` if it is missing, blank or breaks the rule. */
export function requiredText(body: unknown, path: string, rule: TextRule = {}): string {
	return checkText(valueAt(body, path), path, rule);
}

/** Like `requiredText`, but `undefined` if the field is missing or `null`. */
export function optionalText(body: unknown, path: string, rule: TextRule = {}): string | undefined {
	const value = valueAt(body, path);
	return value === undefined || value === null ? undefined : checkText(value, path, rule);
}

/** The text at a dotted path; throws `invalid_request` if it is not one of the allowed values. */
export function oneOf<T extends string>(body: unknown, path: string, allowed: readonly T[]): T {
	const value = valueAt(body, path);
	const match = allowed.find((name) => name === value);
	if (match === undefined) throw invalidRequest(`${path}: one of ${allowed.join(', ')}`);
	return match;
}

/** Rule: exactly `length` digits. */
export const digits = (length: number): TextRule => ({
	pattern: new RegExp(`^\\d{${length}}$`),
	expected: `${length} digits`,
});

/** Rule for the purpose of a transfer: the characters `?` and `!` are forbidden (api/03 2). */
export const transferPurpose = (max: number): TextRule => ({
	pattern: /^[^?!]*$/,
	expected: 'the characters ? and ! are forbidden',
	max,
});
