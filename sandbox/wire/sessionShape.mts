import { isObject, type JsonObject } from '../lib/json.mts';
import { FIELD_NAMES_BY_VERSION } from '../protocol/apiVersions.mts';
import type { ListShape, Settings } from '../config/settings.mts';

/** The settings of another bank's form of sessions. */
export type SessionShape = Pick<
	Settings,
	'listShape' | 'closesFailedAsAccepted' | 'hidesNextAction'
>;

const OPERATION_LISTS = Object.values(FIELD_NAMES_BY_VERSION).flatMap(({ payouts, payments }) => [
	payouts,
	payments,
]);

/** Changes the session of a response or webhook body to the form of the settings, in place. */
export function shapeSession(body: JsonObject, shape: SessionShape): JsonObject {
	const { session } = body;
	if (!isObject(session)) return body;
	if (shape.hidesNextAction) delete session.next_action;
	const isClosed = session.status === 'accepted' || session.status === 'cancelled';
	if (!isClosed) return body;
	if (shape.closesFailedAsAccepted) session.status = 'accepted';
	for (const name of OPERATION_LISTS) {
		const operations = session[name];
		if (!Array.isArray(operations)) continue;
		for (const operation of operations) {
			if (isObject(operation)) shapeList(operation, 'refunds', shape.listShape);
		}
		shapeList(session, name, shape.listShape);
	}
	return body;
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
