import { field } from '../../../bank131/lib/json';

/**
 * A parameter that consists of columns of the item and plain text only. Texts and columns alternate, with a text first
 * and last: `={{ $json.amount }}` is one column between two empty texts.
 */
export interface SimpleExpression {
	texts: string[];
	columns: string[];
}

/** `{{ $json.column }}` or `{{ $json["column"] }}`. n8n evaluates every other expression. */
const COLUMN =
	/\{\{\s*\$json(?:\.([\p{L}_][\p{L}\p{N}_]*)|\[(?:"([^"'{}\\\n]+)"|'([^"'{}\\\n]+)')\])\s*\}\}/gu;
/**
 * Characters that n8n may not treat as plain text: a brace may open an expression, a backslash may escape one, and
 * older versions change line breaks.
 */
const NOT_PLAIN = /[{}\\\p{Cc}\u2028\u2029]/u;
/** n8n refuses every expression that contains this. */
const REFUSED_BY_N8N = /\.\s*constructor/;

/** The parts of a simple expression; `undefined` for a fixed value and for an expression that n8n has to evaluate. */
export function parseSimpleExpression(stored: unknown): SimpleExpression | undefined {
	if (typeof stored !== 'string' || !stored.startsWith('=')) return undefined;
	if (REFUSED_BY_N8N.test(stored)) return undefined;
	const expression: SimpleExpression = { texts: [], columns: [] };
	let position = 1;
	for (const match of stored.matchAll(COLUMN)) {
		expression.texts.push(stored.slice(position, match.index));
		expression.columns.push(match[1] ?? match[2] ?? match[3]);
		position = match.index + match[0].length;
	}
	expression.texts.push(stored.slice(position));
	const isSimple =
		expression.columns.length > 0 && !expression.texts.some((text) => NOT_PLAIN.test(text));
	return isSimple ? expression : undefined;
}

/**
 * The value that n8n would give for an item; `undefined` unless every column of it holds text, a finite number or a
 * boolean.
 */
export function evaluate(
	{ texts, columns }: SimpleExpression,
	json: unknown,
): string | number | boolean | undefined {
	const values: Array<string | number | boolean> = [];
	for (const column of columns) {
		const value = field(json, column);
		if (!isScalar(value)) return undefined;
		values.push(value);
	}
	// A column without text around it keeps its type; with text, even a blank, n8n converts it to text.
	if (values.length === 1 && texts[0] === '' && texts[1] === '') return values[0];
	return texts.reduce((result, text, index) => `${result}${values[index - 1]}${text}`);
}

const isScalar = (value: unknown): value is string | number | boolean =>
	typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

/** The expressions in braces of a parameter, e.g. `{{ $json.id }}`. */
export const expressionParts = (stored: string): string[] =>
	stored
		.split('{{')
		.slice(1)
		.filter((part) => part.includes('}}'))
		.map((part) => `{{${part.slice(0, part.indexOf('}}'))}}}`);

/** Whether an expression is put together from several parts, or from a part and text around it. */
export function isTemplate(stored: string): boolean {
	const parts = expressionParts(stored);
	// The expression begins with `=`.
	return parts.length > 1 || (parts.length === 1 && stored.length > parts[0].length + 1);
}
