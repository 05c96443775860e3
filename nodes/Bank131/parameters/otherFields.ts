import type { IExecuteFunctions } from 'n8n-workflow';

import { field, isObject, type Json, type JsonObject } from '../../../bank131/lib/json';
import { isMaskedField, maskNumbers } from '../../../bank131/values/mask';
import { runsAsTool } from '../../shared/toolMode';
import { pathsIn, type Path } from './fieldPaths';

/** The option whose name and label are those of n8n's own node Edit Fields. */
export const INCLUDE_OTHER_FIELDS = 'includeOtherFields';

/**
 * Fields that say how an operation stands. Those of an earlier node are not passed on: where this operation has none,
 * they would be taken for its own.
 */
const STATE_FIELDS: ReadonlySet<string> = new Set([
	// n8n takes an item with `error` for one that failed.
	...['outcome', 'final', 'error'],
	...['errorCode', 'errorDescription', 'rejectReasons', 'advice', 'adviceCode'],
	...['bankReference', 'bankMethod', 'sessionId', 'triedSessionId', 'sessionStatus', 'nextAction'],
	...['payoutId', 'payoutStatus', 'paymentId', 'paymentStatus', 'finishedAt'],
	...['refund', 'refunds', 'refunded', 'refundedMinorUnits', 'refundReference'],
	...['session', 'operations', 'confirmInformation', 'bankStateLags'],
]);

/**
 * The fields of the input items that the option Include Other Input Fields passes on: without what this operation used
 * as a card, account, phone or secret, and with every card number and bank account masked.
 */
export class OtherFields {
	private constructor(
		private readonly node: IExecuteFunctions,
		private readonly hidden: Path[],
	) {}

	/** `undefined` if the option is off. The output for an AI agent has the fields of the operation only. */
	static open(node: IExecuteFunctions): OtherFields | undefined {
		if (runsAsTool(node) || !isIncluded(node)) return undefined;
		return new OtherFields(node, hiddenPaths(node.getNode().parameters));
	}

	/** Leaves out this column as well. */
	hide(column: string): void {
		this.hidden.push([column]);
	}

	/** `own` first, then the fields of this input item that have other names. */
	addTo(own: JsonObject, itemIndex: number): JsonObject {
		const input = (this.node.getInputData()[itemIndex]?.json ?? {}) as JsonObject;
		const shown = this.hidden.reduce<Json>(without, input);
		const output = { ...own };
		for (const [name, value] of Object.entries(maskNumbers(shown) as JsonObject)) {
			if (!(name in own) && !STATE_FIELDS.has(name)) output[name] = value;
		}
		return output;
	}
}

/** Whether the option is on. An expression that fails is reported where the options are read. */
function isIncluded(node: IExecuteFunctions): boolean {
	if (field(node.getNode().parameters.options, INCLUDE_OTHER_FIELDS) === undefined) return false;
	try {
		const value = field(node.getNodeParameter('options', 0, null), INCLUDE_OTHER_FIELDS);
		return String(value).trim().toLowerCase() === 'true';
	} catch {
		return true;
	}
}

/** What the expressions of card, account, phone and secret fields take from an item. */
const hiddenPaths = (parameters: unknown, name = ''): Path[] => {
	if (typeof parameters === 'string') return isMaskedField(name) ? pathsIn(parameters) : [];
	if (typeof parameters !== 'object' || parameters === null) return [];
	return Object.entries(parameters).flatMap(([key, value]) =>
		hiddenPaths(value, Array.isArray(parameters) ? name : key),
	);
};

/** The data without the field at this path. What follows a field, such as a method, is no field. */
function without(data: Json, [name, ...rest]: Path): Json {
	if (!hasField(data, name)) return data;
	const inner = (data as JsonObject)[name];
	const isDeeper = rest.length > 0 && hasField(inner, rest[0]);
	if (Array.isArray(data)) {
		return data.map((one, index) => {
			if (String(index) !== name) return one;
			return isDeeper ? without(one, rest) : null;
		});
	}
	const copy = { ...(data as JsonObject) };
	if (isDeeper) copy[name] = without(inner as Json, rest);
	else delete copy[name];
	return copy;
}

const hasField = (data: unknown, name: string): boolean =>
	(isObject(data) || Array.isArray(data)) && Object.prototype.hasOwnProperty.call(data, name);
