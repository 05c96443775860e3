/** Where a field lies in the data of an item, e.g. `['person', 'card']`. */
export type Path = string[];

/** `$json.a.b`, `$json["a"]`, `$input.item.json.a[0]` … : the names that follow `json`. */
const FIELD_AFTER_JSON =
	/\bjson((?:\s*(?:\??\.\s*[\p{L}_$][\p{L}\p{N}_$]*|(?:\?\.)?\[\s*(?:"[^"]*"|'[^']*'|`[^`]*`|\d+)\s*\]))+)/gu;
const STEP = /\.\s*([\p{L}_$][\p{L}\p{N}_$]*)|\[\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|(\d+))\s*\]/gu;

/** The fields that an expression reads. */
export const pathsIn = (expression: string): Path[] =>
	[...expression.matchAll(FIELD_AFTER_JSON)].map(([, chain]) =>
		[...chain.matchAll(STEP)].map((step) => step.slice(1).find((name) => name !== undefined) ?? ''),
	);

/** The columns of the input that the expressions in these parameters read. */
export function columnsReadBy(parameters: unknown): string[] {
	if (typeof parameters === 'string') {
		return parameters.startsWith('=') ? pathsIn(parameters).map(([column]) => column) : [];
	}
	if (typeof parameters !== 'object' || parameters === null) return [];
	return Object.values(parameters).flatMap(columnsReadBy);
}
