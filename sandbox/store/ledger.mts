/** One movement of money that really happened. The ledger only grows. */
export interface LedgerEntry {
	at: string;
	kind: 'payout' | 'return' | 'payment' | 'refund';
	sessionId: string;
	/** The payout, or the payment for `payment` and `refund`. */
	payoutId: string;
	/** Minor units, always positive; `kind` says which way. */
	amount: number;
	currency: string;
	account: 'collateral' | 'settlement' | 'escrow';
	method: string;
	/** Masked card, account, phone or wallet. */
	destination: string;
	/** SHA-256 of the full destination (see `fingerprint`): tells people apart without their PAN. */
	fingerprint: string;
	recipientName: string | undefined;
	idempotencyKey: string | undefined;
	metadata: unknown;
}

export interface LedgerFilter {
	kind?: LedgerEntry['kind'];
	sessionId?: string;
	idempotencyKey?: string;
	fingerprint?: string;
	currency?: string;
}

export interface MoneyMovedPoint {
	/** Second of the day's clock, Unix time. */
	second: number;
	/** Minor units paid out in all up to the end of this second. */
	moved: number;
}

export class Ledger {
	readonly entries: LedgerEntry[] = [];
	/** Cumulated payouts per second, for the page's plot. */
	readonly points: MoneyMovedPoint[] = [];
	private totalMoved = 0;
	private readonly sessionByKey = new Map<string, string>();
	private readonly paidTwiceKeys = new Set<string>();

	constructor(private readonly onEntry: (entry: LedgerEntry) => void = () => {}) {}

	add(entry: LedgerEntry): void {
		this.entries.push(Object.freeze(entry));
		if (entry.kind === 'payout') this.recordIdempotencyKey(entry);
		if (entry.kind === 'payout' || entry.kind === 'return') {
			this.totalMoved += entry.kind === 'payout' ? entry.amount : -entry.amount;
			const second = Math.floor(Date.now() / 1000);
			const last = this.points[this.points.length - 1];
			if (last?.second === second) last.moved = this.totalMoved;
			else this.points.push({ second, moved: this.totalMoved });
			if (this.points.length > 7_200) this.points.splice(0, 3_600);
		}
		this.onEntry(entry);
	}

	find(filter: LedgerFilter): LedgerEntry[] {
		const wanted = Object.entries(filter) as Array<[keyof LedgerEntry, unknown]>;
		return this.entries.filter((entry) => wanted.every(([key, value]) => entry[key] === value));
	}

	/** Minor units that went out to people and did not come back (payouts − returns). */
	moneyMoved(filter: LedgerFilter = {}): number {
		if (Object.keys(filter).length === 0) return this.totalMoved;
		let sum = 0;
		for (const entry of this.find(filter)) {
			if (entry.kind === 'payout') sum += entry.amount;
			if (entry.kind === 'return') sum -= entry.amount;
		}
		return sum;
	}

	/** Idempotency keys under which more than one payout was paid: must always be empty. */
	paidTwice(): string[] {
		return [...this.paidTwiceKeys];
	}

	/** One `session/multi/init` may start several payouts under its key: the session tells. */
	private recordIdempotencyKey({ idempotencyKey, sessionId }: LedgerEntry): void {
		if (idempotencyKey === undefined) return;
		const first = this.sessionByKey.get(idempotencyKey) ?? sessionId;
		this.sessionByKey.set(idempotencyKey, first);
		if (first !== sessionId) this.paidTwiceKeys.add(idempotencyKey);
	}
}
