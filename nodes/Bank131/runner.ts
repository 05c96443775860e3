import {
	NodeOperationError,
	sleep,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { BankClient, BankRefusal, BankUnreachable } from '../../bank131/client';
import { baseUrl } from '../../bank131/environments';
import { Gate, type Clock } from '../../bank131/gate';
import { loadPrivateKey } from '../../bank131/pem';
import type { ApiVersion } from '../../bank131/endpoints';
import type { Transport } from '../../bank131/transport';
import { summaryHint } from './batchSummary';
import { errorItem, invalidRows, stopError, type FailedItem, type InvalidItem } from './errors';
import { readBatchOptions, type BatchOptions } from './fields/batchOptions';
import { Ledger } from './ledger';
import type { ItemResult, Operation } from './operation';
import { ItemParameters, SharedParameters } from './parameters';
import { CREDENTIAL, n8nTransport } from './transport';

/** Payouts that may be open (begun, waiting for the bank) per request in flight; bounds memory and exposure. */
const OPEN_PER_REQUEST = 20;
/** Rows read before other work of n8n's event loop gets a turn. */
const ROWS_PER_TURN = 200;

type Ready = { input: unknown; identity: string };
type Row = Ready | InvalidItem;
type Finished = { results: ItemResult[] } | FailedItem;

/**
 * Runs one operation for all items: checks every row before the first request, keeps the calls to the bank within the
 * limits, keeps the order, and lets failed items keep their facts (design: money rules 4, 5, 8, 9).
 */
export async function runOperation(
	node: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const items = node.getInputData();
	const credentials = await node.getCredentials(CREDENTIAL);
	const connection = connectionOf(node, credentials);
	const shared = new SharedParameters(node, credentials.environment === 'live');
	const options = readBatchOptions(new ItemParameters(node, 0, shared));
	const rows = await readRows(node, operation, items.length, shared);
	const invalid = rows.filter((row): row is InvalidItem => 'problems' in row);
	if (invalid.length > 0 && !node.continueOnFail()) {
		throw new NodeOperationError(
			node.getNode(),
			...invalidRows(invalid, operation.fields, items.length),
		);
	}

	const finished = await runRows(node, operation, rows, options, connection);
	const failed = finished.filter((end): end is FailedItem => end !== undefined && 'failure' in end);
	if (failed.length > 0 && !node.continueOnFail()) {
		throw new NodeOperationError(node.getNode(), ...stopError(failed[0], finished, items.length));
	}
	if (operation.movesMoney) node.addExecutionHints?.(summaryHint(finished));
	return [finished.flatMap((end, itemIndex) => toItems(end, itemIndex, operation))];
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
	const rows: Row[] = [];
	const firstWith = new Map<string, number>();
	for (let itemIndex = 0; itemIndex < count; itemIndex++) {
		if (itemIndex % ROWS_PER_TURN === ROWS_PER_TURN - 1) await sleep(0);
		const param = new ItemParameters(node, itemIndex, shared);
		const input = readRow(operation, param);
		const identity = param.problems.length > 0 ? '' : (operation.identity?.of(input) ?? '');
		const earlier = identity === '' ? undefined : firstWith.get(identity);
		if (earlier !== undefined) {
			param.problem(
				operation.identity?.field ?? '',
				`"${identity}" also stands in row ${earlier + 1}`,
				'Each may appear once: give every payout its own, or remove one of the rows.',
			);
		} else if (identity !== '') firstWith.set(identity, itemIndex);
		rows.push(
			param.problems.length > 0 ? { itemIndex, problems: param.problems } : { input, identity },
		);
	}
	return rows;
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
	rows: Row[],
	options: BatchOptions,
	{ url, apiVersion }: Connection,
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

	for (let itemIndex = 0; itemIndex < rows.length; itemIndex++) {
		const row = rows[itemIndex];
		if ('problems' in row) {
			finished[itemIndex] = { failure: 'invalid', ...row, fields: operation.fields };
			continue;
		}
		if (open.size >= options.parallel * OPEN_PER_REQUEST) await Promise.race(open);
		await gate.enter('fresh');
		if (stopped || cancel?.aborted) {
			gate.leave();
			break;
		}
		const bank = new BankClient(gated(transport, gate), apiVersion, clock);
		const done = runRow(operation, row, itemIndex, bank, ledger).then((end) => {
			finished[itemIndex] = end;
			if ('failure' in end && stopsOnFailure) stopped = true;
			open.delete(done);
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
				facts: { errorCode: error.code, errorDescription: error.message },
				message: error.message,
				description: error.advice,
				error: error.error,
			};
		}
		return {
			failure: 'failed',
			itemIndex,
			facts: {},
			message: error instanceof Error ? error.message : String(error),
			description:
				error instanceof BankUnreachable ? 'No money has moved. Try again later.' : undefined,
		};
	}
}

/** The first request uses the place the runner waited for; later ones queue before new items. */
function gated(transport: Transport, gate: Gate): Transport {
	let hasPlace = true;
	return async (request) => {
		if (hasPlace) hasPlace = false;
		else await gate.enter('begun');
		try {
			return await transport(request);
		} finally {
			gate.leave();
		}
	};
}

function realClock(cancel: AbortSignal | undefined): Clock {
	return {
		now: () => Date.now(),
		random: () => Math.random(),
		async sleep(ms) {
			if (cancel?.aborted) return;
			let stop: (() => void) | undefined;
			const cancelled = new Promise<void>((resolve) => {
				stop = () => resolve();
				cancel?.addEventListener('abort', stop, { once: true });
			});
			await Promise.race([sleep(ms), cancelled]);
			if (stop) cancel?.removeEventListener('abort', stop);
		},
	};
}

function toItems(
	end: Finished | undefined,
	itemIndex: number,
	operation: Operation,
): INodeExecutionData[] {
	if (!end) return [];
	const pairedItem = { item: itemIndex };
	return 'results' in end
		? end.results.map(({ json }) => ({ json: json as IDataObject, pairedItem }))
		: [{ json: errorItem(end, operation.fields), pairedItem }];
}
