import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { outcomeFields } from '../../../bank131/session/outcomes';
import { nodeError, PlainError, type ErrorText } from '../../shared/shownTexts';
import { continuesOnFail } from '../../shared/toolMode';
import { compact, type JsonObject } from '../../../bank131/lib/json';
import { toItemFailure } from '../contract/itemFailure';
import type { Operation } from '../contract/operation';
import { OtherFields } from '../parameters/otherFields';
import { errorItem, stopError, type FailedItem, type InvalidItem } from './itemErrors';
import type { RetryLedger } from './retryLedger';
import { startedAndRefused, startedByEarlierAttempt } from './startedEarlier';

/** What earlier attempts of Retry On Fail have started. */
interface EarlierAttempts {
	operation: Operation;
	ledger: RetryLedger;
}

/**
 * Reports an error of the whole batch once per item: after a throw n8n's Continue settings would let the input
 * leave on the success branch as if it had been paid. Items that an earlier attempt started are not said to be unsent.
 * @throws the error itself in Stop mode
 */
export function refuseAll(
	node: IExecuteFunctions,
	error: Error,
	{
		earlier,
		otherFields = OtherFields.open(node),
	}: { earlier?: EarlierAttempts; otherFields?: OtherFields } = {},
): INodeExecutionData[][] {
	const { message, description = 'Nothing was sent.' } = toItemFailure(error);
	if (!continuesOnFail(node)) {
		const afterEarlier = earlier && stopErrorAfterEarlierAttempt(node, message, earlier);
		const text = afterEarlier ?? (error instanceof PlainError ? error : undefined);
		throw text ? nodeError(node.getNode(), text) : error;
	}
	const toItem = (itemIndex: number): FailedItem =>
		(earlier && startedAndRefused(earlier.operation, itemIndex, earlier.ledger, message)) ?? {
			kind: 'failed',
			itemIndex,
			facts: outcomeFields('rejected'),
			message,
			description,
		};
	return [
		node.getInputData().map((_, itemIndex) => toErrorItem(toItem(itemIndex), { otherFields })),
	];
}

/** The error of an attempt that sends nothing, if an earlier attempt has started items: it lists them. */
export function stopErrorAfterEarlierAttempt(
	node: IExecuteFunctions,
	message: string,
	{ operation, ledger }: EarlierAttempts,
): ErrorText | undefined {
	const items = node.getInputData();
	const finished = items.map((_, index) => startedByEarlierAttempt(operation, index, ledger));
	if (finished.every((item) => item === undefined)) return undefined;
	const cause = {
		message: message.replace(/, so nothing was sent$/, ''),
		description: 'Nothing was sent in this try.',
	};
	return stopError(cause, finished, {
		items,
		hasReferences: operation.identity !== undefined,
	});
}

/**
 * The item on the error branch. n8n adds the whole input item to an error whose `pairedItem` is an object, card numbers
 * included. So with other fields of ours, and for a row of a list, it is the plain index, which n8n takes for the same
 * link.
 */
export function toErrorItem(
	item: InvalidItem | FailedItem,
	{
		fields = [],
		otherFields,
		rowFacts,
	}: { fields?: INodeProperties[]; otherFields?: OtherFields; rowFacts?: JsonObject },
): INodeExecutionData {
	const { itemIndex } = item;
	const identified = rowFacts ? { ...item, facts: { ...rowFacts, ...item.facts } } : item;
	const json = errorItem(identified, fields);
	if (!otherFields) return { json, pairedItem: rowFacts ? itemIndex : { item: itemIndex } };
	const facts = json.error as JsonObject;
	const own = { ...facts, description: facts.description, problems: facts.problems };
	const error = compact(otherFields.addTo(own, itemIndex)) as IDataObject;
	return { json: { error }, pairedItem: itemIndex };
}
