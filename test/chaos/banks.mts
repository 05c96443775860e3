// The two banks of the campaign (one confirms by itself), under the weather, and what each payout's requests came to.
import {
	startSandbox,
	type LedgerEntry,
	type RequestRecord,
	type Sandbox,
	type Session,
} from '../../sandbox/sandbox.mts';
import type { FaultTarget } from '../../sandbox/config/faults.mts';
import type { Payout } from './plan.mts';
import type { Sky } from './weather.mts';

/** One request as the bank saw it, small enough to be kept for every payout. */
export interface Seen {
	/** Label of the execution that sent it. */
	execution: string;
	method: string;
	fault?: string;
	/** Undefined when a fault struck before the bank looked at it. */
	status?: number;
	errorCode?: string;
	sessionId?: string;
	at: string;
}

export const isStart = ({ method }: Seen): boolean =>
	/^session\/(multi\/)?(start|init)\//.test(method);

/** The bank took it: what it asked for has been booked, whatever became of the answer. */
export const wasTaken = ({ status, errorCode }: Seen): boolean =>
	status === 200 && errorCode === undefined;

export class Bank {
	/** Payout of the nth request. */
	private readonly askedFor: Array<Payout | undefined> = [];
	private readonly pending: RequestRecord[] = [];
	private taken = 0;
	private struckBy: Array<string | undefined> = [];
	private readonly sessions = new Map<string, Payout>();
	private readonly histories = new Map<string, Seen[]>();
	private readonly paid = new Map<string, LedgerEntry[]>();
	private ledgerRead = 0;

	constructor(
		readonly sandbox: Sandbox,
		sky: Sky,
		private readonly payouts: ReadonlyMap<string, Payout>,
	) {
		const { faults } = sandbox;
		// The door asks for faults only while the list is not empty.
		faults.add({ kind: 'delay', match: { path: 'nowhere' } });
		faults.fireMatching = (target, isWebhook) => {
			const payout = this.payoutOf(target);
			const fault = payout && sky.strike(payout, target, isWebhook);
			if (!isWebhook) {
				this.askedFor.push(payout);
				this.struckBy.push(fault?.id);
			}
			return fault;
		};
	}

	get requests(): number {
		return this.askedFor.length;
	}

	/** A session that was opened without a reference, for Payout: Start. */
	noteSession(sessionId: string, payout: Payout): void {
		this.sessions.set(sessionId, payout);
	}

	private payoutOf({ references = [], sessionId }: FaultTarget): Payout | undefined {
		for (const reference of references) {
			const found = typeof reference === 'string' ? this.payouts.get(reference) : undefined;
			if (found) return found;
		}
		if (sessionId === undefined) return undefined;
		const known = this.sessions.get(sessionId);
		if (known) return known;
		const session = this.sandbox.sessions.find(sessionId);
		const found = session && this.payouts.get(referenceIn(session) ?? '');
		if (found) this.sessions.set(sessionId, found);
		return found;
	}

	/** Takes over what the sandbox logged since the last time; the log itself is bounded. */
	drain(): void {
		const { requests } = this.sandbox;
		const fresh = this.askedFor.length - this.taken;
		if (fresh > 0) this.pending.push(...requests.slice(-fresh));
		this.taken = this.askedFor.length;
	}

	/** All requests for a payout, oldest first. */
	history(payout: Payout): Seen[] {
		this.digest();
		return this.histories.get(payout.reference) ?? [];
	}

	private digest(): void {
		this.drain();
		for (const record of this.pending) {
			const payout = this.askedFor[record.n - 1];
			if (!payout) continue;
			const list = this.histories.get(payout.reference) ?? [];
			this.histories.set(payout.reference, list);
			list.push(new SeenRequest(record, this.struckBy[record.n - 1]));
		}
		this.pending.length = 0;
	}

	/** The payouts and returns in the ledger for a reference. */
	ledgerOf({ reference }: Payout): LedgerEntry[] {
		const { entries } = this.sandbox.ledger;
		for (; this.ledgerRead < entries.length; this.ledgerRead++) {
			const entry = entries[this.ledgerRead];
			const key = referenceOfMetadata(entry.metadata) ?? '';
			const list = this.paid.get(key);
			if (list) list.push(entry);
			else this.paid.set(key, [entry]);
		}
		return this.paid.get(reference) ?? [];
	}

	/** References the money went out for. */
	paidReferences(): Iterable<string> {
		this.ledgerOf({ reference: '' } as Payout);
		return this.paid.keys();
	}
}

/** Reads the record late: its status is known only after the answer. */
class SeenRequest implements Seen {
	readonly fault: string | undefined;
	private record: RequestRecord | undefined;
	private done: Pick<Seen, 'status' | 'errorCode' | 'sessionId'> = {};
	readonly execution: string;
	readonly method: string;
	readonly at: string;

	constructor(record: RequestRecord, fault: string | undefined) {
		this.record = record;
		this.fault = fault;
		this.execution = record.submerchant ?? '';
		this.method = record.path.replace(/^v\d\//, '');
		this.at = record.at;
	}

	private get now() {
		if (this.record) {
			const { status, errorCode, sessionId, ms } = this.record;
			this.done = { status: status === 0 ? undefined : status, errorCode, sessionId };
			// The body goes with the record.
			if (ms > 0) this.record = undefined;
		}
		return this.done;
	}

	get status() {
		return this.now.status;
	}

	get errorCode() {
		return this.now.errorCode;
	}

	get sessionId() {
		return this.now.sessionId;
	}
}

function referenceOfMetadata(metadata: unknown): string | undefined {
	const reference = (metadata as { reference?: unknown } | null | undefined)?.reference;
	return typeof reference === 'string' ? reference : undefined;
}

/** The reference of the payout in a session, else of the request that opened it. */
export function referenceIn({ payouts, draft }: Session): string | undefined {
	return referenceOfMetadata(payouts[0]?.metadata) ?? referenceOfMetadata(draft.metadata);
}

export async function openBanks(
	sky: Sky,
	payouts: ReadonlyMap<string, Payout>,
	seed: number,
	webhookUrls: string[],
): Promise<Bank[]> {
	const common = {
		processingMs: 4,
		logSize: 20_000,
		seed,
		webhookRetryMs: 50,
		webhookAttempts: 10,
		returnAfterMs: 100,
		balance: 1e13,
	};
	const byHand = await startSandbox({ ...common, webhookUrl: webhookUrls[0] });
	const byItself = await startSandbox({
		...common,
		webhookUrl: webhookUrls[1],
		autoConfirm: true,
		errorHttpStatus: 200,
		idempotencyErrorHasStatus: true,
	});
	return [byHand, byItself].map((sandbox) => new Bank(sandbox, sky, payouts));
}
