import { invalid } from '../protocol/bankError.mts';
import { at, isObject, type JsonObject } from '../lib/json.mts';

export function objectAt(body: unknown, path: string): JsonObject {
	const found = at(body, path);
	if (!isObject(found)) throw invalid(`${path}: object is required`);
	return found;
}

interface TextRule {
	pattern?: RegExp;
	says?: string;
	max?: number;
}

function checkText(value: unknown, path: string, rule: TextRule): string {
	if (typeof value !== 'string' || value.trim() === '') throw invalid(`${path}: text is required`);
	if (rule.pattern !== undefined && !rule.pattern.test(value)) {
		throw invalid(`${path}: ${rule.says ?? 'wrong format'}`);
	}
	if (rule.max !== undefined && [...value].length > rule.max) {
		throw invalid(`${path}: at most ${rule.max} characters`);
	}
	return value;
}

export function requiredText(body: unknown, path: string, rule: TextRule = {}): string {
	return checkText(at(body, path), path, rule);
}

export function optionalText(body: unknown, path: string, rule: TextRule = {}): string | undefined {
	const value = at(body, path);
	return value === undefined || value === null ? undefined : checkText(value, path, rule);
}

export function oneOf<T extends string>(body: unknown, path: string, allowed: readonly T[]): T {
	const value = at(body, path);
	const found = allowed.find((name) => name === value);
	if (found === undefined) throw invalid(`${path}: one of ${allowed.join(', ')}`);
	return found;
}

export const digits = (length: number): TextRule => ({
	pattern: new RegExp(`^\\d{${length}}$`),
	says: `${length} digits`,
});

/** Purpose of a transfer: `?` and `!` are forbidden (api/03 2). */
export const purpose = (max: number): TextRule => ({
	pattern: /^[^?!]*$/,
	says: 'the characters ? and ! are forbidden',
	max,
});
