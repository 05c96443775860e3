/** The source of time, in ms; injected so that tests control it. `sleep` ends early when the run is cancelled. */
export interface Clock {
	now(): number;
	sleep(ms: number): Promise<void>;
	/** At least 0, below 1. */
	random(): number;
	/** True after the run was cancelled: polling must end. */
	stopped?(): boolean;
}
