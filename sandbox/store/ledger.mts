/** One completed money movement. Entries are never changed or removed. */
export interface LedgerEntry {
	/** Time of the movement, ISO 8601 in UTC. */
	at: string;
	kind: 'payout' | 'return' | 'payment' | 'refund';
	sessionId: string;
	/** Id of the payout; of the payment for the kinds `payment` and `refund`. */
	payoutId: string;
	/** Minor units, always positive; `kind` gives the direction. */
	amount: number;
	currency: string;
	account: 'collateral' | 'settlement' | 'escrow';
	method: string;
	/** Masked card, account, phone or wallet. */
	destination: string;
	/**
	 * SHA-256 of the full destination (see `fingerprint`): distinguishes recipients without their
	 * numbers.
	 */
	fingerprint: string;
	recipientName: string | undefined;
	idempotencyKey: string | undefined;
	metadata: unknown;
}

/** All given fields must be equal. */
export interface LedgerFilter {
	kind?: LedgerEntry['kind'];
	sessionId?: string;
	idempotencyKey?: string;
	fingerprint?: string;
	currency?: string;
}

/** Sums of the entries of one currency by their kind, minor units. */
export type LedgerSums = Record<LedgerEntry['kind'], number>;

/** One point of the chart on the page. */
export interface MoneyMovedPoint {
	/** Unix time, seconds. */
	second: number;
	/** Minor units moved in total up to the end of this second. */
	moved: number;
}

/** All money movements of the bank, oldest first. */
export class Ledger {
	readonly entries: LedgerEntry[] = [];
	/** Cumulative payouts per second, for the chart on the page. */
	readonly points: MoneyMovedPoint[] = [];
	/** Sums of all entries by currency, e.g. `rub`. */
	readonly sums: Record<string, LedgerSums> = {};
	private totalMoved = 0;
	private readonly sessionByKey = new Map<string, string>();
	private readonly paidTwiceKeys = new Set<string>();

	constructor(private readonly onEntry: (entry: LedgerEntry) => void = () => {}) {}

	/** Appends an entry and freezes it. */
	add(entry: LedgerEntry): void {
		this.entries.push(Object.freeze(entry));
		this.sums[entry.currency] ??= { payout: 0, return: 0, payment: 0, refund: 0 };
		this.sums[entry.currency][entry.kind] += entry.amount;
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

	/** Entries that match the filter, oldest first. */
	find(filter: LedgerFilter): LedgerEntry[] {
		const wanted = Object.entries(filter) as Array<[keyof LedgerEntry, unknown]>;
		return this.entries.filter((entry) => wanted.every(([key, value]) => entry[key] === value));
	}

	/** Minor units paid out and not returned (payouts − returns). */
	moneyMoved(filter: LedgerFilter = {}): number {
		if (Object.keys(filter).length === 0) return this.totalMoved;
		let sum = 0;
		for (const entry of this.find(filter)) {
			if (entry.kind === 'payout') sum += entry.amount;
			if (entry.kind === 'return') sum -= entry.amount;
		}
		return sum;
	}

	/** Idempotency keys under which payouts of two sessions were paid. Must always be empty. */
	paidTwice(): string[] {
		return [...this.paidTwiceKeys];
	}

	/**
	 * `session/multi/init` can start several payouts with one key, so payouts of one session do not
	 * count as repeated.
	 */
	private recordIdempotencyKey({ idempotencyKey, sessionId }: LedgerEntry): void {
		if (idempotencyKey === undefined) return;
		const first = this.sessionByKey.get(idempotencyKey) ?? sessionId;
		this.sessionByKey.set(idempotencyKey, first);
		if (first !== sessionId) this.paidTwiceKeys.add(idempotencyKey);
	}
}
