import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { Credentials } from '../../support/engine.mts';

export interface BankProcess {
	credentials: Credentials;
	/** An empty bank whose every answer takes `latencyMs`. */
	open(latencyMs: number): Promise<void>;
	/** Minor units that left it since. */
	moneyMoved(): Promise<number>;
	stop(): void;
}

export async function startBank(): Promise<BankProcess> {
	const child = fork(path.join(import.meta.dirname, 'sandboxProgram.mts'), {
		execArgv: ['--import', 'tsx'],
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	child.once('exit', (code) => {
		if (code !== null && code !== 0) throw new Error(`the bank process ended with ${code}`);
	});
	const { url, project, privateKey } = await answer<Record<string, string>>(child);
	const buildReports = async (order: object) => {
		child.send(order);
		return await answer<{ moneyMoved: number }>(child);
	};
	return {
		credentials: {
			bank131Api: { environment: 'custom', customUrl: url, project, privateKey, apiVersion: 'v2' },
		},
		open: async (latencyMs) => void (await buildReports({ reset: true, set: { latencyMs } })),
		moneyMoved: async () => (await buildReports({})).moneyMoved,
		stop: () => child.kill(),
	};
}

async function answer<T>(child: ChildProcess): Promise<T> {
	const [message] = (await once(child, 'message')) as [T];
	return message;
}
