import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { compact, textAt, type JsonObject } from '../../../bank131/lib/json';
import type { Located } from '../../../bank131/lib/result';
import { outcomeFields } from '../../../bank131/session/outcomes';
import { redact, redactDeep } from '../../../bank131/values/mask';
import type { ProblemText } from '../../shared/messages/problemText';
import type { ItemFailure, ItemResult, Tally } from '../contract/operation';
import { labelOf } from '../form/labels';

/** An item whose operation ended without a failure. */
export interface CompletedItem {
	kind: 'completed';
	results: ItemResult[];
}

/** An item with invalid parameters; nothing was sent for it. */
export interface InvalidItem {
	kind: 'invalid';
	itemIndex: number;
	problems: Array<Located<ProblemText>>;
	/** Identify the item: its reference or session, if they could be read. */
	facts: JsonObject;
}

/** An item that must not leave on the success branch, with everything known about it. */
export interface FailedItem extends ItemFailure {
	kind: 'failed';
	itemIndex: number;
	facts: JsonObject;
	tally?: Tally;
}

/** How an item ended. */
export type FinishedItem = CompletedItem | InvalidItem | FailedItem;

/** Whether the item leaves on the success branch. */
export const isCompleted = (item: FinishedItem): item is CompletedItem => item.kind === 'completed';

/** Arguments of a NodeOperationError after the node. */
type ErrorParts = [message: string, options: { description?: string; itemIndex?: number }];

/** Most lines that the description of one error lists. */
export const MAX_LISTED = 50;

/**
 * The json of an item on the error branch. The facts are **inside** `error`: n8n 1.85 to 2.41 all route that shape
 * to the error branch without dropping anything (`error` beside other keys stays on the success branch).
 */
export function errorItem(item: InvalidItem | FailedItem, fields: INodeProperties[]): IDataObject {
	if (item.kind === 'failed') {
		const { message, description, facts } = item;
		return { error: redactDeep(compact({ message, description, ...facts })) as IDataObject };
	}
	const problems = item.problems.map((problem) => ({
		...problem,
		field: labelOf(fields, problem.field),
	}));
	return {
		error: redactDeep({
			message: problems.map(describeProblem).join('. '),
			description: 'Nothing was sent for this row. Correct it and run it again.',
			...outcomeFields('rejected'),
			problems,
			...item.facts,
		}) as unknown as IDataObject,
	};
}

/** The error that lists every invalid field of every invalid item, so that a sheet can be corrected in one go. */
export function invalidItemsError(
	invalid: InvalidItem[],
	fields: INodeProperties[],
	itemCount: number,
): ErrorParts {
	const problems = invalid.flatMap(({ itemIndex, problems: ofItem }) =>
		ofItem.map((problem) => ({
			...problem,
			row: itemIndex + 1,
			field: labelOf(fields, problem.field),
		})),
	);
	const [first] = problems;
	const { itemIndex } = invalid[0];
	if (problems.length === 1) {
		const rowPrefix = itemCount === 1 ? '' : `Row ${first.row}: `;
		return [
			redact(`${rowPrefix}${describeProblem(first)}`),
			{ description: redact(`${first.remedy} Nothing was sent.`), itemIndex },
		];
	}
	const lines = problems.map(
		(problem) => `Row ${problem.row}: ${describeProblem(problem)}. ${problem.remedy}`,
	);
	const count =
		invalid.length === 1
			? `Row ${first.row} of ${itemCount} is`
			: `${invalid.length} of ${itemCount} rows are`;
	return [
		`${count} not valid, so nothing was sent`,
		{ description: redact(joinProblemLines(lines)), itemIndex },
	];
}

/**
 * The error that stops the node: why, and the state of every item. All items that are at the bank are listed,
 * however many, because their sessions are named nowhere else.
 */
export function stopError(
	first: InvalidItem | FailedItem,
	finished: Array<FinishedItem | undefined>,
	itemCount: number,
	movesMoney: boolean,
): ErrorParts {
	const message = first.kind === 'failed' ? first.message : 'The row is not valid';
	const atBank: string[] = [];
	const rejected: string[] = [];
	for (const [index, item] of finished.entries()) {
		const facts = factsOf(item);
		if (!facts || (facts.sessionId === undefined && facts.outcome === undefined)) continue;
		(facts.outcome === 'rejected' ? rejected : atBank).push(
			`Row ${index + 1}: ${describeFacts(facts)}`,
		);
	}
	const notStarted =
		finished.filter((item) => item === undefined).length + (itemCount - finished.length);
	const description = [
		first.kind === 'failed' ? redact(first.description ?? '') : undefined,
		describeFacts(first.facts),
		notStarted > 0
			? `${notStarted === 1 ? '1 row was' : `${notStarted} rows were`} not started.`
			: undefined,
		atBank.length > 0 ? `Already at the bank:\n${atBank.join('\n')}` : undefined,
		rejected.length > 0 ? `Not accepted:\n${rejected.join('\n')}` : undefined,
		movesMoney ? 'Run again with the same References: nothing can be paid twice.' : undefined,
	];
	return [
		redact(message),
		{ description: description.filter(Boolean).join('\n'), itemIndex: first.itemIndex },
	];
}

/** The `outcome` in the output of the item; undefined if it has none. */
export const outcomeOf = (item: FinishedItem): string | undefined =>
	textAt(factsOf(item), 'outcome');

function factsOf(item: FinishedItem | undefined): JsonObject | undefined {
	if (!item) return undefined;
	return isCompleted(item) ? item.results[0]?.json : item.facts;
}

function describeFacts(facts: JsonObject): string {
	// A refund shows the reference of its payment beside its own.
	const shownFacts: JsonObject = { ...facts, reference: facts.refundReference ?? facts.reference };
	return ['reference', 'outcome', 'sessionId', 'errorCode']
		.filter((key) => shownFacts[key] !== undefined)
		.map((key) => `${key} ${String(shownFacts[key])}`)
		.join(', ');
}

const describeProblem = ({ field, message }: Located<ProblemText>): string =>
	field === '' ? message : `${field}: ${message}`;

function joinProblemLines(lines: string[]): string {
	const shown = lines.slice(0, MAX_LISTED).join('\n');
	const hidden = lines.length - MAX_LISTED;
	if (hidden <= 0) return shown;
	return `${shown}\n… and ${hidden} more ${hidden === 1 ? 'problem' : 'problems'}`;
}
