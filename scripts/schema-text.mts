import type { FieldType, Shape } from './output-shapes.mts';

export interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

/** n8n shows the first of several types. */
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

/** The schema as n8n's own nodes carry it, one field per line. */
export function schemaText(shape: Shape): string {
	const text = JSON.stringify({ ...schemaOf(shape), version: 1 }, null, '\t');
	// A field without fields of its own goes on one line.
	const short = text.replace(/\{\n\t+"type": ("\w+"|\[[^\]]+\])\n\t+\}/g, (_, type: string) => {
		return `{ "type": ${type.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']')} }`;
	});
	return `${short}\n`;
}
