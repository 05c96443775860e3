// The two sandbox banks of the campaign (one confirms automatically), with injected faults and recorded requests.
import {
	startSandbox,
	type LedgerEntry,
	type RequestRecord,
	type Sandbox,
	type Session,
} from '../../../sandbox/sandbox.mts';
import type { FaultTarget } from '../../../sandbox/config/faults.mts';
import type { Payout } from '../plan/planCampaign.mts';
import type { FaultInjector } from './faultInjector.mts';

/** One request that the bank received, without its body to save memory. */
export interface ObservedRequest {
	/** Label of the execution that sent it. */
	execution: string;
	method: string;
	fault?: string;
	/** HTTP status; undefined if a fault was injected before the bank processed the request. */
	status?: number;
	errorCode?: string;
	sessionId?: string;
	/** The bank accepted the request and booked it, at once or later, even if the response was lost. */
	isAccepted: boolean;
	/** ISO 8601 time. */
	at: string;
}

/** Whether the request starts a payout. */
export const isStart = ({ method }: ObservedRequest): boolean =>
	/^session\/(multi\/)?(start|init)\//.test(method);

/** A sandbox bank with the requests and ledger entries of each payout. */
export class ObservedBank {
	/** Payout of each request, by request number. */
	private readonly payoutOfRequest: Array<Payout | undefined> = [];
	private readonly pendingRecords: RequestRecord[] = [];
	/** Requests whose records can still change. */
	private openRequests: RecordedRequest[] = [];
	private drainedCount = 0;
	private faultOfRequest: Array<string | undefined> = [];
	private readonly sessions = new Map<string, Payout>();
	private readonly requestsByReference = new Map<string, ObservedRequest[]>();
	private readonly entriesByReference = new Map<string, LedgerEntry[]>();
	private ledgerPosition = 0;

	constructor(
		readonly sandbox: Sandbox,
		faultInjector: FaultInjector,
		private readonly payouts: ReadonlyMap<string, Payout>,
	) {
		const { faults } = sandbox;
		// The sandbox calls `strike` only while the list is not empty.
		faults.add({ kind: 'delay', match: { path: 'nowhere' } });
		faults.fireMatching = (target, isWebhook) => {
			const payout = this.payoutOf(target);
			const fault = payout && faultInjector.selectFault(payout, target, isWebhook);
			if (!isWebhook) {
				this.payoutOfRequest.push(payout);
				this.faultOfRequest.push(fault?.id);
			}
			return fault;
		};
	}

	/** Number of requests so far. */
	get requests(): number {
		return this.payoutOfRequest.length;
	}

	/** Assigns a session without a reference to a payout, for Payout: Start. */
	registerSession(sessionId: string, payout: Payout): void {
		this.sessions.set(sessionId, payout);
	}

	private payoutOf({ references = [], sessionId }: FaultTarget): Payout | undefined {
		for (const reference of references) {
			const matched = typeof reference === 'string' ? this.payouts.get(reference) : undefined;
			if (matched) return matched;
		}
		if (sessionId === undefined) return undefined;
		const known = this.sessions.get(sessionId);
		if (known) return known;
		const session = this.sandbox.sessions.find(sessionId);
		const matched = session && this.payouts.get(referenceIn(session) ?? '');
		if (matched) this.sessions.set(sessionId, matched);
		return matched;
	}

	/** Copies new records from the request log of the sandbox, which is bounded, and releases old ones. Call it often. */
	drain(): void {
		this.assignPending();
		this.openRequests = this.openRequests.filter((request) => !request.release());
	}

	private copyNewRecords(): void {
		const { requests } = this.sandbox;
		const newCount = this.payoutOfRequest.length - this.drainedCount;
		if (newCount > 0) this.pendingRecords.push(...requests.slice(-newCount));
		this.drainedCount = this.payoutOfRequest.length;
	}

	/** All requests for a payout, oldest first. */
	requestsFor(payout: Payout): ObservedRequest[] {
		this.assignPending();
		return this.requestsByReference.get(payout.reference) ?? [];
	}

