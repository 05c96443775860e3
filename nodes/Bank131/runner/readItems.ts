import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { compact, textAt, type JsonObject } from '../../../bank131/lib/json';
import type { Operation } from '../contract/operation';
import type { BatchParameters, FpsBankLookup } from '../parameters/batchParameters';
import { ItemParameters } from '../parameters/itemParameters';
import { rejectDuplicateReferences } from './duplicateReferences';
import type { InvalidItem } from './itemErrors';

/** How long items are read before other work of n8n's event loop gets a turn, ms. */
const TURN_MS = 5;

/** An item that can be run. */
export interface ValidItem {
	kind: 'valid';
	input: unknown;
	/** Identifies the payment; empty if the operation has no identity. */
	identity: string;
}

/** An item after its parameters were read and checked. */
export type ReadItem = ValidItem | InvalidItem;

interface ParsedItem {
	input: unknown;
	identity: string;
	param: ItemParameters;
}

/**
 * Reads every item before the first request that changes something, so that every problem is known before money moves.
 * `loadFpsBanks` is called at most once, and only if an item gives a bank by its name.
 */
export async function readItems(
	node: IExecuteFunctions,
	operation: Operation,
	batchParameters: BatchParameters,
	loadFpsBanks: () => Promise<FpsBankLookup>,
): Promise<ReadItem[]> {
	const count = node.getInputData().length;
	const parsed: ParsedItem[] = [];
	let turnEnds = Date.now() + TURN_MS;
	for (let itemIndex = 0; itemIndex < count; itemIndex++) {
		if (Date.now() >= turnEnds) {
			await sleep(0);
			turnEnds = Date.now() + TURN_MS;
		}
		let param = new ItemParameters(node, itemIndex, batchParameters);
		let input = readItem(operation, param);
		if (param.needsFpsBanks) {
			batchParameters.fpsBanks = await loadFpsBanks();
			param = new ItemParameters(node, itemIndex, batchParameters);
			input = readItem(operation, param);
		}
		// What is wrong for all items is reported once.
		if (batchParameters.problem) return [];
		const identity = input === undefined ? '' : (operation.identity?.of(input) ?? '');
		parsed.push({ input, identity, param });
	}
	rejectDuplicateReferences(operation, parsed);
	return parsed.map(({ input, identity, param: { problems } }, itemIndex) =>
		problems.length > 0
			? {
					kind: 'invalid',
					itemIndex,
					problems,
					facts: identifyingFacts(operation, input, identity),
				}
			: { kind: 'valid', input, identity },
	);
}

/**
 * The facts that identify an item in an error, under their names in the output: its reference, session or subscription.
 */
export function identifyingFacts(
	operation: Operation,
	input: unknown,
	identity: string,
): JsonObject {
	const { outputField, field } = operation.identity ?? {};
	const name = outputField ?? field;
	return compact({
		reference: textAt(input, 'reference'),
		...(identity !== '' && name !== undefined && { [name]: identity }),
		sessionId: textAt(input, 'sessionId'),
		subscriptionId: textAt(input, 'subscriptionId'),
	});
}

/** The input of one item; `undefined` if an expression failed, which is a problem of the item. */
function readItem(operation: Operation, param: ItemParameters): unknown {
	try {
		return operation.read(param);
	} catch (error) {
		param.addExpressionError(error);
		return undefined;
	}
}
