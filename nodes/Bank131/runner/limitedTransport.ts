import { sleep } from 'n8n-workflow';

import type { Clock, Gate } from '../../../bank131/client/requestLimiter';
import type { BankRequest, Transport, WireAnswer } from '../../../bank131/client/transport';

/** The first request uses the place the runner waited for; later ones queue before new items. */
export function gated(transport: Transport, gate: Gate, cancel: AbortSignal | undefined) {
	let hasPlace = true;
	return {
		async transport(request: BankRequest): Promise<WireAnswer> {
			if (hasPlace) hasPlace = false;
			else await gate.enter('begun');
			try {
				if (cancel?.aborted) return { failure: 'cancelled', message: 'The run was cancelled' };
				return await transport(request);
			} finally {
				gate.leave();
			}
		},
		/** An item that asked the bank nothing gives its place back. */
		leaveUnused() {
			if (hasPlace) gate.leave();
			hasPlace = false;
		},
	};
}

/**
 * Time as n8n has it; sleep ends early when the run is cancelled. One listener on the signal serves all sleepers:
 * thousands of them would have to be searched for each that goes.
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
