import { monitorEventLoopDelay } from 'node:perf_hooks';

import type { LoadedPackage } from '../../support/engine.mts';
import { runPayouts, type Batch } from './runPayouts.mts';
import type { SandboxProcess } from './sandboxProcess.mts';

const RESOLUTION_MS = 1;

/** What a batch of payouts takes, ms. */
export interface PayoutCost {
	ms: number;
	/** Processor time of this process. */
	cpuMs: number;
	/** Delay of the event loop. */
	meanDelayMs: number;
	p99DelayMs: number;
}

/**
 * Pays a batch and measures it.
 * @throws if a payout does not have the expected outcome
 */
export async function measurePayouts(
	loader: LoadedPackage,
	sandbox: Pick<SandboxProcess, 'credentials'>,
	batch: Batch,
): Promise<PayoutCost> {
	const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	const cpu = process.cpuUsage();
	delay.enable();
	const { ms } = await runPayouts(loader, sandbox, batch);
	delay.disable();
	const { user, system } = process.cpuUsage(cpu);
	const delayMs = (nanoseconds: number) => Math.max(nanoseconds / 1e6 - RESOLUTION_MS, 0);
	return {
		ms,
		cpuMs: (user + system) / 1000,
		meanDelayMs: delayMs(delay.mean),
		p99DelayMs: delayMs(delay.percentile(99)),
	};
}
