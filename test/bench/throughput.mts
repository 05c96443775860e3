import { monitorEventLoopDelay } from 'node:perf_hooks';

import type { LoadedPackage } from '../support/engine.mts';
import type { BankProcess } from './bankProcess.mts';
import { callsPerPayout, runPayouts, type Batch } from './runPayouts.mts';
import { atLeast, atMost, seconds, type Row } from './table.mts';

const LATENCY_MS = 50;
const COUNT = 1000;
/** bank131/payoutFlow.ts: the first pause before asking how a payout stands. */
const FIRST_PAUSE_MS = 400;
const RESOLUTION_MS = 1;

/** How close payouts come to the time the bank's latency alone takes, and what they leave of the event loop. */
export async function throughput(
	loader: LoadedPackage,
	bank: BankProcess,
	rounds: number,
): Promise<Row[]> {
	const rows: Row[] = [];
	await bank.open(0);
	await runPayouts(loader, bank, { count: 200, parallel: 20, waitFor: 'final' }); // warm up
	for (const waitFor of ['started', 'final'] as const) {
		for (const parallel of [10, 50]) {
			const batch: Batch = { count: COUNT, parallel, waitFor };
			const { ms, delayMs } = await best(loader, bank, batch, rounds);
			const calls = callsPerPayout[waitFor];
			// The last payout is confirmed and finished after its two pauses, whatever the rest does.
			const pauses = waitFor === 'final' ? 2 * FIRST_PAUSE_MS : 0;
			const ideal = (COUNT * calls * LATENCY_MS) / parallel + pauses;
			const what = `1,000 payouts, ${waitFor === 'final' ? '5 calls and two pauses' : '2 calls'} each, Parallel = ${parallel}: ideal ÷ actual`;
			rows.push(atLeast(what, ideal / ms, 0.9, `${seconds(ideal)} ÷ ${seconds(ms)}`));
			rows.push(atMost('… event-loop delay, p99', delayMs, 20, 'ms'));
		}
	}
	return rows;
}

async function best(loader: LoadedPackage, bank: BankProcess, batch: Batch, rounds: number) {
	let found = { ms: Infinity, delayMs: Infinity };
	for (let round = 0; round < rounds; round++) {
		await bank.open(LATENCY_MS);
		const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
		delay.enable();
		const { ms } = await runPayouts(loader, bank, batch);
		delay.disable();
		const delayMs = Math.max(delay.percentile(99) / 1e6 - RESOLUTION_MS, 0);
		if (ms < found.ms) found = { ms, delayMs };
	}
	return found;
}
