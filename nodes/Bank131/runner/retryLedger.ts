import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../../../bank131/lib/json';
import type { ProgressStore, Progress } from '../../../bank131/flows/progress';
import { claimKey } from '../../../bank131/flows/findRefund';

const KEY = 'bank131';

type LedgerEntry = Progress & { identity: string; outcome?: string };

interface LedgerPages {
	run: number;
	pages: { [item: string]: LedgerEntry };
}

/** Where a run notes what its items have come to. */
export interface RetryLedger {
	/** What an earlier try of this run began for the item under another identity. */
	startedUnderOtherReference(itemIndex: number, identity: string): LedgerEntry | undefined;
	/** What an earlier try began for the item. */
	startedEarlier(itemIndex: number): LedgerEntry | undefined;
	/** Refunds that earlier tries have found to be their items' own. */
	refundClaims(): string[];
	/** Notes what this try told about the item. */
	recordOutcome(itemIndex: number, outcome: string | undefined): void;
	progressOf(itemIndex: number, identity: string): ProgressStore;
}

/**
 * What every item of this run has come to, kept where n8n's Retry On Fail finds it again: in the node's context, which
 * survives the tries of one execution. So a next try looks at the session of the last one instead of paying again.
 * n8n stores the context with the execution, so it is kept only while Retry On Fail is on, and holds ids and steps only.
 */
export class ContextRetryLedger implements RetryLedger {
	private readonly stored: LedgerPages | undefined;

	constructor(node: IExecuteFunctions, movesMoney: boolean) {
		if (!movesMoney || node.getNode().retryOnFail !== true) return;
		const context = node.getContext('node');
		const run = runIndexOf(node);
		const found: unknown = context[KEY];
		// In a loop the node runs again with other items under the same numbers.
		const kept = isObject(found) && found.run === run ? found : { run, pages: {} };
		context[KEY] = kept;
		this.stored = kept as unknown as LedgerPages;
	}

	/**
	 * What an earlier try of this run began for the item under another identity. The items are the same in every try, so
	 * the user's reference is not: it comes from a clock or a random value, and the bank could not tell it is the same payout.
	 */
	startedUnderOtherReference(itemIndex: number, identity: string): LedgerEntry | undefined {
		const page = this.startedEarlier(itemIndex);
		return page && page.identity !== identity ? page : undefined;
	}

	refundClaims(): string[] {
		return Object.values(this.stored?.pages ?? {}).flatMap(({ sessionId, refundId }) =>
			refundId === undefined ? [] : [claimKey(sessionId, refundId)],
		);
	}

	/** Notes what this try told about the item, for a later try that may stop before it comes to it. */
	recordOutcome(itemIndex: number, outcome: string | undefined): void {
		const page = this.stored?.pages[itemIndex];
		if (page) page.outcome = outcome;
	}

	/** What an earlier try began for the item. */
	startedEarlier(itemIndex: number): LedgerEntry | undefined {
		const page = this.stored?.pages[itemIndex];
		return page && page.step !== 'created' ? page : undefined;
	}

	/** `identity` guards against a page that belongs to another payout. */
	progressOf(itemIndex: number, identity: string): ProgressStore {
		const { stored } = this;
		let own: Progress | undefined;
		return {
			load: () => {
				const page = stored?.pages[itemIndex];
				return page?.identity === identity ? page : own;
			},
			save: (progress) => {
				own = progress;
				if (stored) stored.pages[itemIndex] = { ...progress, identity };
			},
		};
	}
}

function runIndexOf(node: IExecuteFunctions): number {
	const { $runIndex } = node.getWorkflowDataProxy(0) as { $runIndex?: unknown };
	return typeof $runIndex === 'number' ? $runIndex : 0;
}
