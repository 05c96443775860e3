/** Time as the package sees it: passed in, so that tests can turn the clock. `sleep` ends early when the run is cancelled. */
export interface Clock {
	now(): number;
	sleep(ms: number): Promise<void>;
	random(): number;
	/** The run was cancelled: nobody waits for an answer any more. */
	stopped?(): boolean;
}
