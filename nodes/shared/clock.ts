import { sleep } from 'n8n-workflow';

import type { Clock } from '../../bank131/client/clock';

/**
 * The system clock; `sleep` ends early when the run is cancelled. One listener on the signal serves all sleepers,
 * because removing one of thousands of listeners searches all of them.
 */
export function realClock(cancel: AbortSignal | undefined): Clock {
	const sleepers = new Set<() => void>();
	const wakeAll = () => sleepers.forEach((wake) => wake());
	return {
		now: () => Date.now(),
		random: () => Math.random(),
		stopped: () => cancel?.aborted === true,
		async sleep(ms) {
			if (cancel?.aborted) return;
			if (sleepers.size === 0) cancel?.addEventListener('abort', wakeAll);
			await new Promise<void>((resolve) => {
				sleepers.add(resolve);
				void sleep(ms).then(() => {
					sleepers.delete(resolve);
					if (sleepers.size === 0) cancel?.removeEventListener('abort', wakeAll);
					resolve();
				});
			});
		},
	};
}
