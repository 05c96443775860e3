import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { outcomeFields } from '../../../bank131/session/outcomes';
import { continuesOnFail } from '../../shared/toolMode';
import { toItemFailure } from '../contract/itemFailure';
import type { Operation } from '../contract/operation';
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
	earlier?: EarlierAttempts,
): INodeExecutionData[][] {
	const { message, description = 'Nothing was sent.' } = toItemFailure(error);
	if (!continuesOnFail(node)) {
		const parts = earlier && stopErrorAfterEarlierAttempt(node, message, earlier);
		throw parts ? new NodeOperationError(node.getNode(), ...parts) : error;
	}
	const toItem = (itemIndex: number): FailedItem =>
		(earlier && startedAndRefused(earlier.operation, itemIndex, earlier.ledger, message)) ?? {
			kind: 'failed',
			itemIndex,
			facts: outcomeFields('rejected'),
			message,
			description,
		};
	return [node.getInputData().map((_, itemIndex) => toErrorItem(toItem(itemIndex), []))];
}

/** The error of an attempt that sends nothing, if an earlier attempt has started items: it lists them. */
export function stopErrorAfterEarlierAttempt(
	node: IExecuteFunctions,
	message: string,
	{ operation, ledger }: EarlierAttempts,
): ReturnType<typeof stopError> | undefined {
	const items = node.getInputData();
	const finished = items.map((_, index) => startedByEarlierAttempt(operation, index, ledger));
	if (finished.every((item) => item === undefined)) return undefined;
	const cause: FailedItem = {
		kind: 'failed',
		itemIndex: 0,
		facts: {},
		message: message.replace(/, so nothing was sent$/, ''),
		description: 'Nothing was sent in this try.',
	};
	return stopError(cause, finished, items.length, operation.movesMoney);
}

/** The item on the error branch. */
export const toErrorItem = (
	item: InvalidItem | FailedItem,
	fields: INodeProperties[],
): INodeExecutionData => ({
	json: errorItem(item, fields),
	pairedItem: { item: item.itemIndex },
});
