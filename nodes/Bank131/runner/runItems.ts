import type { IExecuteFunctions } from 'n8n-workflow';

import type { KeyRoutes } from '../../../bank131/flows/context';
import { RefundClaims } from '../../../bank131/flows/refund/refundClaims';
import { BankClient } from '../../../bank131/client/bankClient';
import { RequestLimiter } from '../../../bank131/client/requestLimiter';
import { compact, type JsonObject } from '../../../bank131/lib/json';
import { outcomeFields } from '../../../bank131/session/outcomes';
import type { BankConnection } from '../../shared/bankClientFactory';
import { n8nTransport } from '../../shared/bankTransport';
import { realClock } from '../../shared/clock';
import { eventLoopTurns } from '../../shared/eventLoopTurns';
import { continuesOnFail } from '../../shared/toolMode';
import type { Operation, RunContext } from '../contract/operation';
import type { BatchOptions } from '../fields/batchOptions';
import type { AgentGuard } from './agentGuard';
import { exceptionItem } from './exceptionItem';
import { outcomeOf, type FailedItem, type FinishedItem } from './itemErrors';
import { limitTransport } from './limitedTransport';
import { identifyingFacts, type ReadItem, type ValidItem } from './readItems';
import type { RetryLedger } from './retryLedger';
import { startedAndRefused, startedByEarlierAttempt } from './startedEarlier';

/** Items that may be open (started, waiting for the bank) per request in flight; bounds memory and exposure. */
const OPEN_ITEMS_PER_REQUEST = 20;

/** The checked input of one run. */
export interface Batch {
	connection: BankConnection;
	options: BatchOptions;
	items: ReadItem[];
	keyRoutes: KeyRoutes;
	/** What the output pane says about the parameters. */
	hints: string[];
	/** What identifies the rows of a list in an error, by the index of the item. */
	rowFacts: ReadonlyMap<number, JsonObject>;
	ledger: RetryLedger;
	/** Set if an AI agent runs an operation that moves money. */
	agentGuard?: AgentGuard;
}

/** Runs the valid items, as many at once as allowed. In Stop mode no item is started after a failure. */
export async function runItems(
	node: IExecuteFunctions,
	operation: Operation,
	{ items, options, agentGuard, connection, keyRoutes, ledger }: Batch,
): Promise<Array<FinishedItem | undefined>> {
	const cancel = node.getExecutionCancelSignal();
	const clock = realClock(cancel);
	const limiter = new RequestLimiter(options, clock);
	const transport = n8nTransport(node, {
		baseUrl: connection.url,
		credentials: connection.credentials,
		timeoutMs: options.requestTimeoutMs,
	});
	const stopsOnFailure = !continuesOnFail(node);
	const finished = new Array<FinishedItem | undefined>(items.length).fill(undefined);
	const open = new Set<Promise<void>>();
	const sharedContext = {
		ledger,
		refundClaims: new RefundClaims(ledger.refundClaims()),
		keyRoutes,
		parallel: options.parallel,
		onlyCurrency: agentGuard && 'rub',
	};
	let isStopped = false;
	let wake: (() => void) | undefined;

	for (const [itemIndex, item] of items.entries()) {
		if (item.kind === 'invalid') {
			const [{ message }] = item.problems;
			finished[itemIndex] = startedAndRefused(operation, itemIndex, ledger, message) ?? item;
			continue;
		}
		if (open.size >= options.parallel * OPEN_ITEMS_PER_REQUEST) {
			// Not Promise.race: it would leave a callback on each open item every time.
			await new Promise<void>((resolve) => (wake = resolve));
		}
		await eventLoopTurns.take();
		await limiter.acquire('normal');
		if (isStopped || cancel?.aborted) {
			limiter.release();
			break;
		}
		const limited = limitTransport(limiter, cancel);
		const bank = new BankClient(limited.wrap(transport), connection.apiVersion, clock);
		const run = async () => await runItem(operation, item, itemIndex, { bank, ...sharedContext });
		const done = (agentGuard ? agentGuard.run(item, itemIndex, run) : run()).then((result) => {
			limited.releaseIfUnused();
			finished[itemIndex] = result;
			ledger.recordOutcome(itemIndex, outcomeOf(result));
			if (result.kind !== 'completed' && stopsOnFailure) isStopped = true;
			open.delete(done);
			wake?.();
		});
		open.add(done);
	}
	await Promise.all(open);
	// Still report items that an earlier attempt started, even if this attempt stopped before reaching them.
	return finished.map(
		(item, itemIndex) => item ?? startedByEarlierAttempt(operation, itemIndex, ledger),
	);
}

async function runItem(
	operation: Operation,
	item: ValidItem,
	itemIndex: number,
	{ ledger, ...context }: Omit<RunContext, 'progressStore'> & { ledger: RetryLedger },
): Promise<FinishedItem> {
	const progressStore = ledger.progressOf(itemIndex, item.identity);
	try {
		const earlier = ledger.startedUnderOtherReference(itemIndex, item.identity);
		if (earlier) return referenceChanged(earlier, operation, item, itemIndex);
		const result = await operation.run(item.input, { ...context, progressStore });
		const results = Array.isArray(result) ? result : [result];
		const failed = results.find(({ failure }) => failure);
		if (!failed?.failure) return { kind: 'completed', results };
		const { json: facts, tally, failure } = failed;
		return { kind: 'failed', itemIndex, facts, tally, ...failure };
	} catch (error) {
		return exceptionItem(error, operation, { item, itemIndex, progress: progressStore.load() });
	}
}

/** The error of an item that an earlier attempt started under another identity. It is not sent again. */
function referenceChanged(
	earlier: { identity: string; sessionId: string },
	operation: Operation,
	item: ValidItem,
	itemIndex: number,
): FailedItem {
	const sessionId = earlier.sessionId === '' ? undefined : earlier.sessionId;
	return {
		kind: 'failed',
		itemIndex,
		facts: compact({
			...identifyingFacts(operation, item.input, earlier.identity),
			sessionId,
			...outcomeFields('unknown'),
		}),
		tally: { outcome: 'unknown' },
		message: `This row was started as "${earlier.identity}" and is now called "${item.identity}"; it was not sent again`,
		description:
			'Take the reference from your data, not from $now, $execution or a random value: it must stay the same when n8n tries again. Read the session with Session: Get to learn what happened.',
	};
}
