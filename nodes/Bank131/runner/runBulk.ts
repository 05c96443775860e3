import { sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { JsonObject } from '../../../bank131/lib/json';
import { redact } from '../../../bank131/values/mask';
import { nodeError, outputHint, type ErrorText } from '../../shared/shownTexts';
import { continuesOnFail } from '../../shared/toolMode';
import { shownOutput } from '../agent/shownOutput';
import { toItemFailure } from '../contract/itemFailure';
import type {
	BulkFile,
	BulkItemResult,
	BulkItems,
	BulkOperation,
	BulkResult,
} from '../contract/operation';
import { BatchParameters } from '../parameters/batchParameters';
import { ItemParameters } from '../parameters/itemParameters';
import { errorItem, joinLines } from './itemErrors';

/**
 * Runs an operation that does not call the bank.
 * @throws NodeOperationError with all failures in Stop mode; otherwise each failure is an item on the error branch
 */
export async function runBulkOperation(
	node: IExecuteFunctions,
	operation: BulkOperation,
): Promise<INodeExecutionData[][]> {
	const { results, summary } = await operation.runBulk(bulkItemsOf(node)).catch(toFailedResult);
	const failed = results.filter(({ failure }) => failure);
	if (failed.length > 0 && !continuesOnFail(node)) {
		throw nodeError(node.getNode(), bulkStopError(failed));
	}
	if (summary) {
		const type = summary.isClean ? 'info' : 'warning';
		node.addExecutionHints?.(outputHint(redact(summary.message), type));
	}
	const shown = shownOutput(node);
	return [results.map((result) => toItem(result, operation, shown))];
}

function bulkItemsOf(node: IExecuteFunctions): BulkItems {
	const batchParameters = new BatchParameters(node, false);
	const param = (itemIndex: number) => new ItemParameters(node, itemIndex, batchParameters);
	const items = node.getInputData();
	return {
		items: items.map(({ json }) => json as JsonObject),
		param,
		binaryFields: (itemIndex) => Object.keys(items[itemIndex].binary ?? {}),
		async file(itemIndex, name): Promise<BulkFile> {
			const { fileName } = node.helpers.assertBinaryData(itemIndex, name);
			const bytes = await node.helpers.getBinaryDataBuffer(itemIndex, name);
			return { name: fileName ?? '', bytes };
		},
		yieldToEventLoop: async () => await sleep(0),
	};
}

/**
 * An exception as a failed item: after a throw n8n's Continue settings would let the input leave on the success
 * branch.
 */
function toFailedResult(error: unknown): BulkResult {
	return { results: [{ json: {}, itemIndex: 0, failure: toItemFailure(error) }] };
}

function bulkStopError(failed: BulkItemResult[]): ErrorText {
	const texts = failed.flatMap(({ failure }) => failure ?? []);
	if (texts.length === 1) {
		const [{ message, description = '' }] = texts;
		return { message: redact(message), description: redact(description) };
	}
	const lines = texts.map(({ message, description = '' }) => `${message}. ${description}`.trim());
	return { message: `${lines.length} problems were found`, description: redact(joinLines(lines)) };
}

/**
 * The link of a failed item is the plain index: with an object n8n would add the whole input item, card numbers
 * included.
 */
function toItem(
	result: BulkItemResult,
	{ fields }: BulkOperation,
	shown: ReturnType<typeof shownOutput>,
): INodeExecutionData {
	const { json, failure, itemIndex } = result;
	if (failure) {
		const item = { kind: 'failed', itemIndex: itemIndex ?? 0, facts: json, ...failure } as const;
		return { json: errorItem(item, fields), pairedItem: itemIndex };
	}
	const data = shown(json);
	return itemIndex === undefined ? { json: data } : { json: data, pairedItem: { item: itemIndex } };
}
