import type { IExecuteFunctions } from 'n8n-workflow';

import type { Progress, ProgressStore } from '../../../bank131/flows/progress';
import { isObject } from '../../../bank131/lib/json';
import type { Outcome } from '../../../bank131/session/outcomes';
import { foldReference } from '../../../bank131/values/references';

const CONTEXT_KEY = 'bank131Agent';

/** One call of an agent: a payment of this amount to this recipient under this ID. */
export interface AgentCall {
	/** The user's own ID of the payment, or the session ID. */
	identity: string;
	minorUnits: number;
	/** Identifies the recipient without containing a number or name. */
	recipientKey: string;
}

/** Holds IDs, steps and amounts only, because n8n stores the node's context with the execution. */
interface SpendEntry extends AgentCall {
	/** It is certain that the amount did not move, so it no longer counts towards the total. */
	isReleased: boolean;
	progress?: Progress;
}

interface SpendEntries {
	[operationAndIdentity: string]: SpendEntry;
}

/** Why an amount was not reserved. `reserved`: kopecks. */
export type ReservationRefusal =
	| { reason: 'otherAmountOrRecipient' }
	| { reason: 'alreadyPaid'; identity: string }
	| { reason: 'totalExceeded'; reserved: number };

/** Whether an amount was reserved. `isFirst`: no earlier call has reserved it for the same payment. */
export type Reservation =
	| { isGranted: true; isFirst: boolean }
	| { isGranted: false; refusal: ReservationRefusal };

/** Outcomes of a session after which its money has not moved and will not move. */
const NEVER_MOVED_OUTCOMES: ReadonlySet<string> = new Set<Outcome>(['failed', 'cancelled']);

/** Calls in flight, by record and payment: a second call for the same payment waits for the first. */
const inFlight = new WeakMap<SpendEntries, Map<string, Promise<unknown>>>();

/**
 * The payments that an agent has made in one execution, in the node's context. An agent calls many times, repeats
 * calls and runs several at once. So a repeated payment is looked up instead of made again, and a limit holds for all
 * calls together.
 */
export class SpendRecord {
	private constructor(
		private readonly entries: SpendEntries,
		private readonly resource: string,
		private readonly operation: string,
	) {}

	/**
	 * The record of this operation in the node's context; `undefined` if n8n has no context for this caller, so that a
	 * total cannot be counted.
	 */
	static open(
		node: IExecuteFunctions,
		{ resource, value }: { resource: string; value: string },
	): SpendRecord | undefined {
		try {
			const context = node.getContext('node');
			const stored: unknown = context[CONTEXT_KEY];
			const entries = isObject(stored) ? (stored as unknown as SpendEntries) : {};
			context[CONTEXT_KEY] = entries;
			return new SpendRecord(entries, resource, value);
		} catch {
			return undefined;
		}
	}

	/** Runs calls for the same payment one after the other, so that the next one sees the result of the one before. */
	async inSequence<T>({ identity }: AgentCall, job: () => Promise<T>): Promise<T> {
		const key = this.key(identity);
		const calls = inFlight.get(this.entries) ?? new Map<string, Promise<unknown>>();
		inFlight.set(this.entries, calls);
		const current = (calls.get(key) ?? Promise.resolve()).then(job, job);
		calls.set(key, current);
		try {
			return await current;
		} finally {
			if (calls.get(key) === current) calls.delete(key);
		}
	}

	/**
	 * Reserves the call's amount before it moves. `total`: the limit for all calls together, in kopecks. Nothing is
	 * awaited here, so two calls at once cannot both reserve the rest of the total.
	 */
	reserve(call: AgentCall, total: number): Reservation {
		const { identity, minorUnits, recipientKey } = call;
		const entry = this.entries[this.key(identity)];
		const isSamePayment = (other: AgentCall) =>
			other.minorUnits === minorUnits && other.recipientKey === recipientKey;
		if (entry && !entry.isReleased) {
			return isSamePayment(entry)
				? { isGranted: true, isFirst: false }
				: refusal({ reason: 'otherAmountOrRecipient' });
		}
		const duplicate = this.reservedEntries(`${this.resource}.`).find(isSamePayment);
		if (duplicate) return refusal({ reason: 'alreadyPaid', identity: duplicate.identity });
		const reserved = this.reservedEntries().reduce((sum, other) => sum + other.minorUnits, 0);
		if (reserved + minorUnits > total) return refusal({ reason: 'totalExceeded', reserved });
		this.entries[this.key(identity)] = { ...entry, ...call, isReleased: false };
		return { isGranted: true, isFirst: true };
	}

	/**
	 * Releases the amount if it is certain that it did not move. `rejected` is about this call only, so the amount of
	 * an earlier call for the same payment stays reserved. Without an outcome, or with `rejected`, the call sent nothing
	 * that moves money, unless its progress shows a later step than `created`: the bank may act later.
	 */
	settle({ identity }: AgentCall, isFirst: boolean, outcome: string | undefined): void {
		const entry = this.entries[this.key(identity)];
		const hasStarted = entry.progress !== undefined && entry.progress.step !== 'created';
		const wasNotSent = (outcome === 'rejected' || outcome === undefined) && !hasStarted;
		if (NEVER_MOVED_OUTCOMES.has(outcome ?? '') || (isFirst && wasNotSent)) entry.isReleased = true;
	}

	/** Where the flow of this payment stores its progress. The payment must be reserved already. */
	progressStore(identity: string): ProgressStore {
		const entry = () => this.entries[this.key(identity)];
		return {
			load: () => entry().progress,
			save: (progress) => {
				entry().progress = { ...progress };
			},
		};
	}

	private reservedEntries(prefix = ''): SpendEntry[] {
		return Object.entries(this.entries)
			.filter(([key, { isReleased }]) => !isReleased && key.startsWith(prefix))
			.map(([, entry]) => entry);
	}

	private key(identity: string): string {
		return `${this.resource}.${this.operation}:${foldReference(identity)}`;
	}
}

const refusal = (reason: ReservationRefusal): Reservation => ({
	isGranted: false,
	refusal: reason,
});
