import type { Gate } from '../../../bank131/client/requestLimiter';
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
