import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { compact, textAt, type JsonObject } from '../../../bank131/lib/json';
import type { Located } from '../../../bank131/lib/result';
import { outcomeFields } from '../../../bank131/session/outcomes';
import { redact, redactDeep } from '../../../bank131/values/mask';
import type { ProblemText } from '../../shared/messages/problemText';
import type { ErrorText } from '../../shared/shownTexts';
import type { ItemFailure, ItemResult, Tally } from '../contract/operation';
import { labelOf } from '../form/labels';
import { problemSentence } from '../parameters/problemSentence';
import { rowName } from '../parameters/rowName';

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

const NOTHING_SENT = 'Nothing was sent for this row.';

/** Most lines that the description of one error lists. */
const MAX_LISTED = 50;

/**
 * The json of an item on the error branch. The facts are **inside** `error`: n8n 1.85 to 2.41 all route that shape
 * to the error branch without dropping anything (`error` beside other keys stays on the success branch).
 */
export function errorItem(item: InvalidItem | FailedItem, fields: INodeProperties[]): IDataObject {
	if (item.kind === 'failed') {
		const { message, description, facts } = item;
		return { error: redactDeep(compact({ message, description, ...facts })) as IDataObject };
	}
	const problems = item.problems.map((problem) => withLabel(problem, fields));
	return {
		error: redactDeep({
			message: problems.map((problem) => problemSentence(problem)).join('. '),
			description: [...new Set(problems.map(({ remedy }) => remedy)), NOTHING_SENT].join(' '),
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
	items: INodeExecutionData[],
): ErrorText {
	const problems = invalid.flatMap(({ itemIndex, problems: ofItem }) =>
		ofItem.map((problem) => ({
			sentence: problemSentence(withLabel(problem, fields), nameOf(itemIndex, items)),
			remedy: problem.remedy,
		})),
	);
	if (problems.length === 1) {
		const [{ sentence, remedy }] = problems;
		return { message: redact(sentence), description: redact(`${remedy} Nothing was sent.`) };
	}
	const lines = problems.map(({ sentence, remedy }) => `${sentence}. ${remedy}`);
	return {
		message: `${countInvalid(invalid, items.length)} not valid, so nothing was sent`,
		description: redact(joinLines(lines)),
	};
}

function countInvalid(invalid: InvalidItem[], itemCount: number): string {
	if (itemCount === 1) return `${invalid[0].problems.length} values are`;
	return invalid.length === 1
		? `Row ${invalid[0].itemIndex + 1} of ${itemCount} is`
		: `${invalid.length} of ${itemCount} rows are`;
}

/**
 * The error that stops the node: why, and the state of every item. All items that are at the bank are listed,
 * however many, because their sessions are named nowhere else.
 * @param cause the first item that failed, or why none was run
 * @param hasReferences the operation has a Reference under which it is done once
 */
export function stopError(
	cause: ErrorText & { itemIndex?: number },
	finished: Array<FinishedItem | undefined>,
	{ items, hasReferences }: { items: INodeExecutionData[]; hasReferences: boolean },
): ErrorText {
	const itemCount = items.length;
	const { message, description, itemIndex } = cause;
	const atBank: string[] = [];
	const rejected: string[] = [];
	for (const [index, item] of finished.entries()) {
		const facts = factsOf(item);
		if (!facts || (facts.sessionId === undefined && facts.outcome === undefined)) continue;
		(facts.outcome === 'rejected' ? rejected : atBank).push(
			withRow(describeFacts(facts), nameOf(index, items)),
		);
	}
	const notStarted =
		finished.filter((item) => item === undefined).length + (itemCount - finished.length);
	const states =
		itemCount === 1
			? [...atBank, ...rejected]
			: [
					notStarted > 0
						? `${notStarted === 1 ? '1 row was' : `${notStarted} rows were`} not started.`
						: undefined,
					atBank.length > 0 ? `Already at the bank:\n${atBank.join('\n')}` : undefined,
					rejected.length > 0 ? `Not accepted:\n${rejected.join('\n')}` : undefined,
					hasReferences
						? 'Run again with the same References: nothing can be paid twice.'
						: undefined,
				];
	return {
		message: redact(itemIndex === undefined ? message : withRow(message, nameOf(itemIndex, items))),
		description: [redact(description ?? ''), ...states].filter(Boolean).join('\n'),
	};
}

const withRow = (text: string, row: string): string => (row === '' ? text : `${row}: ${text}`);

const nameOf = (itemIndex: number, items: INodeExecutionData[]): string =>
	rowName(itemIndex, items.length, items[itemIndex]?.json as JsonObject);

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

const withLabel = (
	problem: Located<ProblemText>,
	fields: INodeProperties[],
): Located<ProblemText> => ({
	...problem,
	field: labelOf(fields, problem.field),
});

/** The first lines, and how many are left out. */
export function joinLines(lines: string[]): string {
	const hidden = lines.length - MAX_LISTED;
	if (hidden <= 0) return lines.join('\n');
	return `${lines.slice(0, MAX_LISTED).join('\n')}\n… and ${hidden} more`;
}
