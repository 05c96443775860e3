import { execFileSync } from 'node:child_process';
import type { QueuePlayground } from '../../../playground/host/queuePlayground.mts';
import type { Server } from '../../../playground/server/n8nServer.mts';

/** Memory of a process in MB: what of it is in RAM. A worker that was killed has none. */
function memoryOf(worker: Server): string {
	try {
		const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(worker.pid)]).toString();
		return `${Math.round(Number(kilobytes) / 1024)}`;
	} catch {
		return 'no';
	}
}

/** Logs how long each 1000 payouts took and the workers' memory at their end. The function returned stops that. */
export function logEachThousand(
	{ sandbox, workers }: QueuePlayground,
	log: (line: string) => void,
): () => void {
	let began = Date.now();
	let next = 1000;
	const timer = setInterval(() => {
		if (sandbox.ledger.entries.length < next) return;
		const memory = workers.map(memoryOf).join(' and ');
		log(`${next} payouts: the last 1000 in ${(Date.now() - began) / 1000} s, workers ${memory} MB`);
		began = Date.now();
		next += 1000;
	}, 1000);
	timer.unref();
	return () => clearInterval(timer);
}