	private assignPending(): void {
		this.copyNewRecords();
		for (const record of this.pendingRecords) {
			const payout = this.payoutOfRequest[record.n - 1];
			if (!payout) continue;
			const list = this.requestsByReference.get(payout.reference) ?? [];
			this.requestsByReference.set(payout.reference, list);
			const request = new RecordedRequest(record, this.faultOfRequest[record.n - 1]);
			list.push(request);
			this.openRequests.push(request);
		}
		this.pendingRecords.length = 0;
	}

	/** The payouts and returns in the ledger for a reference. */
	ledgerOf({ reference }: Payout): LedgerEntry[] {
		const { entries } = this.sandbox.ledger;
		for (; this.ledgerPosition < entries.length; this.ledgerPosition++) {
			const entry = entries[this.ledgerPosition];
			const key = referenceOfMetadata(entry.metadata) ?? '';
			const list = this.entriesByReference.get(key);
			if (list) list.push(entry);
			else this.entriesByReference.set(key, [entry]);
		}
		return this.entriesByReference.get(reference) ?? [];
	}

	/** The payout that a session holds, by its own metadata, whatever the bank shows. */
	payoutIn(sessionId: string): Payout | undefined {
		const session = this.sandbox.sessions.find(sessionId);
		return session && this.payouts.get(referenceOfMetadata(session.payouts[0]?.metadata) ?? '');
	}

	/** All references in the ledger. */
	ledgerReferences(): Iterable<string> {
		this.ledgerOf({ reference: '' } as Payout);
		return this.entriesByReference.keys();
	}
}

/** Reads the status lazily: it is known only after the response. */
class RecordedRequest implements ObservedRequest {
	readonly fault: string | undefined;
	private record: RequestRecord | undefined;
	private snapshot: Pick<ObservedRequest, 'status' | 'errorCode' | 'sessionId' | 'isAccepted'> = {
		isAccepted: false,
	};
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

	/** Releases the record with its body if it cannot change any more; true if it was released. */
	release(): boolean {
		this.update();
		return this.record === undefined;
	}

	private update(): void {
		if (!this.record) return;
		const { status, errorCode, sessionId, isRepeated, bookedLateIn, ms } = this.record;
		const isAcceptedAtOnce = status === 200 && errorCode === undefined && !isRepeated;
		this.snapshot = {
			status: status === 0 ? undefined : status,
			errorCode,
			sessionId: bookedLateIn ?? sessionId,
			isAccepted: isAcceptedAtOnce || bookedLateIn !== undefined,
		};
		// A start that was refused so may still be booked.
		if (ms > 0 && errorCode !== 'request_in_progress') this.record = undefined;
	}

	get status() {
		this.update();
		return this.snapshot.status;
	}

	get errorCode() {
		this.update();
		return this.snapshot.errorCode;
	}

	get sessionId() {
		this.update();
		return this.snapshot.sessionId;
	}

	get isAccepted() {
		this.update();
		return this.snapshot.isAccepted;
	}
}

function referenceOfMetadata(metadata: unknown): string | undefined {
	const reference = (metadata as { reference?: unknown } | null | undefined)?.reference;
	return typeof reference === 'string' ? reference : undefined;
}

/** Reference of the payout in a session, or of the request that created the session. */
export function referenceIn({ payouts, draft }: Session): string | undefined {
	return referenceOfMetadata(payouts[0]?.metadata) ?? referenceOfMetadata(draft.metadata);
}

/** Starts bank 0 (manual confirmation) and bank 1 (automatic confirmation). */
export async function startBanks(
	faultInjector: FaultInjector,
	payouts: ReadonlyMap<string, Payout>,
	seed: number,
	webhookUrls: string[],
	profile: string,
): Promise<ObservedBank[]> {
	const common = {
		processingMs: 4,
		logSize: 5_000,
		seed,
		profile,
		webhookRetryMs: 50,
		webhookAttempts: 10,
		returnAfterMs: 100,
		balance: 1e13,
	};
	const manualBank = await startSandbox({ ...common, webhookUrl: webhookUrls[0] });
	const autoConfirmBank = await startSandbox({
		...common,
		webhookUrl: webhookUrls[1],
		autoConfirm: true,
		errorHttpStatus: 200,
		idempotencyErrorHasStatus: true,
	});
	return [manualBank, autoConfirmBank].map(
		(sandbox) => new ObservedBank(sandbox, faultInjector, payouts),
	);
}
