import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from '../lib/restartableProcess.mts';

/** A program beside n8n, listening on 127.0.0.1. */
export interface Service {
	port: number;
	stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/** Starts a program and asks until it says that it is ready. */
export async function startService(
	program: Program,
	{ name, port, log }: { name: string; port: number; log: string },
	isReady: () => Promise<boolean>,
): Promise<Service> {
	program.start();
	for (const started = Date.now(); Date.now() - started < READY_WITHIN_MS; await sleep(50)) {
		if (await isReady()) return { port, stop: async () => await program.stop() };
		if (!program.running) break;
	}
	const what = program.running ? 'was not ready in time' : `ended with ${program.code}`;
	await program.stop();
	const tail = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-20).join('\n');
	throw new Error(`${name} ${what}. The end of ${log}:\n${tail}`);
}
