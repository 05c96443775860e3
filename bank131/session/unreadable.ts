import { field, isObject, textAt, type Json, type JsonObject } from '../lib/json';
import { FIELD_NAMES_BY_VERSION } from '../protocol/fieldNames';

const OPERATION_LISTS: readonly string[] = [
	FIELD_NAMES_BY_VERSION.payouts,
	FIELD_NAMES_BY_VERSION.payments,
].flatMap(({ v1, v2 }) => [v1, v2]);

/** Fields of a response and of a session that hold no operation (bank's page "Objects", PHP SDK). */
const BODY_FIELDS: ReadonlySet<string> = new Set(['session', 'confirm_information', 'error']);
const SESSION_FIELDS: ReadonlySet<string> = new Set([
	...OPERATION_LISTS,
	'confirm_information',
	'customer',
	'error',
	'fiscalization_details',
	'metadata',
	'participant_details',
	'payment_details',
	'payment_method',
	'payment_options',
	'payout_details',
]);
/** Fields of a payout or payment that hold no refund. */
const OPERATION_FIELDS: ReadonlySet<string> = new Set([
	'amount_details',
	'amounts',
	'customer',
	'customer_interaction',
	'error',
	'fiscalization_details',
	'metadata',
	'participant_details',
	'payment_details',
	'payment_method',
	'payment_options',
	'payout_details',
	'recurrent',
	'refunds',
	'revenue_split_info',
	'subscription',
	'transaction_info',
]);

/** How deep a wrapper of a list may be. */
const MAX_DEPTH = 4;

/**
 * Whether a response holds data that look like a payout, a payment or a refund but are not where, or not in the form in
 * which, the documents show them: a list as an object (PHP writes a list with a gap so), a single object, a wrapper, or
 * another name. Such data may be a failed payout or a return.
 */
export function hasUnreadableOperations(body: JsonObject, session: JsonObject): boolean {
	for (const name of OPERATION_LISTS) {
		const list = field(session, name);
		if (!isReadableList(list)) return true;
		if (Array.isArray(list) && list.filter(isObject).some(hasUnreadableRefunds)) return true;
	}
	return hasOperationElsewhere(session, SESSION_FIELDS) || hasOperationElsewhere(body, BODY_FIELDS);
}

/** Whether a payout or payment, as the bank sent it, holds refunds that cannot be read. */
export function hasUnreadableRefunds(operation: JsonObject): boolean {
	const refunds = field(operation, 'refunds');
	const isEmptyObject = isObject(refunds) && Object.keys(refunds).length === 0;
	return (
		!(isReadableList(refunds) || isEmptyObject) ||
		hasOperationElsewhere(operation, OPERATION_FIELDS)
	);
}

const isReadableList = (list: Json | undefined): boolean =>
	list === undefined || list === null || (Array.isArray(list) && list.every(isObject));

const hasOperationElsewhere = (object: JsonObject, known: ReadonlySet<string>): boolean =>
	Object.keys(object).some(
		(name) =>
			!known.has(name) && (isNamedLikeOperation(name, object[name]) || isLikely(object[name], 0)),
	);

const isNamedLikeOperation = (name: string, value: Json | undefined): boolean =>
	/payout|payment|refund|return|operation/i.test(name) &&
	// Such as `paymentMetadata` of a transfer abroad (bank's page "Webhooks").
	!/(metadata|details|options|info)$/i.test(name) &&
	typeof value === 'object' &&
	value !== null &&
	Object.keys(value).length > 0;

/** Whether the value is or contains an object with the fields of an operation or refund. */
function isLikely(value: Json | undefined, depth: number): boolean {
	if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
	if (isObject(value) && textAt(value, 'status') !== undefined) {
		if (textAt(value, 'id') !== undefined || isObject(field(value, 'amount_details'))) return true;
	}
	return Object.values(value).some((part) => isLikely(part, depth + 1));
}
