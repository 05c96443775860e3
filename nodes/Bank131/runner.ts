import {
	NodeOperationError,
	sleep,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { BankClient, BankRefusal, BankUnreachable } from '../../bank131/client';
import { baseUrl } from '../../bank131/environments';
import { Gate, type Clock } from '../../bank131/gate';
import { compact, textAt, type JsonObject } from '../../bank131/json';
import { loadPrivateKey } from '../../bank131/pem';
import type { ApiVersion } from '../../bank131/endpoints';
import type { BankRequest, Transport, WireAnswer } from '../../bank131/transport';
import { summaryHint } from './batchSummary';
import { errorItem, invalidRows, stopError, type FailedItem, type InvalidItem } from './errors';
import { readBatchOptions, type BatchOptions } from './fields/batchOptions';
import { Ledger } from './ledger';
import { runLocally } from './localRunner';
import type { AnyOperation, ItemResult, Operation } from './operation';
import { ItemParameters, SharedParameters } from './parameters';
import { CREDENTIAL, n8nTransport } from './transport';

/** Payouts that may be open (begun, waiting for the bank) per request in flight; bounds memory and exposure. */
const OPEN_PER_REQUEST = 20;
/** How long rows are read before other work of n8n's event loop gets a turn, ms. */
const TURN_MS = 10;

type Ready = { input: unknown; identity: string };
type Row = Ready | InvalidItem;
type Finished = { results: ItemResult[] } | FailedItem;

/**
 * Runs one operation for all items: checks every row before the first request, keeps the calls to the bank within the
 * limits, keeps the order, and lets failed items keep their facts (design: money rules 4, 5, 8, 9).
 */
export async function runOperation(
	node: IExecuteFunctions,
	operation: AnyOperation,
): Promise<INodeExecutionData[][]> {
	if ('runAll' in operation) return await runLocally(node, operation);
	const items = node.getInputData();
	const batch = await prepare(node, operation, items.length).catch(asProblem);
	if (batch instanceof Error) return refuseAll(node, batch);
	const invalid = batch.rows.filter((row): row is InvalidItem => 'problems' in row);
	if (invalid.length > 0 && !node.continueOnFail()) {
		throw new NodeOperationError(
			node.getNode(),
			...invalidRows(invalid, operation.fields, items.length),
		);
	}

	const finished = await runRows(node, operation, batch);
	const failed = finished.filter((end): end is FailedItem => end !== undefined && 'failure' in end);
	if (failed.length > 0 && !node.continueOnFail()) {
		throw new NodeOperationError(
			node.getNode(),
			...stopError(failed[0], finished, items.length, operation.movesMoney),
		);
	}
	if (operation.movesMoney) node.addExecutionHints?.(summaryHint(finished));
	const output: INodeExecutionData[] = [];
	for (const [itemIndex, end] of finished.entries()) {
		output.push(...(await toItems(node, end, itemIndex, operation)));
	}
	return [output];
}

interface Batch {
	connection: Connection;
	options: BatchOptions;
	rows: Row[];
}

async function prepare(
	node: IExecuteFunctions,
	operation: Operation,
	count: number,
): Promise<Batch> {
	const credentials = await node.getCredentials(CREDENTIAL);
	const connection = connectionOf(node, credentials);
	const shared = new SharedParameters(node, credentials.environment === 'live');
	const options = readBatchOptions(new ItemParameters(node, 0, shared));
	return { connection, options, rows: await readRows(node, operation, count, shared) };
}

const asProblem = (error: unknown): Error =>
	error instanceof Error ? error : new Error(String(error));

/**
 * What keeps the whole batch from running, told for each item: after a throw n8n's Continue settings would let the input
 * leave on the success branch as if it had been paid.
 */
export function refuseAll(node: IExecuteFunctions, error: Error): INodeExecutionData[][] {
	if (!node.continueOnFail()) throw error;
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

interface Connection {
	url: string;
	apiVersion: ApiVersion;
}

/** A credential that can't work is found before the first row is read, not once per row. */
function connectionOf(
	node: IExecuteFunctions,
	credentials: ICredentialDataDecryptedObject,
): Connection {
	const url = baseUrl(credentials);
	const key = loadPrivateKey(credentials.privateKey, credentials.passphrase);
	for (const checked of [url, key]) {
		if (checked.ok) continue;
		const { message, remedy } = checked.problem;
		throw new NodeOperationError(node.getNode(), message, { description: remedy });
	}
	if (String(credentials.project ?? '').trim() === '') {
		throw new NodeOperationError(node.getNode(), 'Project is empty', {
			description: 'Enter the identifier of your project in the credential.',
		});
	}
	return {
		url: url.ok ? url.value : '',
		apiVersion: credentials.apiVersion === 'v1' ? 'v1' : 'v2',
	};
}

async function readRows(
	node: IExecuteFunctions,
	operation: Operation,
	count: number,
	shared: SharedParameters,
): Promise<Row[]> {
	const read: Array<Ready & { param: ItemParameters }> = [];
	let turnEnds = Date.now() + TURN_MS;
	for (let itemIndex = 0; itemIndex < count; itemIndex++) {
		if (Date.now() >= turnEnds) {
			await sleep(0);
			turnEnds = Date.now() + TURN_MS;
		}
		const param = new ItemParameters(node, itemIndex, shared);
		const input = readRow(operation, param);
		const identity = input === undefined ? '' : (operation.identity?.of(input) ?? '');
		read.push({ input, identity, param });
	}
	noteRepeated(operation, read);
	return read.map(({ input, identity, param: { problems } }, itemIndex) =>
		problems.length > 0
			? { itemIndex, problems, facts: asked(operation, input, identity) }
			: { input, identity },
	);
}

/** Rows of the same payout: nobody knows which of them is meant, so none is sent. */
function noteRepeated(
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
			rows[index].param.problem(
				operation.identity?.field ?? '',
				`"${identity}" also stands in row ${other + 1}`,
				'Each may appear once: give every payout its own, or remove one of the rows.',
			);
		}
	}
}

