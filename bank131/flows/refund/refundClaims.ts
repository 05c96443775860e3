/** The key of a claimed refund: the IDs of refunds may be unique within their session only. */
export const claimKey = (sessionId: string, refundId: string): string => `${sessionId} ${refundId}`;

/**
 * What the refund orders of one run know of each other. Two refunds may look the same, and each order must get its own.
 */
export class RefundClaims {
	private readonly claimed: Set<string>;

	private readonly turns = new Map<string, Promise<unknown>>();

	/** @param keys of the refunds (`claimKey`) that earlier attempts of the run have matched to their orders */
	constructor(keys: Iterable<string> = []) {
		this.claimed = new Set(keys);
	}

	/** Whether an order has this refund. A refund without an ID belongs to no order. */
	has(sessionId: string, refundId: string): boolean {
		return this.claimed.has(claimKey(sessionId, refundId));
	}

	/** Reserves the refund for its order. */
	add(sessionId: string, refundId: string): void {
		if (refundId !== '') this.claimed.add(claimKey(sessionId, refundId));
	}

	/**
	 * Runs the refunds of one session one after the other, so that each of them knows those before it.
	 * @param job is told whether it had to wait, so that what it read before may be outdated
	 */
	async inTurn<T>(sessionId: string, job: (hasWaited: boolean) => Promise<T>): Promise<T> {
		const previous = this.turns.get(sessionId);
		const current = previous ? previous.then(() => job(true)) : job(false);
		// A failure reaches the caller of its own job only.
		const turn = current.then(
			() => {},
			() => {},
		);
		this.turns.set(sessionId, turn);
		try {
			return await current;
		} finally {
			if (this.turns.get(sessionId) === turn) this.turns.delete(sessionId);
		}
	}
}
