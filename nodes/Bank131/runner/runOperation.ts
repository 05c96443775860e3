import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { loadPrivateKey } from '../../../bank131/auth/keys';
import type { JsonObject } from '../../../bank131/lib/json';
import { redact } from '../../../bank131/values/mask';
import { connectionOf, type BankConnection } from '../../shared/bankClientFactory';
import { CREDENTIAL } from '../../shared/bankTransport';
import { errorMessage } from '../../shared/messages/bankErrorTexts';
import { hostProblemTexts } from '../../shared/messages/hostProblemTexts';
import { keyProblemTexts } from '../../shared/messages/keyProblemTexts';
import { problemText, type ProblemText } from '../../shared/messages/problemText';
import { nodeError, outputHint, PlainError } from '../../shared/shownTexts';
import { continuesOnFail } from '../../shared/toolMode';
import { shownOutput } from '../agent/shownOutput';
import type { AnyOperation, ItemFile, Operation } from '../contract/operation';
import { readBatchOptions } from '../fields/batchOptions';
import { labelOf } from '../form/labels';
import { BatchParameters } from '../parameters/batchParameters';
import { ItemParameters } from '../parameters/itemParameters';
import { INCLUDE_OTHER_FIELDS, OtherFields } from '../parameters/otherFields';
import { problemSentence } from '../parameters/problemSentence';
import { columnAligner } from '../results/alignColumns';
import { AgentGuard } from './agentGuard';
import { summaryHint } from './batchSummary';
import { caseHints } from './duplicateReferences';
import { loadFpsBanks } from './fpsBanks';
import {
	invalidItemsError,
	isCompleted,
	stopError,
	type FailedItem,
	type FinishedItem,
	type InvalidItem,
} from './itemErrors';
import { openKeyRoutes } from './keyRouteRecord';
import { readItems } from './readItems';
import { runBulkOperation } from './runBulk';
import { ContextRetryLedger, type RetryLedger } from './retryLedger';
import { refuseAll, stopErrorAfterEarlierAttempt, toErrorItem } from './refuseAll';
import { runItems, type Batch } from './runItems';

/**
 * Runs one operation for all items: checks every item before the first request, applies the limits to the requests,
 * and outputs the items in their order, failed ones with their facts (docs/money-safety.md).
 * @throws NodeOperationError in Stop mode, when an item is invalid or fails
 */
export async function runOperation(
	node: IExecuteFunctions,
	operation: AnyOperation,
): Promise<INodeExecutionData[][]> {
	if ('runBulk' in operation) return await runBulkOperation(node, operation);
	const items = node.getInputData();
	const ledger = new ContextRetryLedger(node, operation.movesMoney);
	const isOffered = labelOf(operation.fields, INCLUDE_OTHER_FIELDS) !== INCLUDE_OTHER_FIELDS;
	const otherFields = isOffered ? OtherFields.open(node) : undefined;
	const batch = await prepareBatch(node, operation, ledger, otherFields).catch(asError);
	if (batch instanceof Error) {
		return refuseAll(node, batch, { earlier: { operation, ledger }, otherFields });
	}
	const invalid = batch.items.filter((item): item is InvalidItem => item.kind === 'invalid');
	if (invalid.length > 0 && !continuesOnFail(node)) {
		const text = invalidItemsError(invalid, operation.fields, items);
		const afterEarlier = stopErrorAfterEarlierAttempt(node, text.message, { operation, ledger });
		throw nodeError(node.getNode(), afterEarlier ?? text);
	}

	const finished = await runItems(node, operation, batch);
	const failed = finished.find((item): item is FailedItem => item?.kind === 'failed');
	if (failed && !continuesOnFail(node)) {
		const hasReferences = operation.identity !== undefined;
		throw nodeError(node.getNode(), stopError(failed, finished, { items, hasReferences }));
	}
	if (operation.movesMoney) {
		const identities = batch.items.map((item) => (item.kind === 'valid' ? item.identity : ''));
		node.addExecutionHints?.(
			summaryHint(finished),
			...caseHints(operation, identities),
			...batch.hints.map((message) => outputHint(redact(message), 'info')),
		);
	}
	const output: INodeExecutionData[] = [];
	const results = finished.flatMap((item) => (item && isCompleted(item) ? item.results : []));
	const align = columnAligner(operation.movesMoney ? results.map(({ json }) => json) : []);
	const shown = shownOutput(node);
	for (const [itemIndex, item] of finished.entries()) {
		const rowFacts = batch.rowFacts.get(itemIndex);
		output.push(
			...(await toItems(node, item, itemIndex, { operation, otherFields, rowFacts, align, shown })),
		);
	}
	return [output];
}

