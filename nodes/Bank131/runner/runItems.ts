import type { IExecuteFunctions } from 'n8n-workflow';

import { BankClient, BankRefusal, BankUnreachable } from '../../../bank131/client/bankClient';
import { RequestLimiter } from '../../../bank131/client/requestLimiter';
import { compact } from '../../../bank131/lib/json';
import type { ApiVersion } from '../../../bank131/protocol/endpoints';
import { withoutPayout } from '../../../bank131/protocol/errorCodes';
import { n8nTransport } from '../../shared/bankTransport';
import { realClock } from '../../shared/clock';
import { continuesOnFail } from '../../shared/toolMode';
import type { Operation, RunContext } from '../contract/operation';
import type { BatchOptions } from '../fields/batchOptions';
import type { AgentGuard } from './agentGuard';
import { outcomeOf, type FailedItem, type Finished } from './itemErrors';
import { limitTransport } from './limitedTransport';
import { identifyingFacts, type ValidItem, type ReadItem } from './readItems';
import { ContextRetryLedger, type RetryLedger } from './retryLedger';

/** Payouts that may be open (begun, waiting for the bank) per request in flight; bounds memory and exposure. */
const OPEN_PER_REQUEST = 20;

export interface Connection {
	url: string;
	apiVersion: ApiVersion;
}

export interface Batch {
	connection: Connection;
	options: BatchOptions;
	rows: ReadItem[];
	/** Set when an AI agent is about to move money. */
	guard?: AgentGuard;
}

/** Runs the good rows, as many at once as allowed; after a failure in Stop mode nothing new is begun. */
export async function runItems(
	node: IExecuteFunctions,
	operation: Operation,
	{ rows, options, guard, connection: { url, apiVersion } }: Batch,
): Promise<Array<Finished | undefined>> {
	const cancel = node.getExecutionCancelSignal();
	const clock = realClock(cancel);
	const limiter = new RequestLimiter(options, clock);
	const transport = n8nTransport(node, url, options.requestTimeoutMs);
	const ledger = guard?.pages ?? new ContextRetryLedger(node, operation.movesMoney);
	const stopsOnFailure = !continuesOnFail(node);
	const finished = new Array<Finished | undefined>(rows.length).fill(undefined);
	const open = new Set<Promise<void>>();
	const shared = {
		ledger,
		claimed: new Set(ledger.refundClaims()),
		parallel: options.parallel,
		onlyCurrency: guard && 'rub',
	};
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
		await limiter.acquire('normal');
		if (stopped || cancel?.aborted) {
			limiter.release();
			break;
		}
		const limited = limitTransport(transport, limiter, cancel);
		const bank = new BankClient(limited.transport, apiVersion, clock);
		const run = async () => await runItem(operation, row, itemIndex, { bank, ...shared });
		const done = (guard ? guard.run(row, itemIndex, run) : run()).then((end) => {
			limited.releaseIfUnused();
			finished[itemIndex] = end;
			ledger.recordOutcome(itemIndex, outcomeOf(end));
			if ('failure' in end && stopsOnFailure) stopped = true;
			open.delete(done);
			wake?.();
		});
		open.add(done);
	}
	await Promise.all(open);
	// What an earlier try of this run began stays told, though this one stopped before it came to it.
	return finished.map((end, itemIndex) => end ?? startedByEarlierTry(operation, itemIndex, ledger));
}

function startedByEarlierTry(
	operation: Operation,
	itemIndex: number,
	ledger: RetryLedger,
): Finished | undefined {
	const page = ledger.startedEarlier(itemIndex);
	if (!page) return undefined;
	const { identity, outcome = 'unknown' } = page;
	const sessionId = page.sessionId === '' ? undefined : page.sessionId;
	const named = operation.identity && { [operation.identity.field]: identity };
	return { results: [{ json: compact({ ...named, outcome, sessionId }) }] };
}

async function runItem(
	operation: Operation,
	row: ValidItem,
	itemIndex: number,
	{ ledger, ...context }: Omit<RunContext, 'progressStore'> & { ledger: RetryLedger },
): Promise<Finished> {
	try {
		const begun = ledger.startedUnderOtherReference(itemIndex, row.identity);
		if (begun) return referenceChanged(begun, operation, row, itemIndex);
		const result = await operation.run(row.input, {
			...context,
			progressStore: ledger.progressOf(itemIndex, row.identity),
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
					...identifyingFacts(operation, row.input, row.identity),
					errorCode: error.code,
					errorDescription: error.message,
				},
				message: error.message,
				description: operation.movesMoney ? error.advice : withoutPayout(error.advice),
				error: error.error,
			};
		}
		return {
			failure: 'failed',
			itemIndex,
			facts: identifyingFacts(operation, row.input, row.identity),
			message: error instanceof Error ? error.message : String(error),
			description: error instanceof BankUnreachable ? error.advice : undefined,
		};
	}
}

function referenceChanged(
	begun: { identity: string; sessionId: string },
	operation: Operation,
	row: ValidItem,
	itemIndex: number,
): FailedItem {
	const sessionId = begun.sessionId === '' ? undefined : begun.sessionId;
	return {
		failure: 'failed',
		itemIndex,
		facts: compact({
			...identifyingFacts(operation, row.input, begun.identity),
			sessionId,
			outcome: 'unknown',
		}),
		tally: { outcome: 'unknown' },
		message: `This row was begun as "${begun.identity}" and is now called "${row.identity}"; it was not sent again`,
		description:
			'Take the reference from your data, not from $now, $execution or a random value: it must stay the same when n8n tries again. Read the session with Session: Get to learn what happened.',
	};
}
