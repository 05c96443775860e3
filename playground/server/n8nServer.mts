import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../install/n8n.mts';
import { quietEnvironment } from './environment.mts';
import { freePort } from '../lib/ports.mts';
import { Program } from '../lib/restartableProcess.mts';

/** What n8n is asked to be. Without queue mode everything is in `start`. */
export type Role = 'start' | 'worker' | 'webhook';

export interface ServerOptions {
	role?: Role;
	userFolder: string;
	filesFolder: string;
	/** A free one is taken unless it must be known beforehand. */
	port?: number;
	/** Where the outside world reaches n8n, if not here. */
	publicBase?: string;
	env?: Record<string, string>;
}

/** One process of n8n on this machine. */
export interface Server {
	base: string;
	readonly pid: number;
	log: string;
	/** Lets it finish what it is doing. */
	stop(): Promise<void>;
	/** As when the machine loses its power. */
	kill(): Promise<void>;
	/** As when the machine is paused: it does nothing, and does not know it, until `thaw`. */
	freeze(): void;
	thaw(): void;
	/** After `stop` or `kill`: the same address, the same data. */
	startAgain(): Promise<void>;
}

const READY_WITHIN_MS = 120_000;

/**
 * The first sure sign that a process does its work. `start` answers 200 "is starting up" to everything, and in
 * version 1 says that it is ready, before its routes exist: a refused login tells.
 */
const signsOfLife: Record<Role, [path: string, status: number]> = {
	start: ['/rest/login', 401],
	worker: ['/healthz/readiness', 200],
	webhook: ['/healthz/readiness', 200],
};

/** Starts an installed n8n on free ports of this machine and waits until it works. */
export async function startN8n(host: Host, options: ServerOptions): Promise<Server> {
	const { role = 'start', userFolder } = options;
	await mkdir(userFolder, { recursive: true });
	const port = options.port ?? (await freePort());
	const brokerPort = await freePort();
	const base = `http://127.0.0.1:${port}`;
	const log = join(userFolder, 'n8n.log');
	const { major } = host.release;
	const place = { ...options, role, port, brokerPort, major };
	const program = new Program({
		command: host.node,
		args: [host.n8n, role],
		cwd: userFolder,
		env: { ...quietEnvironment(place), ...options.env },
		log,
	});
	const start = async () => {
		program.start();
		try {
			await ready(program, base, role);
		} catch (error) {
			await program.stop();
			const tail = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-20).join('\n');
			throw new Error(`${(error as Error).message}. The end of ${log}:\n${tail}`);
		}
	};
	await start();
	return {
		base,
		get pid() {
			return program.pid;
		},
		log,
		stop: async () => await program.stop(),
		kill: async () => await program.kill(),
		freeze: () => program.signal('SIGSTOP'),
		thaw: () => program.signal('SIGCONT'),
		startAgain: start,
	};
}

async function ready(program: Program, base: string, role: Role): Promise<void> {
	const [path, wanted] = signsOfLife[role];
	for (const started = Date.now(); Date.now() - started < READY_WITHIN_MS; await sleep(100)) {
		if (!program.running) throw new Error(`n8n ${role} ended by itself with ${program.code}`);
		const status = await fetch(base + path).then(
			(answer) => answer.status,
			() => 0,
		);
		if (status === wanted) return;
	}
	throw new Error(`n8n ${role} was not ready after ${READY_WITHIN_MS / 1000} s`);
}
