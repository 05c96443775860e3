import type { IExecuteFunctions } from 'n8n-workflow';

import { claimKey } from '../../../bank131/flows/refund/refundClaims';
import type { Progress, ProgressStore } from '../../../bank131/flows/progress';
import { isObject } from '../../../bank131/lib/json';
import type { Outcome } from '../../../bank131/session/outcomes';

const CONTEXT_KEY = 'bank131';

/** The progress of one item, with the identity of its payment. */
type LedgerEntry = Progress & { identity: string; outcome?: string };

/**
 * Outcomes after which the advice is to pay under a new Reference. n8n keeps the context of an execution it retries.
 */
const NOT_PAID_OUTCOMES: ReadonlySet<string> = new Set<Outcome>([
	'failed',
	'cancelled',
	'returned',
]);

interface StoredLedger {
	/** Index of the run: in a loop the node runs again with other items under the same indexes. */
	run: number;
	entries: { [itemIndex: string]: LedgerEntry };
}

/** Saves the progress of the items of one run for the next attempt. */
export interface RetryLedger {
	/**
	 * The entry of the item, if an earlier attempt of this run started it under another identity. Every attempt has
	 * the same items, so the reference is not stable: it comes from a clock or a random value, and the bank cannot
	 * recognise the payout. None if the earlier one has ended without paying: it may be paid under a new reference.
	 */
	startedUnderOtherReference(itemIndex: number, identity: string): LedgerEntry | undefined;
	/** The entry of the item, if an earlier attempt started it. */
	startedEarlier(itemIndex: number): LedgerEntry | undefined;
	/** Keys of the refunds that earlier attempts matched to their items. */
	refundClaims(): string[];
	/** Saves the outcome that this attempt reported, for a later attempt that stops before it reaches the item. */
	recordOutcome(itemIndex: number, outcome: string | undefined): void;
	/** `identity` prevents reading the progress of another payout under the same index. */
	progressOf(itemIndex: number, identity: string): ProgressStore;
}

/**
 * The ledger of a run, in the node's context, which survives the attempts of Retry On Fail within one execution.
 * The next attempt reads the session of the previous one instead of paying again. n8n stores the context with the
 * execution, so the ledger is kept only while Retry On Fail is on, and holds only IDs and steps.
 */
export class ContextRetryLedger implements RetryLedger {
	private readonly stored: StoredLedger | undefined;

	constructor(node: IExecuteFunctions, movesMoney: boolean) {
		if (!movesMoney || node.getNode().retryOnFail !== true) return;
		const context = node.getContext('node');
		const run = runIndexOf(node);
		const previous: unknown = context[CONTEXT_KEY];
		const isSameRun = isObject(previous) && previous.run === run;
		const current = isSameRun ? previous : { run, entries: {} };
		context[CONTEXT_KEY] = current;
		this.stored = current as unknown as StoredLedger;
	}

	startedUnderOtherReference(itemIndex: number, identity: string): LedgerEntry | undefined {
		const entry = this.startedEarlier(itemIndex);
		if (!entry || entry.identity === identity) return undefined;
		return NOT_PAID_OUTCOMES.has(entry.outcome ?? '') ? undefined : entry;
	}

	refundClaims(): string[] {
		return Object.values(this.stored?.entries ?? {}).flatMap(({ sessionId, refundId }) =>
			refundId === undefined ? [] : [claimKey(sessionId, refundId)],
		);
	}

	recordOutcome(itemIndex: number, outcome: string | undefined): void {
		const entry = this.stored?.entries[itemIndex];
		if (entry) entry.outcome = outcome;
	}

	startedEarlier(itemIndex: number): LedgerEntry | undefined {
		const entry = this.stored?.entries[itemIndex];
		return entry && entry.step !== 'created' ? entry : undefined;
	}

	progressOf(itemIndex: number, identity: string): ProgressStore {
		const { stored } = this;
		let current: Progress | undefined;
		return {
			load: () => {
				const entry = stored?.entries[itemIndex];
				return entry?.identity === identity ? entry : current;
			},
			save: (progress) => {
				current = progress;
				if (stored) stored.entries[itemIndex] = { ...progress, identity };
			},
		};
	}
}

function runIndexOf(node: IExecuteFunctions): number {
	const { $runIndex } = node.getWorkflowDataProxy(0) as { $runIndex?: unknown };
	return typeof $runIndex === 'number' ? $runIndex : 0;
}
