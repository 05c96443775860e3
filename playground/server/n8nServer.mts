import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nInstallation } from '../install/n8n.mts';
import { offlineEnvironment } from './environment.mts';
import { HANG_MS } from '../lib/hang.mts';
import { freePort } from '../lib/ports.mts';
import { RestartableProcess } from '../lib/restartableProcess.mts';

/** n8n's command. `worker` and `webhook` exist in queue mode only. */
export type Role = 'start' | 'worker' | 'webhook';

/** Options of `startN8n`. `env` overrides variables of the offline environment. */
export interface ServerOptions {
	role?: Role;
	userFolder: string;
	filesFolder: string;
	/** TCP port; a free one by default. */
	port?: number;
	/** Public URL of n8n, if it differs from the server's own. */
	publicBaseUrl?: string;
	env?: Record<string, string>;
}

/** One n8n process on this machine. */
export interface Server {
	baseUrl: string;
	readonly pid: number;
	logFile: string;
	/** Graceful stop: running executions may finish. */
	stop(): Promise<void>;
	/** SIGKILL, as in a power failure. */
	kill(): Promise<void>;
	/** SIGSTOP, as when the machine is suspended; `resume` continues the child. */
	pause(): void;
	resume(): void;
	/** Starts it again after `stop` or `kill`, with the same URL and data. */
	restart(): Promise<void>;
}


/**
 * Path and HTTP status that show that a process is ready. While it starts, `start` responds 200 "is starting up" to
 * every request, and version 1 reports readiness before its routes exist. A rejected login is reliable.
 */
const readinessChecks: Record<Role, [path: string, status: number]> = {
	start: ['/rest/login', 401],
	worker: ['/healthz/readiness', 200],
	webhook: ['/healthz/readiness', 200],
};

/**
 * Starts an n8n process on free ports and waits until it is ready.
 * @throws with the last 20 lines of its log if it exits or is not ready within 120 s
 */
export async function startN8n(
	installation: N8nInstallation,
	options: ServerOptions,
): Promise<Server> {
	const { role = 'start', userFolder } = options;
	await mkdir(userFolder, { recursive: true });
	const port = options.port ?? (await freePort());
	const brokerPort = await freePort();
	const baseUrl = `http://127.0.0.1:${port}`;
	const logFile = join(userFolder, 'n8n.log');
	const { major } = installation.release;
	const environmentOptions = { ...options, role, port, brokerPort, major };
	const child = new RestartableProcess({
		command: installation.nodePath,
		args: [installation.n8nPath, role],
		cwd: userFolder,
		env: { ...offlineEnvironment(environmentOptions), ...options.env },
		logFile,
	});
	const start = async () => {
		child.start();
		try {
			await waitUntilReady(child, baseUrl, role);
		} catch (error) {
			await child.stop();
			const tail = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-20).join('\n');
			throw new Error(`${(error as Error).message}. The end of ${logFile}:\n${tail}`);
		}
	};
	await start();
	return {
		baseUrl,
		get pid() {
			return child.pid;
		},
		logFile,
		stop: async () => await child.stop(),
		kill: async () => await child.kill(),
		pause: () => child.signal('SIGSTOP'),
		resume: () => child.signal('SIGCONT'),
		restart: start,
	};
}

async function waitUntilReady(
	child: RestartableProcess,
	baseUrl: string,
	role: Role,
): Promise<void> {
	const [path, expectedStatus] = readinessChecks[role];
	for (const started = Date.now(); Date.now() - started < HANG_MS; await sleep(100)) {
		if (!child.isRunning)
			throw new Error(`n8n ${role} exited unexpectedly with ${child.exitStatus}`);
		const status = await fetch(baseUrl + path).then(
			(response) => response.status,
			() => 0,
		);
		if (status === expectedStatus) return;
	}
	throw new Error(`n8n ${role} was not ready after ${HANG_MS / 1000} s`);
}