/** What a row is about, for errors that know nothing else. */
function asked(operation: Operation, input: unknown, identity: string): JsonObject {
	return compact({
		...(identity !== '' && operation.identity && { [operation.identity.field]: identity }),
		sessionId: textAt(input, 'sessionId'),
	});
}

/** An expression that fails is a problem of its row like any other. */
function readRow(operation: Operation, param: ItemParameters): unknown {
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

async function runRows(
	node: IExecuteFunctions,
	operation: Operation,
	{ rows, options, connection: { url, apiVersion } }: Batch,
): Promise<Array<Finished | undefined>> {
	const cancel = node.getExecutionCancelSignal();
	const clock = realClock(cancel);
	const gate = new Gate(options, clock);
	const transport = n8nTransport(node, url, options.requestTimeoutMs);
	const ledger = new Ledger(node);
	const stopsOnFailure = !node.continueOnFail();
	const finished: Array<Finished | undefined> = new Array<Finished | undefined>(rows.length);
	const open = new Set<Promise<void>>();
	let stopped = false;
	let wake: (() => void) | undefined;

	for (let itemIndex = 0; itemIndex < rows.length; itemIndex++) {
		const row = rows[itemIndex];
		if ('problems' in row) {
			finished[itemIndex] = { failure: 'invalid', ...row, fields: operation.fields };
			continue;
		}
		if (open.size >= options.parallel * OPEN_PER_REQUEST) {
			// Not Promise.race: it would leave a callback on each open payout every time.
			await new Promise<void>((resolve) => (wake = resolve));
		}
		await gate.enter('fresh');
		if (stopped || cancel?.aborted) {
			gate.leave();
			break;
		}
		const place = gated(transport, gate, cancel);
		const bank = new BankClient(place.transport, apiVersion, clock);
		const done = runRow(operation, row, itemIndex, bank, ledger).then((end) => {
			place.leaveUnused();
			finished[itemIndex] = end;
			if ('failure' in end && stopsOnFailure) stopped = true;
			open.delete(done);
			wake?.();
		});
		open.add(done);
	}
	await Promise.all(open);
	return finished;
}

async function runRow(
	operation: Operation,
	row: Ready,
	itemIndex: number,
	bank: BankClient,
	ledger: Ledger,
): Promise<Finished> {
	try {
		const begun = ledger.begunAs(itemIndex, row.identity);
		if (begun) return changedBetweenTries(begun, operation, row, itemIndex);
		const result = await operation.run(row.input, {
			bank,
			memory: ledger.page(itemIndex, row.identity),
		});
		const results = Array.isArray(result) ? result : [result];
		const failing = results.find((one) => one.failure);
		return failing?.failure
			? {
					failure: 'failed',
					itemIndex,
					facts: failing.json,
					tally: failing.tally,
					...failing.failure,
				}
			: { results };
	} catch (error) {
		if (error instanceof BankRefusal) {
			return {
				failure: 'failed',
				itemIndex,
				facts: {
					...asked(operation, row.input, row.identity),
					errorCode: error.code,
					errorDescription: error.message,
				},
				message: error.message,
				description: error.advice,
				error: error.error,
			};
		}
		return {
			failure: 'failed',
			itemIndex,
			facts: asked(operation, row.input, row.identity),
			message: error instanceof Error ? error.message : String(error),
			description:
				error instanceof BankUnreachable ? 'The bank was only asked. Try again later.' : undefined,
		};
	}
}

function changedBetweenTries(
	begun: { identity: string; sessionId: string },
	operation: Operation,
	row: Ready,
	itemIndex: number,
): FailedItem {
	const sessionId = begun.sessionId === '' ? undefined : begun.sessionId;
	return {
		failure: 'failed',
		itemIndex,
		facts: compact({
			...asked(operation, row.input, begun.identity),
			sessionId,
			outcome: 'unknown',
		}),
		tally: { outcome: 'unknown' },
		message: `This row was begun as "${begun.identity}" and is now called "${row.identity}"; it was not sent again`,
		description:
			'Take the reference from your data, not from $now, $execution or a random value: it must stay the same when n8n tries again. Read the session with Session: Get to learn what happened.',
	};
}

/** The first request uses the place the runner waited for; later ones queue before new items. */
function gated(transport: Transport, gate: Gate, cancel: AbortSignal | undefined) {
	let hasPlace = true;
	return {
		async transport(request: BankRequest): Promise<WireAnswer> {
			if (hasPlace) hasPlace = false;
			else await gate.enter('begun');
			try {
				if (cancel?.aborted) return { failure: 'cancelled', message: 'The run was cancelled' };
				return await transport(request);
			} finally {
				gate.leave();
			}
		},
		/** An item that asked the bank nothing gives its place back. */
		leaveUnused() {
			if (hasPlace) gate.leave();
			hasPlace = false;
		},
	};
}

/** One listener on the signal for all sleepers: thousands of them would have to be searched for each that goes. */
function realClock(cancel: AbortSignal | undefined): Clock {
	const sleepers = new Set<() => void>();
	const wakeAll = () => sleepers.forEach((wake) => wake());
	return {
		now: () => Date.now(),
		random: () => Math.random(),
		stopped: () => cancel?.aborted === true,
		async sleep(ms) {
			if (cancel?.aborted) return;
			if (sleepers.size === 0) cancel?.addEventListener('abort', wakeAll);
			await new Promise<void>((resolve) => {
				sleepers.add(resolve);
				void sleep(ms).then(() => {
					sleepers.delete(resolve);
					if (sleepers.size === 0) cancel?.removeEventListener('abort', wakeAll);
					resolve();
				});
			});
		},
	};
}

async function toItems(
	node: IExecuteFunctions,
	end: Finished | undefined,
	itemIndex: number,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	if (!end) return [];
	if ('failure' in end) return [toItem(end, operation.fields)];
	const items: INodeExecutionData[] = [];
	for (const { json, file } of end.results) {
		const item: INodeExecutionData = { json: json as IDataObject, pairedItem: { item: itemIndex } };
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
