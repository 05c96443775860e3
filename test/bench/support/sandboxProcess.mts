import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { Credentials } from '../../support/engine.mts';

/** A sandbox bank in its own process. */
export interface SandboxProcess {
	credentials: Credentials;
	/** Clears the sandbox and sets the latency of each response, ms. */
	reset(latencyMs: number): Promise<void>;
	/** Minor units paid out since the last `reset`. */
	moneyMoved(): Promise<number>;
	stop(): void;
}

/** @throws asynchronously if the process exits with an error */
export async function startSandboxProcess(): Promise<SandboxProcess> {
	const child = fork(path.join(import.meta.dirname, 'sandboxProgram.mts'), {
		execArgv: ['--import', 'tsx'],
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	child.once('exit', (code) => {
		if (code !== null && code !== 0) throw new Error(`the sandbox process exited with ${code}`);
	});
	const { url, project, privateKey } = await waitForMessage<Record<string, string>>(child);
	const send = async (command: object) => {
		child.send(command);
		return await waitForMessage<{ moneyMoved: number }>(child);
	};
	return {
		credentials: {
			bank131Api: { environment: 'custom', customUrl: url, project, privateKey, apiVersion: 'v2' },
		},
		reset: async (latencyMs) => void (await send({ reset: true, set: { latencyMs } })),
		moneyMoved: async () => (await send({})).moneyMoved,
		stop: () => child.kill(),
	};
}

/** The next message of a process. */
export async function waitForMessage<T>(child: ChildProcess): Promise<T> {
	const [message] = (await once(child, 'message')) as [T];
	return message;
}
