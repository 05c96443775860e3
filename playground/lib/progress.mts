/** Receives one line of progress, for people. */
export type ProgressLog = (text: string) => void;

/** Returns a log that prints every message with the seconds since this call. */
export function createProgressLog(): ProgressLog {
	const started = Date.now();
	return (text) => {
		const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
		console.log(`${seconds} s  ${text}`);
	};
}
