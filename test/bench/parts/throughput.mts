import type { LoadedPackage } from '../../support/engine.mts';
import type { SandboxProcess } from '../support/sandboxProcess.mts';
import { createMinimalRunner } from '../support/minimalNode.mts';
import { measureLatency } from '../support/measureLatency.mts';
import { measurePayouts } from '../support/measurePayouts.mts';
import { callsPerPayout, runPayouts, type Batch } from '../support/runPayouts.mts';
import { atLeast, atMost, seconds, type ResultRow } from '../report/table.mts';

const LATENCY_MS = 50;
const COUNT = 1000;
/** The first pause of the package before it reads the session status, ms. */
const FIRST_PAUSE_MS = 400;

/** Compares the duration of payouts with the lower limit from the bank's latency, and measures the event-loop delay. */
export async function throughput(
	loader: LoadedPackage,
	sandbox: SandboxProcess,
	rounds: number,
): Promise<ResultRow[]> {
	const rows: ResultRow[] = [];
	await sandbox.reset(0);
	await runPayouts(loader, sandbox, { count: 200, parallel: 20, waitFor: 'final' }); // warm up
	for (const waitFor of ['started', 'final'] as const) {
		for (const parallel of [10, 50]) {
			rows.push(...(await measure(loader, sandbox, { count: COUNT, parallel, waitFor }, rounds)));
		}
	}
	return rows;
}

async function measure(
	loader: LoadedPackage,
	sandbox: SandboxProcess,
	batch: Batch,
	rounds: number,
): Promise<ResultRow[]> {
	const { waitFor, parallel } = batch;
	const calls = COUNT * callsPerPayout[waitFor];
	const ours = { ms: Infinity, p99DelayMs: 0 };
	let minimalMs = Infinity;
	await sandbox.reset(LATENCY_MS);
	const latency = await measureLatency(sandbox, parallel);
	for (let round = 0; round < rounds; round++) {
		await sandbox.reset(LATENCY_MS);
		const once = await measurePayouts(loader, sandbox, batch);
		if (once.ms < ours.ms) Object.assign(ours, once);
		// Directly after it, so that other load affects both.
		minimalMs = Math.min(minimalMs, await createMinimalRunner(loader, sandbox, parallel)(calls));
	}
	// The last payout always has its two pauses, before the confirmation and before the final status.
	const pauses = waitFor === 'final' ? 2 * FIRST_PAUSE_MS : 0;
	const ideal = (calls * LATENCY_MS) / parallel + pauses;
	const bareClientMs = (calls * latency) / parallel + pauses;
	const perPayout = waitFor === 'final' ? '5 calls and two pauses' : '2 calls';
	const metric = `1,000 payouts, ${perPayout} each, Parallel = ${parallel}`;
	return [
		atLeast(
			`${metric}: ideal ÷ actual`,
			ideal / ours.ms,
			0.9,
			`${seconds(ideal)} ÷ ${seconds(ours.ms)}`,
		),
		atLeast(
			'… bare clients without n8n, as many at once, ÷ ours',
			bareClientMs / ours.ms,
			0.9,
			`${seconds(bareClientMs)} ÷ ${seconds(ours.ms)}; the bank takes ${latency.toFixed(1)} ms`,
		),
		atLeast(
			"… the same calls by n8n's HTTP helper alone ÷ ours",
			(minimalMs + pauses) / ours.ms,
			0.9,
			`${seconds(minimalMs + pauses)} ÷ ${seconds(ours.ms)}`,
		),
		atMost('… event-loop delay, p99', ours.p99DelayMs, 20, 'ms'),
	];
}
