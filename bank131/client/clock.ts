/** Time and randomness, injected so that tests control them. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Ends early when the run is cancelled. */
	sleep(ms: number): Promise<void>;
	/** A random number, at least 0 and below 1. */
	random(): number;
	/** True after the run was cancelled: polling must end. */
	isCancelled?(): boolean;
}
