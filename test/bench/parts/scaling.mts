import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IRun } from 'n8n-workflow';

import type { LoadedPackage } from '../../support/engine.mts';
import type { BankProcess } from '../support/sandboxProcess.mts';
import { runPayouts } from '../support/runPayouts.mts';
import { ratio, type Row } from '../report/table.mts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Batches of fewer payouts are repeated until as many were paid. */
const REPEAT_BELOW = 1000;
/** "Flat" with room for noise. */
const FLAT = 1.25;

interface Cost {
	msPerItem: number;
	/** What the finished run holds, items and n8n's record of them. */
	bytesPerItem: number;
	/** The most that was in use while it ran, above the start. */
	peakPerItem: number;
}

/** Ten or a thousand times the items must not cost more per item. */
export async function scaling(
	loader: LoadedPackage,
	bank: BankProcess,
	most: number,
): Promise<Row[]> {
	await bank.open(0);
	await costOf(loader, bank, 300); // warm up
	const counts = [...new Set([100, 1000, 10_000, most])].filter((count) => count <= most);
	const costs = new Map<number, Cost>();
	for (const count of counts) {
		process.stderr.write(`  ${count} items …\n`);
		costs.set(count, await costOf(loader, bank, count));
	}
	const end = costs.get(counts[counts.length - 1])!;
	const shown = (pick: (cost: Cost) => string, from = 0) =>
		counts
			.filter((count) => count >= from)
			.map((count) => `${pick(costs.get(count)!)} at ${count.toLocaleString('en')}`)
			.join(', ');
	const flat = (what: string, value: number, note: string): Row => ({
		what: `${what}, ${most.toLocaleString('en')} items ÷ ${what.startsWith('Time') ? '100' : '1,000'}`,
		measured: `${ratio(value)} (${note})`,
		bar: `flat: ≤ ${FLAT}`,
		passed: value <= FLAT,
	});
	const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
	const small = costs.get(Math.min(1000, most))!;
	return [
		flat(
			'Time per payout without latency',
			end.msPerItem / costs.get(counts[0])!.msPerItem,
			shown((cost) => `${cost.msPerItem.toFixed(2)} ms`),
		),
		flat(
			'Heap per payout at the peak of the run',
			end.peakPerItem / small.peakPerItem,
			shown((cost) => kb(cost.peakPerItem), 1000),
		),
		{
			what: 'Heap per payout after the run, its output included',
			measured: shown((cost) => kb(cost.bytesPerItem)),
			bar: '',
		},
	];
}

async function costOf(loader: LoadedPackage, bank: BankProcess, count: number): Promise<Cost> {
	await bank.open(0);
	collectGarbage();
	const before = process.memoryUsage().heapUsed;
	let peak = before;
	const watch = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage().heapUsed);
	}, 50);
	// Small batches several times: one is over before the machine's noise averages out.
	const repeats = Math.max(1, Math.round(REPEAT_BELOW / count));
	let ms = 0;
	let run: IRun | undefined;
	for (let n = 0; n < repeats; n++) {
		const once = await runPayouts(loader, bank, { count, parallel: 20, waitFor: 'started' });
		ms += once.ms / repeats;
		run = once.run;
	}
	clearInterval(watch);
	collectGarbage();
	const after = process.memoryUsage().heapUsed;
	// Keeps the run alive until here.
	if (run?.finished === false) throw new Error('the run did not finish');
	return {
		msPerItem: ms / count,
		bytesPerItem: (after - before) / count,
		peakPerItem: (peak - before) / count,
	};
}