async function prepareBatch(
	node: IExecuteFunctions,
	operation: Operation,
	ledger: RetryLedger,
	otherFields: OtherFields | undefined,
): Promise<Batch> {
	const credentials = await node.getCredentials(CREDENTIAL);
	const agentGuard = AgentGuard.create(node, operation, credentials);
	const connection = connectionOrThrow(credentials);
	const batchParameters = new BatchParameters(node, connection.isLive, otherFields);
	const batchParam = new ItemParameters(node, 0, batchParameters);
	const options = readBatchOptions(batchParam);
	const [problem] = batchParam.problems;
	if (problem) {
		const message = problemSentence({
			...problem,
			field: labelOf(operation.fields, problem.field),
		});
		throw plainError({ message, remedy: problem.remedy });
	}
	const items = await readItems(
		node,
		operation,
		batchParameters,
		async () => await loadFpsBanks(node, connection, options),
	);
	if (batchParameters.problem) throw plainError(batchParameters.problem);
	return {
		connection,
		options,
		agentGuard,
		keyRoutes: openKeyRoutes(node, credentials),
		ledger: agentGuard?.ledger ?? ledger,
		items,
		hints: batchParameters.hints,
		rowFacts: batchParameters.rowFacts,
	};
}

const asError = (error: unknown): Error =>
	error instanceof Error ? error : new Error(String(error));

/**
 * The connection of the credential. An unusable credential is reported before the first item is read, not per item.
 * @throws PlainError that names the field of the credential
 */
function connectionOrThrow(credentials: ICredentialDataDecryptedObject): BankConnection {
	const connection = connectionOf(credentials);
	if (!connection.ok) throw plainError(problemText(hostProblemTexts, connection.problem));
	const key = loadPrivateKey(credentials.privateKey, credentials.passphrase);
	if (!key.ok) throw plainError(problemText(keyProblemTexts, key.problem));
	if (String(credentials.project ?? '').trim() === '') {
		throw plainError({
			message: 'Project is empty',
			remedy: 'Enter the identifier of your project in the credential.',
		});
	}
	return connection.value;
}

const plainError = ({ message, remedy }: ProblemText) =>
	new PlainError({ message, description: remedy });

async function toItems(
	node: IExecuteFunctions,
	finished: FinishedItem | undefined,
	itemIndex: number,
	{
		operation,
		otherFields,
		rowFacts,
		align,
		shown,
	}: {
		operation: Operation;
		otherFields?: OtherFields;
		rowFacts?: JsonObject;
		align: (json: JsonObject) => JsonObject;
		shown: ReturnType<typeof shownOutput>;
	},
): Promise<INodeExecutionData[]> {
	if (!finished) return [];
	if (!isCompleted(finished)) {
		return [toErrorItem(finished, { fields: operation.fields, otherFields, rowFacts })];
	}
	const items: INodeExecutionData[] = [];
	for (const { json: own, file } of finished.results) {
		const json = align(own);
		const item: INodeExecutionData = {
			json: shown(otherFields ? otherFields.addTo(json, itemIndex) : json),
			pairedItem: { item: itemIndex },
		};
		if (file) {
			const binary = await storeFile(node, file);
			if (binary) item.binary = { [file.name]: binary };
		}
		items.push(item);
	}
	return items;
}

/**
 * The file in n8n's store; `undefined`, with a warning in the log, if n8n cannot store it. Its content is in the item
 * too, and after an exception n8n would send the input to the success branch in place of the results.
 */
async function storeFile(
	node: IExecuteFunctions,
	{ data, fileName, mimeType }: ItemFile,
): Promise<IBinaryData | undefined> {
	try {
		return await node.helpers.prepareBinaryData(data, fileName, mimeType);
	} catch (error) {
		node.logger.warn(`Bank 131: ${fileName} was not stored: ${errorMessage(error)}`);
		return undefined;
	}
}
