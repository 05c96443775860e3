import { field } from '../../../bank131/lib/json';

/**
 * A parameter that is made of columns of the item and plain text only: text and column in turns, beginning and ending with
 * text. `={{ $json.amount }}` is one column between two empty texts.
 */
export interface SimpleExpression {
	texts: string[];
	columns: string[];
}

/** `{{ $json.column }}` or `{{ $json["column"] }}`. Everything else is an expression for n8n. */
const COLUMN =
	/\{\{\s*\$json(?:\.([\p{L}_][\p{L}\p{N}_]*)|\[(?:"([^"'{}\\\n]+)"|'([^"'{}\\\n]+)')\])\s*\}\}/gu;
/** In these n8n sees more than text: a brace may open an expression, a backslash escape one; older versions change line breaks. */
const NOT_PLAIN = /[{}\\\p{Cc}\u2028\u2029]/u;
/** n8n refuses it anywhere. */
const REFUSED = /\.\s*constructor/;

export function parseSimpleExpression(written: unknown): SimpleExpression | undefined {
	if (typeof written !== 'string' || !written.startsWith('=')) return undefined;
	if (REFUSED.test(written)) return undefined;
	const template: SimpleExpression = { texts: [], columns: [] };
	let at = 1;
	for (const found of written.matchAll(COLUMN)) {
		template.texts.push(written.slice(at, found.index));
		template.columns.push(found[1] ?? found[2] ?? found[3]);
		at = found.index + found[0].length;
	}
	template.texts.push(written.slice(at));
	const isReadable =
		template.columns.length > 0 && !template.texts.some((text) => NOT_PLAIN.test(text));
	return isReadable ? template : undefined;
}

/** What n8n would make of it for this item, if every column is there with text, a number or a boolean in it. */
export function evaluate(
	{ texts, columns }: SimpleExpression,
	json: unknown,
): string | number | boolean | undefined {
	const values: Array<string | number | boolean> = [];
	for (const column of columns) {
		const value = field(json, column);
		if (!isPlain(value)) return undefined;
		values.push(value);
	}
	// A blank outside the braces makes text of a number.
	if (values.length === 1 && texts[0] === '' && texts[1] === '') return values[0];
	return texts.reduce((filled, text, index) => `${filled}${values[index - 1]}${text}`);
}

const isPlain = (value: unknown): value is string | number | boolean =>
	typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
