import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../../../bank131/lib/json';
import type { ProgressStore, Progress } from '../../../bank131/flows/progress';
import type { Outcome } from '../../../bank131/session/session';

const KEY = 'bank131Agent';

/** One call of an agent, as the record sees it. */
export interface Call {
	/** The user's own id of the payment, or the session. */
	identity: string;
	minorUnits: number;
	/** Tells one recipient from another without naming any. */
	who: string;
}

/** Ids, steps and amounts only: n8n stores the context with the execution. */
interface Entry extends Call {
	/** Counts towards the total: it has moved money, or nobody knows that it has not. */
	counts: boolean;
	progress?: Progress;
}

interface Entries {
	[operationAndIdentity: string]: Entry;
}

export type Claim =
	| { because: 'otherAmountOrRecipient' }
	| { because: 'paidUnder'; identity: string }
	| { because: 'total'; moved: number }
	/** `fresh`: no earlier call for the same payment counts. */
	| { because?: undefined; fresh: boolean };

/** Said of the session: its money is not on its way and will not be. */
const NEVER_MOVES: ReadonlySet<string> = new Set<Outcome>(['failed', 'cancelled']);

/** Calls that run now, by record and payment: a second call waits for the first. */
const running = new WeakMap<Entries, Map<string, Promise<unknown>>>();

/**
 * What the calls of an agent in one execution have come to, in the node's context. An agent calls many times, repeats itself
 * and calls at once: so a payment is looked up instead of made again, and all calls together have a limit.
 */
export class SpendRecord {
	private constructor(
		private readonly entries: Entries,
		private readonly resource: string,
		private readonly operation: string,
	) {}

	/** Undefined where n8n keeps no context for the caller: there no total could be watched. */
	static of(
		node: IExecuteFunctions,
		{ resource, value }: { resource: string; value: string },
	): SpendRecord | undefined {
		try {
			const context = node.getContext('node');
			const kept: unknown = context[KEY];
			const entries = isObject(kept) ? (kept as unknown as Entries) : {};
			context[KEY] = entries;
			return new SpendRecord(entries, resource, value);
		} catch {
			return undefined;
		}
	}

	/** Calls for the same payment run one after the other; the next one sees what the last one began. */
	async inTurn<T>({ identity }: Call, job: () => Promise<T>): Promise<T> {
		const key = this.key(identity);
		const calls = running.get(this.entries) ?? new Map<string, Promise<unknown>>();
		running.set(this.entries, calls);
		const own = (calls.get(key) ?? Promise.resolve()).then(job, job);
		calls.set(key, own);
		try {
			return await own;
		} finally {
			if (calls.get(key) === own) calls.delete(key);
		}
	}

	/** Counts the call's amount before it moves. Nothing is awaited here, so calls at once can't both have the rest. */
	claim(call: Call, total: number): Claim {
		const { identity, minorUnits, who } = call;
		const own = this.entries[this.key(identity)];
		const isLike = (entry: Call) => entry.minorUnits === minorUnits && entry.who === who;
		if (own?.counts) {
			return isLike(own) ? { fresh: false } : { because: 'otherAmountOrRecipient' };
		}
		const twin = this.counting(`${this.resource}.`).find(isLike);
		if (twin) return { because: 'paidUnder', identity: twin.identity };
		const moved = this.counting().reduce((sum, entry) => sum + entry.minorUnits, 0);
		if (moved + minorUnits > total) return { because: 'total', moved };
		this.entries[this.key(identity)] = { ...own, identity, minorUnits, who, counts: true };
		return { fresh: true };
	}

	/**
	 * Gives the amount back if it is certain that it did not move. `rejected` says so of this call only, not of an earlier one
	 * for the same payment. Without an outcome the bank was only asked.
	 */
	settle({ identity }: Call, fresh: boolean, outcome: string | undefined): void {
		const entry = this.entries[this.key(identity)];
		const begun = entry.progress !== undefined && entry.progress.step !== 'created';
		const notThisTime = outcome === 'rejected' || (outcome === undefined && !begun);
		if (NEVER_MOVES.has(outcome ?? '') || (fresh && notThisTime)) entry.counts = false;
	}

	/** The ledger's page of the payment. */
	progressStore(identity: string): ProgressStore {
		const entry = () => this.entries[this.key(identity)];
		return {
			load: () => entry().progress,
			save: (progress) => {
				entry().progress = { ...progress };
			},
		};
	}

	private counting(prefix = ''): Entry[] {
		return Object.entries(this.entries)
			.filter(([key, { counts }]) => counts && key.startsWith(prefix))
			.map(([, entry]) => entry);
	}

	private key(identity: string): string {
		return `${this.resource}.${this.operation}:${identity}`;
	}
}
