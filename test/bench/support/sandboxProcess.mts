import type { Credentials } from '../../support/engine.mts';
import { startProgram } from './program.mts';

/** A sandbox bank in its own process. */
export interface SandboxProcess {
	credentials: Credentials;
	/** Clears the sandbox and sets the latency of each response, ms. */
	reset(latencyMs: number): Promise<void>;
	/** Minor units paid out since the last `reset`. */
	moneyMoved(): Promise<number>;
	stop(): void;
}

/** @throws asynchronously if the process exits with an error */
export async function startSandboxProcess(): Promise<SandboxProcess> {
	const { ready, send, stop } = await startProgram<Record<string, string>>('sandboxProgram.mts');
	const { url, project, privateKey } = ready;
	return {
		credentials: {
			bank131Api: { environment: 'custom', customUrl: url, project, privateKey, apiVersion: 'v2' },
		},
		reset: async (latencyMs) => void (await send({ reset: true, set: { latencyMs } })),
		moneyMoved: async () => (await send<{ moneyMoved: number }>({})).moneyMoved,
		stop,
	};
}
