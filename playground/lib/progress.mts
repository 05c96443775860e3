/** Receives one line of progress for people to read. */
export type Say = (text: string) => void;

/** Progress with the time since the start, so that a slow step is seen to be slow. */
export function progress(): Say {
	const started = Date.now();
	return (text) => {
		const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
		console.log(`${seconds} s  ${text}`);
	};
}
