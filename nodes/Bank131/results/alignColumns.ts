import type { JsonObject } from '../../../bank131/lib/json';
import { withMainFieldsFirst } from '../../../bank131/session/describe';

/** Texts that only some items of a run have, and that people look for first. */
const TEXTS = ['recipientName', 'errorCode', 'errorDescription', 'advice', 'adviceCode'];

/**
 * Gives an item those of these texts that some item of the run has, empty where there is nothing to say. n8n orders the
 * columns of its table by the first item: the reason of a later one would stand behind all its columns.
 */
export function columnAligner(items: JsonObject[]): (item: JsonObject) => JsonObject {
	const names = TEXTS.filter((name) => items.some((item) => name in item));
	const empty = Object.fromEntries(names.map((name) => [name, '']));
	return (item) =>
		names.every((name) => name in item) ? item : withMainFieldsFirst({ ...empty, ...item });
}
