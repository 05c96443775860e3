import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IRun } from 'n8n-workflow';

import type { LoadedPackage } from '../../support/engine.mts';
import type { SandboxProcess } from '../support/sandboxProcess.mts';
import { runPayouts, type PayoutForm } from '../support/runPayouts.mts';
import { ratio, type ResultRow } from '../report/table.mts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Smaller batches are repeated up to this number of payouts. */
const REPEAT_BELOW = 1000;
/** Growth of the heap after which its garbage is collected and the rest measured: a factor, and bytes. */
const GROWTH = 1.1;
const GROWTH_BYTES = 4e6;
/** Maximum ratio that counts as flat; above 1 because of noise. */
const FLAT_LIMIT = 1.25;

/** Cost of one payout of a batch. */
export interface Cost {
	msPerItem: number;
	/** Processor time of this process, which hardly depends on other load. */
	cpuMsPerItem: number;
	/** Heap of the finished run: its items and n8n's run data. */
	bytesPerItem: number;
	/** Maximum heap in use during the run, above the start; garbage is not counted. */
	peakPerItem: number;
}

/** Time and heap per item must not grow with the number of items. */
export async function scaling(
	loader: LoadedPackage,
	sandbox: SandboxProcess,
	maximum: number,
): Promise<ResultRow[]> {
	await sandbox.reset(0);
	await measureCost(loader, sandbox, 300); // warm up
	const counts = [...new Set([100, 1000, 10_000, maximum])].filter((count) => count <= maximum);
	const costs = new Map<number, Cost>();
	for (const count of counts) {
		process.stderr.write(`  ${count} items …\n`);
		costs.set(count, await measureCost(loader, sandbox, count));
	}
	const last = costs.get(counts[counts.length - 1])!;
	const formatCosts = (pick: (cost: Cost) => string, from = 0) =>
		counts
			.filter((count) => count >= from)
			.map((count) => `${pick(costs.get(count)!)} at ${count.toLocaleString('en')}`)
			.join(', ');
	const flatRow = (metric: string, value: number, details: string): ResultRow => ({
		metric: `${metric}, ${maximum.toLocaleString('en')} items ÷ ${metric.startsWith('Time') ? '100' : '1,000'}`,
		measured: `${ratio(value)} (${details})`,
		limit: `flat: ≤ ${FLAT_LIMIT}`,
		passed: value <= FLAT_LIMIT,
	});
	const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
	const smallest = costs.get(Math.min(1000, maximum))!;
	return [
		flatRow(
			'Time per payout without latency',
			last.msPerItem / costs.get(counts[0])!.msPerItem,
			formatCosts((cost) => `${cost.msPerItem.toFixed(2)} ms`),
		),
		flatRow(
			'Heap per payout at the peak of the run',
			last.peakPerItem / smallest.peakPerItem,
			formatCosts((cost) => kb(cost.peakPerItem), 1000),
		),
		{
			metric: 'Heap per payout after the run, its output included',
			measured: formatCosts((cost) => kb(cost.bytesPerItem)),
			limit: '',
		},
	];
}

/**
 * Watches the heap in use. Garbage does not count, because V8 decides how much of it waits: the same run had 8 KB a row
 * once and 13 KB another time. What the measuring costs is counted apart.
 */
function watchHeap() {
	collectGarbage();
	const before = process.memoryUsage().heapUsed;
	let [peak, last] = [before, before];
	const cost = { ms: 0, cpuMs: 0 };
	const timer = setInterval(() => {
		if (process.memoryUsage().heapUsed < last * GROWTH + GROWTH_BYTES) return;
		const [started, cpu] = [performance.now(), process.cpuUsage()];
		collectGarbage();
		last = process.memoryUsage().heapUsed;
		peak = Math.max(peak, last);
		cost.ms += performance.now() - started;
		cost.cpuMs += cpuMsSince(cpu);
	}, 50);
	return {
		/** Heap in use above the start, in bytes: now, and at the peak. `cost` is the time of the collections, ms. */
		stop() {
			clearInterval(timer);
			collectGarbage();
			const after = process.memoryUsage().heapUsed;
			return { after: after - before, peak: Math.max(peak, after) - before, cost };
		},
	};
}

const cpuMsSince = (start: NodeJS.CpuUsage): number => {
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1000;
};

/** Pays `count` rows, and measures time and heap per row. */
export async function measureCost(
	loader: LoadedPackage,
	sandbox: SandboxProcess,
	count: number,
	form: PayoutForm = 'fields',
): Promise<Cost> {
	await sandbox.reset(0);
	const heap = watchHeap();
	// Small batches are repeated, because one is too short to average out noise.
	const repeats = Math.max(1, Math.round(REPEAT_BELOW / count));
	let ms = 0;
	const cpu = process.cpuUsage();
	let run: IRun | undefined;
	for (let n = 0; n < repeats; n++) {
		const once = await runPayouts(loader, sandbox, {
			count,
			parallel: 20,
			waitFor: 'started',
			form,
		});
		ms += once.ms / repeats;
		run = once.run;
	}
	const cpuMs = cpuMsSince(cpu);
	const { after, peak, cost } = heap.stop();
	// Prevents garbage collection of the run before this point.
	if (run?.finished === false) throw new Error('the run did not finish');
	return {
		msPerItem: (ms - cost.ms / repeats) / count,
		cpuMsPerItem: (cpuMs - cost.cpuMs) / repeats / count,
		bytesPerItem: after / count,
		peakPerItem: peak / count,
	};
}
