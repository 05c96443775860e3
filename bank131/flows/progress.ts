/** What must survive a crash of an attempt: the session, and whether the operation may have started. */
export interface Progress {
	/** Empty while no session is known. */
	sessionId: string;
	/**
	 * `created`: nothing was started. `starting`: a start, refund or capture was sent. `confirming`: a confirmation
	 * was sent.
	 */
	step: 'created' | 'starting' | 'confirming';
	/** Refund only: the IDs of the refunds that the session held before this one. */
	before?: string[];
	/** Refund only: the ID of this refund in session `sessionId`, once it is known. */
	refundId?: string;
}

/** Saved **before** each step that moves money; loaded when a later attempt handles the same operation. */
export interface ProgressStore {
	load(): Progress | undefined;
	save(progress: Progress): void;
}
