import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { compact, textAt, type JsonObject } from '../../../bank131/lib/json';
import type { InvalidItem } from './itemErrors';
import type { Operation } from '../contract/operation';
import { labelOf } from '../form/labels';
import { ItemParameters } from '../parameters/itemParameters';
import type { BatchParameters } from '../parameters/batchParameters';

/** How long rows are read before other work of n8n's event loop gets a turn, ms. */
const TURN_MS = 10;

/** A row that can be run; `identity` is what makes two of them the same payment. */
export type ValidItem = { input: unknown; identity: string };
export type ReadItem = ValidItem | InvalidItem;

/** Reads every row before the first request: what is wrong with any of them is known before money moves. */
export async function readItems(
	node: IExecuteFunctions,
	operation: Operation,
	count: number,
	shared: BatchParameters,
): Promise<ReadItem[]> {
	const read: Array<ValidItem & { param: ItemParameters }> = [];
	let turnEnds = Date.now() + TURN_MS;
	for (let itemIndex = 0; itemIndex < count; itemIndex++) {
		if (Date.now() >= turnEnds) {
			await sleep(0);
			turnEnds = Date.now() + TURN_MS;
		}
		const param = new ItemParameters(node, itemIndex, shared);
		const input = readItem(operation, param);
		const identity = input === undefined ? '' : (operation.identity?.of(input) ?? '');
		read.push({ input, identity, param });
	}
	rejectDuplicateReferences(operation, read);
	return read.map(({ input, identity, param: { problems } }, itemIndex) =>
		problems.length > 0
			? { itemIndex, problems, facts: identifyingFacts(operation, input, identity) }
			: { input, identity },
	);
}

/** Rows of the same payout: it is not known which of them is meant, so none is sent. */
function rejectDuplicateReferences(
	operation: Operation,
	rows: Array<{ identity: string; param: ItemParameters }>,
): void {
	const places = new Map<string, number[]>();
	for (const [index, { identity }] of rows.entries()) {
		const known = places.get(identity);
		if (known) known.push(index);
		else if (identity !== '') places.set(identity, [index]);
	}
	for (const [identity, indexes] of places) {
		if (indexes.length < 2) continue;
		for (const index of indexes) {
			const other = indexes[0] === index ? indexes[1] : indexes[0];
			const label = labelOf(operation.fields, operation.identity?.field ?? '');
			rows[index].param.problem(
				operation.identity?.field ?? '',
				`Row ${other + 1} has the same ${label} "${identity}"`,
				`Give each payout its own ${label}, or remove one of the rows.`,
			);
		}
	}
}

/** What a row is about, for errors that know nothing else. */
export function identifyingFacts(
	operation: Operation,
	input: unknown,
	identity: string,
): JsonObject {
	return compact({
		...(identity !== '' && operation.identity && { [operation.identity.field]: identity }),
		sessionId: textAt(input, 'sessionId'),
		subscriptionId: textAt(input, 'subscriptionId'),
	});
}

/** An expression that fails is a problem of its row like any other. */
function readItem(operation: Operation, param: ItemParameters): unknown {
	try {
		return operation.read(param);
	} catch (error) {
		param.problem(
			'',
			error instanceof Error ? error.message : String(error),
			'Check the expressions of this row.',
		);
		return undefined;
	}
}
