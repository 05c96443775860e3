import { compact, type Json, type JsonObject } from '../lib/json';
import { isGiven } from '../values/text';

/**
 * Parsers for the values of a participant. They report problems themselves. `field` is the bank's name of the field.
 */
export interface ParticipantParsers {
	text(value: unknown, field: string): string;
	/** A calendar day, as YYYY-MM-DD. */
	date(value: unknown, field: string): string;
	/** A JSON object, or text that holds one; `undefined` if it is neither. */
	object(value: unknown, field: string): JsonObject | undefined;
}

/**
 * A Participant (bank's page "Objects", the rest from the PHP SDK). `filledFields` have the bank's own names and are
 * not empty. They are texts, except the days and `identity_document`, which is an object.
 */
export function participantObject(
	filledFields: Array<[field: string, value: Json | undefined]>,
	parse: ParticipantParsers,
): JsonObject | undefined {
	if (filledFields.length === 0) return undefined;
	const parseField = (field: string, value: unknown): Json | undefined => {
		if (field === 'identity_document') return identityDocument(value, field, parse);
		return field.startsWith('date_of_') ? parse.date(value, field) : parse.text(value, field);
	};
	return Object.fromEntries(
		filledFields.map(([field, value]) => [field, parseField(field, value)]),
	);
}

/** `issue_date` and `id_expiration_date` of the document are days as well (PHP SDK). */
function identityDocument(
	value: unknown,
	field: string,
	parse: ParticipantParsers,
): JsonObject | undefined {
	const document = parse.object(value, field);
	const days = Object.entries(document ?? {}).filter(
		([key, day]) => key.endsWith('_date') && isGiven(day),
	);
	return (
		document && {
			...document,
			...Object.fromEntries(days.map(([key, day]) => [key, parse.date(day, key)])),
		}
	);
}

/** `participant_details`: both participants without empty fields; `undefined` if nothing is left. */
export function participantDetails(
	sender: JsonObject,
	recipient: JsonObject,
): JsonObject | undefined {
	return filledObject({ sender: filledObject(sender), recipient: filledObject(recipient) });
}

function filledObject(value: JsonObject): JsonObject | undefined {
	const compacted = compact(value);
	return Object.keys(compacted).length > 0 ? compacted : undefined;
}
