import type { FieldType, Shape } from './output-shapes.mts';

/** The parts of a JSON schema that n8n reads. */
export interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

/** JSON schema of a field. n8n shows the first of several types. */
const typeOf = (type: FieldType): Schema =>
	type === 'any' ? { type: ['string', 'number', 'object', 'array'] } : { type };

const schemaOf = (shape: Shape): Schema => ({
	type: 'object',
	properties: Object.fromEntries(
		Object.entries(shape).map(([name, type]) => [
			name,
			Array.isArray(type) ? { type: 'array', items: schemaOf(type[0]) } : typeOf(type),
		]),
	),
});

/** Text of a schema file in the layout of n8n's own nodes, one field per line. */
export function schemaText(shape: Shape): string {
	const text = JSON.stringify({ ...schemaOf(shape), version: 1 }, null, '\t');
	// A field without nested fields is written on one line.
	const short = text.replace(/\{\n\t+"type": ("\w+"|\[[^\]]+\])\n\t+\}/g, (_, type: string) => {
		return `{ "type": ${type.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']')} }`;
	});
	return `${short}\n`;
}
