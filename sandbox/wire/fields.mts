import { invalidRequest } from '../protocol/bankError.mts';
import { valueAt, isObject, type JsonObject } from '../lib/json.mts';

export function requiredObject(body: unknown, path: string): JsonObject {
	const value = valueAt(body, path);
	if (!isObject(value)) throw invalidRequest(`${path}: object is required`);
	return value;
}

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

export function requiredText(body: unknown, path: string, rule: TextRule = {}): string {
	return checkText(valueAt(body, path), path, rule);
}

export function optionalText(body: unknown, path: string, rule: TextRule = {}): string | undefined {
	const value = valueAt(body, path);
	return value === undefined || value === null ? undefined : checkText(value, path, rule);
}

export function oneOf<T extends string>(body: unknown, path: string, allowed: readonly T[]): T {
	const value = valueAt(body, path);
	const match = allowed.find((name) => name === value);
	if (match === undefined) throw invalidRequest(`${path}: one of ${allowed.join(', ')}`);
	return match;
}

export const digits = (length: number): TextRule => ({
	pattern: new RegExp(`^\\d{${length}}$`),
	expected: `${length} digits`,
});

/** Purpose of a transfer: `?` and `!` are forbidden (api/03 2). */
export const transferPurpose = (max: number): TextRule => ({
	pattern: /^[^?!]*$/,
	expected: 'the characters ? and ! are forbidden',
	max,
});
