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

/**
 * Shows the text that `read` gives twice a second until the returned function is called; nothing if no terminal shows
 * it.
 */
export function showProgress(read: () => string): () => void {
	const { stdout } = process;
	if (!stdout.isTTY) return () => {};
	const timer = setInterval(() => stdout.write(`\r${read()} …\u001b[K`), 500);
	return () => {
		clearInterval(timer);
		stdout.write('\r\u001b[K');
	};
}

/** Shows the text that `read` gives: on a terminal all the time, elsewhere as a line of the log every 30 seconds. */
export function reportProgress(log: ProgressLog, read: () => string): () => void {
	const hide = showProgress(read);
	if (process.stdout.isTTY) return hide;
	const timer = setInterval(() => log(`  … ${read()}`), 30_000);
	return () => clearInterval(timer);
}

/** E.g. `[########............] 812 of 2034`. */
export function progressBar(count: number, total: number): string {
	const width = 20;
	const full = total === 0 ? width : Math.floor((count / total) * width);
	return `[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${count} of ${total}`;
}
