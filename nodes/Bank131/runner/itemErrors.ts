import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { compact, textAt, type JsonObject } from '../../../bank131/lib/json';
import { redact, redactDeep } from '../../../bank131/values/mask';
import type { Problem } from '../../../bank131/lib/result';
import type { ItemFailure, ItemResult } from '../contract/operation';
import { labelOf } from '../form/labels';

export interface InvalidItem {
	itemIndex: number;
	problems: Problem[];
	/** What the row is about: its reference or session, as far as they could be read. */
	facts: JsonObject;
}

/** An item that must not leave on the success branch, with everything known about it. */
export type FailedItem =
	| ({ failure: 'invalid'; fields: INodeProperties[] } & InvalidItem)
	| ({
			failure: 'failed';
			itemIndex: number;
			facts: JsonObject;
			tally?: ItemResult['tally'];
	  } & ItemFailure);

export type Finished = { results: ItemResult[] } | FailedItem;

/** Arguments of a NodeOperationError after the node. */
type ErrorParts = [message: string, options: { description?: string; itemIndex?: number }];

const MAX_LISTED = 50;

/**
 * The json of a failed item. The facts live **inside** `error`: that is the one shape which n8n 1.85 to 2.41 all route to
 * the error branch without dropping anything (`error` beside other keys stays on the success branch).
 */
export function errorItem(item: FailedItem, fields: INodeProperties[]): IDataObject {
	if (item.failure === 'failed') {
		const error = { message: item.message, description: item.description, ...item.facts };
		return { error: { ...(redactDeep(compact(error)) as IDataObject), ...ids(item.facts) } };
	}
	const problems = item.problems.map((problem) => ({
		...problem,
		field: labelOf(fields, problem.field),
	}));
	return {
		error: {
			...(redactDeep({
				message: problems.map(sentence).join('. '),
				description: 'Nothing was sent for this row. Correct it and run it again.',
				outcome: 'rejected',
				problems,
			}) as IDataObject),
			...ids(item.facts),
		},
	};
}

/** The user's and the bank's ids stay as they are: one in ten long numbers looks like a card, and rows are found by them. */
function ids(facts: JsonObject): IDataObject {
	const { reference, sessionId, requestId, subscriptionId } = facts;
	return compact({ reference, sessionId, requestId, subscriptionId }) as IDataObject;
}

/** Every bad field of every bad row, so that a sheet can be put right in one go. */
export function invalidRows(
	invalid: InvalidItem[],
	fields: INodeProperties[],
	rows: number,
): ErrorParts {
	const problems = invalid.flatMap(({ itemIndex, problems: found }) =>
		found.map((problem) => ({
			...problem,
			row: itemIndex + 1,
			field: labelOf(fields, problem.field),
		})),
	);
	const [first] = problems;
	const { itemIndex } = invalid[0];
	if (problems.length === 1) {
		const where = rows === 1 ? '' : `Row ${first.row}: `;
		return [
			redact(`${where}${sentence(first)}`),
			{ description: redact(`${first.remedy} Nothing was sent.`), itemIndex },
		];
	}
	const lines = problems.map(
		(problem) => `Row ${problem.row}: ${sentence(problem)}. ${problem.remedy}`,
	);
	const count =
		invalid.length === 1
			? `Row ${first.row} of ${rows} is`
			: `${invalid.length} of ${rows} rows are`;
	return [
		`${count} not valid, so nothing was sent`,
		{ description: redact(listed(lines, 'problems')), itemIndex },
	];
}

/**
 * Why the node stopped, and what became of every row: what is at the bank is listed to the last row, since nothing else
 * would name its session.
 */
export function stopError(
	first: FailedItem,
	finished: Array<Finished | undefined>,
	rows: number,
	movesMoney: boolean,
): ErrorParts {
	const message = first.failure === 'failed' ? first.message : 'The row is not valid';
	const begun: string[] = [];
	const refused: string[] = [];
	for (const [row, end] of finished.entries()) {
		const facts = factsOf(end);
		if (!facts || (facts.sessionId === undefined && facts.outcome === undefined)) continue;
		(facts.outcome === 'rejected' ? refused : begun).push(`Row ${row + 1}: ${factLine(facts)}`);
	}
	const notStarted = finished.filter((end) => end === undefined).length + (rows - finished.length);
	const description = [
		first.failure === 'failed' ? redact(first.description ?? '') : undefined,
		factLine(first.facts),
		notStarted > 0 ? `${notStarted} rows were not started.` : undefined,
		begun.length > 0 ? `Already at the bank:\n${begun.join('\n')}` : undefined,
		refused.length > 0 ? `Not accepted:\n${refused.join('\n')}` : undefined,
		movesMoney ? 'Run again with the same References: nothing can be paid twice.' : undefined,
	];
	return [
		redact(message),
		{ description: description.filter(Boolean).join('\n'), itemIndex: first.itemIndex },
	];
}

export const outcomeOf = (end: Finished): string | undefined => textAt(factsOf(end), 'outcome');

function factsOf(end: Finished | undefined): JsonObject | undefined {
	if (!end) return undefined;
	return 'results' in end ? end.results[0]?.json : end.facts;
}

function factLine(facts: JsonObject): string {
	// A refund has the reference of its payment beside its own.
	const named: JsonObject = { ...facts, reference: facts.refundReference ?? facts.reference };
	return ['reference', 'outcome', 'sessionId', 'errorCode']
		.filter((key) => named[key] !== undefined)
		.map((key) => `${key} ${String(named[key])}`)
		.join(', ');
}

const sentence = ({ field, message }: Problem): string =>
	field === '' ? message : `${field}: ${message}`;

function listed(lines: string[], what: string): string {
	const shown = lines.slice(0, MAX_LISTED).join('\n');
	return lines.length > MAX_LISTED
		? `${shown}\n… and ${lines.length - MAX_LISTED} more ${what}`
		: shown;
}
