import { monitorEventLoopDelay } from 'node:perf_hooks';

import type { LoadedPackage } from '../../support/engine.mts';
import type { BankProcess } from '../support/sandboxProcess.mts';
import { bareSender } from '../support/minimalNode.mts';
import { seenLatency } from '../support/measureLatency.mts';
import { callsPerPayout, runPayouts, type Batch } from '../support/runPayouts.mts';
import { atLeast, atMost, seconds, type Row } from '../report/table.mts';

const LATENCY_MS = 50;
const COUNT = 1000;
/** The first pause before asking how a payout stands (bank131/look.ts). */
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
			rows.push(...(await measure(loader, bank, { count: COUNT, parallel, waitFor }, rounds)));
		}
	}
	return rows;
}

async function measure(
	loader: LoadedPackage,
	bank: BankProcess,
	batch: Batch,
	rounds: number,
): Promise<Row[]> {
	const { waitFor, parallel } = batch;
	const calls = COUNT * callsPerPayout[waitFor];
	const ours = { ms: Infinity, delayMs: 0 };
	let bareMs = Infinity;
	await bank.open(LATENCY_MS);
	const latency = await seenLatency(bank, parallel);
	for (let round = 0; round < rounds; round++) {
		await bank.open(LATENCY_MS);
		const once = await timed(loader, bank, batch);
		if (once.ms < ours.ms) Object.assign(ours, once);
		// Beside it, so that a machine that is busy with other things slows both.
		bareMs = Math.min(bareMs, await bareSender(loader, bank, parallel)(calls));
	}
	// The last payout is confirmed and finished after its two pauses, whatever the rest does.
	const pauses = waitFor === 'final' ? 2 * FIRST_PAUSE_MS : 0;
	const ideal = (calls * LATENCY_MS) / parallel + pauses;
	const bareClients = (calls * latency) / parallel + pauses;
	const each = waitFor === 'final' ? '5 calls and two pauses' : '2 calls';
	const what = `1,000 payouts, ${each} each, Parallel = ${parallel}`;
	return [
		atLeast(
			`${what}: ideal ÷ actual`,
			ideal / ours.ms,
			0.9,
			`${seconds(ideal)} ÷ ${seconds(ours.ms)}`,
		),
		atLeast(
			'… bare clients without n8n, as many at once, ÷ ours',
			bareClients / ours.ms,
			0.9,
			`${seconds(bareClients)} ÷ ${seconds(ours.ms)}; the bank takes ${latency.toFixed(1)} ms`,
		),
		atLeast(
			"… the same calls by n8n's HTTP helper alone ÷ ours",
			(bareMs + pauses) / ours.ms,
			0.9,
			`${seconds(bareMs + pauses)} ÷ ${seconds(ours.ms)}`,
		),
		atMost('… event-loop delay, p99', ours.delayMs, 20, 'ms'),
	];
}

async function timed(loader: LoadedPackage, bank: BankProcess, batch: Batch) {
	const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	delay.enable();
	const { ms } = await runPayouts(loader, bank, batch);
	delay.disable();
	return { ms, delayMs: Math.max(delay.percentile(99) / 1e6 - RESOLUTION_MS, 0) };
}
