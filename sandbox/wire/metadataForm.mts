import { isObject, type JsonObject } from '../lib/json.mts';
import type { MetadataForm } from '../config/settings.mts';

/** Length of a text in the form `cut`. */
const MAX_LENGTH = 20;

/** As PHP's htmlspecialchars writes them. */
const HTML_ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#039;',
};

/** What each form makes of one text; the other forms change the whole metadata. */
const TEXT_FORMS: Partial<Record<MetadataForm, (text: string) => unknown>> = {
	cut: (text) => [...text].slice(0, MAX_LENGTH).join(''),
	lowerCase: (text) => text.toLowerCase(),
	htmlEscaped: (text) => text.replace(/[&<>"']/g, (sign) => HTML_ENTITIES[sign]),
	nfkc: (text) => text.normalize('NFKC'),
	number: (text) => (/^\d+$/.test(text) ? Number(text) : text),
};

function mapTexts(value: unknown, change: (text: string) => unknown): unknown {
	if (typeof value === 'string') return change(value);
	if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [name, mapTexts(one, change)]),
	);
}

/** Changes the metadata of an operation or refund to the form, in place. */
export function showMetadata(operation: JsonObject, form: MetadataForm): void {
	if (operation.metadata === undefined || form === 'same') return;
	if (form === 'absent') delete operation.metadata;
	else if (form === 'text') {
		if (typeof operation.metadata !== 'string')
			operation.metadata = JSON.stringify(operation.metadata);
	} else {
		const change = TEXT_FORMS[form];
		if (change !== undefined) operation.metadata = mapTexts(operation.metadata, change);
	}
}
