import { isObject, type Json } from '../lib/json';

/** Fields that say whose card, account, wallet or receipt it is, in the bank's spelling. */
const IDENTIFYING_FIELDS = new Set([
	'account',
	'number',
	'number_hash',
	'phone',
	'tax_reference',
	'token',
]);

/**
 * What tells one recipient or payer from another in the bank's objects: numbers and tokens, without the purpose and other
 * words that may be put differently the second time. All of it where no such field is. Secret: never output, log or store it.
 */
export function counterpartyKey(details: Json | undefined): Json {
	const found: Json[] = [];
	collect(details, found);
	return found.length > 0 ? found : (details ?? null);
}

function collect(value: Json | undefined, into: Json[]): void {
	if (Array.isArray(value)) return value.forEach((entry) => collect(entry, into));
	if (!isObject(value)) return;
	for (const [key, entry] of Object.entries(value)) {
		if (IDENTIFYING_FIELDS.has(key) && typeof entry === 'string') into.push(entry);
		else collect(entry, into);
	}
}
