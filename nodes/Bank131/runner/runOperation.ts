import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { baseUrl } from '../../../bank131/client/hosts';
import type { JsonObject } from '../../../bank131/lib/json';
import { loadPrivateKey } from '../../../bank131/auth/keys';
import { continuesOnFail, runsAsTool } from '../../shared/toolMode';
import { redactForModel } from '../agent/redactForModel';
import { AgentGuard } from './agentGuard';
import { summaryHint } from './batchSummary';
import {
	errorItem,
	invalidRows,
	stopError,
	type FailedItem,
	type Finished,
	type InvalidItem,
} from './itemErrors';
import { readBatchOptions } from '../fields/batchOptions';
import { labelOf } from '../form/labels';
import { runItems, type Batch, type Connection } from './runItems';
import { runBulkOperation } from './runBulk';
import type { AnyOperation, Operation } from '../contract/operation';
import { ItemParameters } from '../parameters/itemParameters';
import { BatchParameters } from '../parameters/batchParameters';
import { readItems } from './readItems';
import { CREDENTIAL } from '../../shared/bankTransport';
import { hostProblemTexts } from '../../shared/messages/hostProblems';
import { keyProblemTexts } from '../../shared/messages/keyProblems';
import { problemText, type ProblemText } from '../../shared/messages/problemTexts';

/**
 * Runs one operation for all items: checks every row before the first request, keeps the calls to the bank within the
 * limits, keeps the order, and lets failed items keep their facts (docs/money-safety.md).
 */
export async function runOperation(
	node: IExecuteFunctions,
	operation: AnyOperation,
): Promise<INodeExecutionData[][]> {
	if ('runBulk' in operation) return await runBulkOperation(node, operation);
	const items = node.getInputData();
	const batch = await prepare(node, operation, items.length).catch(asProblem);
	if (batch instanceof Error) return refuseAll(node, batch);
	const invalid = batch.rows.filter((row): row is InvalidItem => 'problems' in row);
	if (invalid.length > 0 && !continuesOnFail(node)) {
		throw new NodeOperationError(
			node.getNode(),
			...invalidRows(invalid, operation.fields, items.length),
		);
	}

	const finished = await runItems(node, operation, batch);
	const failed = finished.filter((end): end is FailedItem => end !== undefined && 'failure' in end);
	if (failed.length > 0 && !continuesOnFail(node)) {
		throw new NodeOperationError(
			node.getNode(),
			...stopError(failed[0], finished, items.length, operation.movesMoney),
		);
	}
	if (operation.movesMoney) node.addExecutionHints?.(summaryHint(finished));
	const shown = runsAsTool(node) ? redactForModel : (json: JsonObject) => json;
	const output: INodeExecutionData[] = [];
	for (const [itemIndex, end] of finished.entries()) {
		output.push(...(await toItems(node, end, itemIndex, { operation, shown })));
	}
	return [output];
}

async function prepare(
	node: IExecuteFunctions,
	operation: Operation,
	count: number,
): Promise<Batch> {
	const credentials = await node.getCredentials(CREDENTIAL);
	const guard = AgentGuard.of(node, operation, credentials);
	const connection = connectionOf(node, credentials);
	const shared = new BatchParameters(node, credentials.environment === 'live');
	const ofBatch = new ItemParameters(node, 0, shared);
	const options = readBatchOptions(ofBatch);
	for (const { field, message, remedy } of ofBatch.problems) {
		const text = `${labelOf(operation.fields, field)}: ${message}`;
		throw new NodeOperationError(node.getNode(), text, { description: remedy });
	}
	return { connection, options, guard, rows: await readItems(node, operation, count, shared) };
}

const asProblem = (error: unknown): Error =>
	error instanceof Error ? error : new Error(String(error));

/**
 * What keeps the whole batch from running, told for each item: after a throw n8n's Continue settings would let the input
 * leave on the success branch as if it had been paid.
 */
export function refuseAll(node: IExecuteFunctions, error: Error): INodeExecutionData[][] {
	if (!continuesOnFail(node)) throw error;
	const { message, description } = error as { message: string; description?: string | null };
	const refused = (itemIndex: number): FailedItem => ({
		failure: 'failed',
		itemIndex,
		facts: { outcome: 'rejected' },
		message,
		description: description ?? 'Nothing was sent.',
	});
	return [node.getInputData().map((_, itemIndex) => toItem(refused(itemIndex), []))];
}

/** A credential that can't work is found before the first row is read, not once per row. */
function connectionOf(
	node: IExecuteFunctions,
	credentials: ICredentialDataDecryptedObject,
): Connection {
	const url = baseUrl(credentials);
	if (!url.ok) throw credentialError(node, problemText(hostProblemTexts, url.problem));
	const key = loadPrivateKey(credentials.privateKey, credentials.passphrase);
	if (!key.ok) throw credentialError(node, problemText(keyProblemTexts, key.problem));
	if (String(credentials.project ?? '').trim() === '') {
		throw new NodeOperationError(node.getNode(), 'Project is empty', {
			description: 'Enter the identifier of your project in the credential.',
		});
	}
	return {
		url: url.value,
		apiVersion: credentials.apiVersion === 'v1' ? 'v1' : 'v2',
	};
}

const credentialError = (node: IExecuteFunctions, { message, remedy }: ProblemText) =>
	new NodeOperationError(node.getNode(), message, { description: remedy });

async function toItems(
	node: IExecuteFunctions,
	end: Finished | undefined,
	itemIndex: number,
	{ operation, shown }: { operation: Operation; shown(json: JsonObject): JsonObject },
): Promise<INodeExecutionData[]> {
	if (!end) return [];
	if ('failure' in end) return [toItem(end, operation.fields)];
	const items: INodeExecutionData[] = [];
	for (const { json, file } of end.results) {
		const item: INodeExecutionData = {
			json: shown(json) as IDataObject,
			pairedItem: { item: itemIndex },
		};
		if (file) {
			const { prepareBinaryData } = node.helpers;
			item.binary = {
				[file.name]: await prepareBinaryData(file.data, file.fileName, file.mimeType),
			};
		}
		items.push(item);
	}
	return items;
}

const toItem = (end: FailedItem, fields: INodeProperties[]): INodeExecutionData => ({
	json: errorItem(end, fields),
	pairedItem: { item: end.itemIndex },
});
