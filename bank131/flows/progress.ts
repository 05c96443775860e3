/** What must survive a crash of a try: which session, and whether the payout may already be on its way. */
export interface Progress {
	sessionId: string;
	/** `created`: nothing was started. `starting`: a start, refund or capture went out. `confirming`: a confirmation went out. */
	step: 'created' | 'starting' | 'confirming';
	/** A refund: the ids of the refunds that were there before. */
	before?: string[];
	/** A refund: which one it was, by `sessionId`, once that is known. */
	refundId?: string;
}

/** Written **before** each step that moves money; read when n8n runs the node again for the same item. */
export interface ProgressStore {
	load(): Progress | undefined;
	save(progress: Progress): void;
}
