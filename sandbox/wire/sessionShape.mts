import { isObject, type JsonObject } from '../lib/json.mts';
import { FIELD_NAMES_BY_VERSION } from '../protocol/apiVersions.mts';
import type { ListShape, Settings } from '../config/settings.mts';
import { showMetadata } from './metadataForm.mts';

/** The settings of another bank's form of sessions. */
export type SessionShape = Pick<
	Settings,
	| 'listShape'
	| 'closesFailedAsAccepted'
	| 'hidesNextAction'
	| 'metadataForm'
	| 'refundMetadataForm'
	| 'emptyErrors'
	| 'amountsAsText'
>;

const OPERATION_LISTS = Object.values(FIELD_NAMES_BY_VERSION).flatMap(({ payouts, payments }) => [
	payouts,
	payments,
]);

const objectsIn = (list: unknown): JsonObject[] =>
	Array.isArray(list) ? list.filter(isObject) : [];

/** Changes the session of a response or webhook body to the form of the settings, in place. */
export function shapeSession(body: JsonObject, shape: SessionShape): JsonObject {
	const { session } = body;
	if (isObject(session)) shapeOneSession(session, shape);
	return shape.amountsAsText ? amountsAsText(body) : body;
}

function shapeOneSession(session: JsonObject, shape: SessionShape): void {
	const operations = OPERATION_LISTS.flatMap((name) => objectsIn(session[name]));
	for (const operation of operations) {
		showMetadata(operation, shape.metadataForm);
		for (const refund of objectsIn(operation.refunds))
			showMetadata(refund, shape.refundMetadataForm);
	}
	if (shape.emptyErrors === 'everywhere') {
		for (const one of [session, ...operations]) one.error ??= {};
	}
	if (shape.hidesNextAction) delete session.next_action;
	const isClosed = session.status === 'accepted' || session.status === 'cancelled';
	if (!isClosed) return;
	if (shape.closesFailedAsAccepted && operations.length > 0) {
		session.status = 'accepted';
		delete session.error;
	}
	for (const operation of operations) shapeList(operation, 'refunds', shape.listShape);
	for (const name of OPERATION_LISTS) shapeList(session, name, shape.listShape);
}

function shapeList(parent: JsonObject, name: string, shape: ListShape): void {
	const list = parent[name];
	if (!Array.isArray(list) || shape === 'list') return;
	delete parent[name];
	// PHP writes a list whose first element was removed as an object with the key "1".
	if (shape === 'object') parent[name] = Object.fromEntries(list.map((one, at) => [at + 1, one]));
	if (shape === 'single') parent[name] = list[0];
	if (shape === 'wrapped') parent[name] = { items: list, total: list.length };
	if (shape === 'renamed') parent[`${name}_items`] = list;
}

/** Names of amounts in sessions, balances and statements. */
const AMOUNT_NAMES = /^(amount|base_amount|current_balance|debet|credit|opening|closing)$/;

/** A copy of a JSON value whose amounts are text. */
export function amountsAsText<T>(value: T): T;
export function amountsAsText(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one) => amountsAsText<unknown>(one));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [
			name,
			typeof one === 'number' && AMOUNT_NAMES.test(name) ? String(one) : amountsAsText(one),
		]),
	);
}
