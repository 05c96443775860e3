import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from './host.mts';
import { quietEnvironment } from './server/environment.mts';
import { freePort } from './server/ports.mts';

export interface Server {
	base: string;
	log: string;
	stop(): Promise<void>;
}

export interface ServerOptions {
	userFolder: string;
	filesFolder: string;
	env?: Record<string, string>;
}

const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 20_000;

/** Starts an installed n8n on free ports of this machine and waits until its REST interface answers. */
export async function startN8n(host: Host, options: ServerOptions): Promise<Server> {
	await mkdir(options.userFolder, { recursive: true });
	const [port, brokerPort] = [await freePort(), await freePort()];
	const log = join(options.userFolder, 'n8n.log');
	const output = openSync(log, 'a');
	const child = spawn(host.node, [host.n8n, 'start'], {
		cwd: options.userFolder,
		env: { ...quietEnvironment({ ...options, port, brokerPort }), ...options.env },
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	const killWithUs = () => child.kill();
	process.once('exit', killWithUs);
	child.once('exit', () => process.removeListener('exit', killWithUs));

	const base = `http://127.0.0.1:${port}`;
	try {
		await ready(child, base);
	} catch (error) {
		await stop(child);
		const tail = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-20).join('\n');
		throw new Error(`${(error as Error).message}. The end of ${log}:\n${tail}`);
	}
	return { base, log, stop: async () => await stop(child) };
}

const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** n8n answers 200 "is starting up" to everything before its routes exist; a refused login is the first sure sign of life. */
async function ready(child: ChildProcess, base: string): Promise<void> {
	for (const started = Date.now(); Date.now() - started < READY_WITHIN_MS; await sleep(100)) {
		if (ended(child)) throw new Error(`n8n ended by itself with ${child.exitCode}`);
		const status = await fetch(`${base}/rest/login`).then(
			(answer) => answer.status,
			() => 0,
		);
		if (status === 401) return;
	}
	throw new Error(`n8n was not ready after ${READY_WITHIN_MS / 1000} s`);
}

async function stop(child: ChildProcess): Promise<void> {
	if (ended(child)) return;
	const gone = once(child, 'exit');
	child.kill('SIGTERM');
	const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
	await gone;
	clearTimeout(impatient);
}
