import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { HANG_MS } from '../lib/hang.mts';
import type { RestartableProcess } from '../lib/restartableProcess.mts';

/** A service that n8n uses, listening on 127.0.0.1. */
export interface Service {
	port: number;
	stop(): Promise<void>;
}

/**
 * Starts a process and polls `isReady` every 50 ms.
 * @throws with the last 20 lines of its log if it exits or is not ready after `HANG_MS`
 */
export async function startService(
	child: RestartableProcess,
	{ name, port, logFile }: { name: string; port: number; logFile: string },
	isReady: () => Promise<boolean>,
): Promise<Service> {
	child.start();
	for (const started = Date.now(); Date.now() - started < HANG_MS; await sleep(50)) {
		if (await isReady()) return { port, stop: async () => await child.stop() };
		if (!child.isRunning) break;
	}
	const problem = child.isRunning ? 'was not ready in time' : `exited with ${child.exitStatus}`;
	await child.stop();
	const tail = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-20).join('\n');
	throw new Error(`${name} ${problem}. The end of ${logFile}:\n${tail}`);
}
