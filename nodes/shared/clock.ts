import { sleep } from 'n8n-workflow';

import type { Clock } from '../../bank131/client/clock';

/**
 * The clock of a running node: system time in ms, and a `sleep` that ends early when the run is cancelled. All pending
 * sleeps share one listener on the signal, because removing one of thousands of listeners is a linear search.
 */
export function realClock(cancel: AbortSignal | undefined): Clock {
	const pendingSleeps = new Set<() => void>();
	const endAll = () => pendingSleeps.forEach((end) => end());
	return {
		now: () => Date.now(),
		random: () => Math.random(),
		isCancelled: () => cancel?.aborted === true,
		async sleep(ms) {
			if (cancel?.aborted) return;
			if (pendingSleeps.size === 0) cancel?.addEventListener('abort', endAll);
			await new Promise<void>((resolve) => {
				pendingSleeps.add(resolve);
				void sleep(ms).then(() => {
					pendingSleeps.delete(resolve);
					if (pendingSleeps.size === 0) cancel?.removeEventListener('abort', endAll);
					resolve();
				});
			});
		},
	};
}
