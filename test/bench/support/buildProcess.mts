import { fork } from 'node:child_process';
import path from 'node:path';

import type { Credentials } from '../../support/engine.mts';
import type { BuildCommand } from './buildProgram.mts';
import type { PayoutCost } from './measurePayouts.mts';
import type { Signatures } from './measureSigning.mts';
import type { Batch } from './runPayouts.mts';
import { waitForMessage } from './sandboxProcess.mts';

/** A build of the package in n8n's engine, in its own process. */
export interface BuildProcess {
	pay(batch: Batch): Promise<PayoutCost>;
	sign(signatures: Signatures): Promise<{ ms: number }>;
	stop(): void;
}

/**
 * Starts the process of a build.
 * @throws asynchronously if the process exits with an error
 */
export async function startBuildProcess(
	build: string,
	credentials: Credentials,
): Promise<BuildProcess> {
	const child = fork(path.join(import.meta.dirname, 'buildProgram.mts'), {
		execArgv: ['--import', 'tsx'],
		env: { ...process.env, BANK131_PACKAGE_DIR: build },
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	child.once('exit', (code) => {
		if (code !== null && code !== 0) throw new Error(`the process of ${build} exited with ${code}`);
	});
	await waitForMessage(child);
	const send = async <T,>(command: BuildCommand) => {
		child.send(command);
		return await waitForMessage<T>(child);
	};
	return {
		pay: async (payouts) => await send<PayoutCost>({ credentials, payouts }),
		sign: async (signatures) => await send<{ ms: number }>({ credentials, signatures }),
		stop: () => child.kill(),
	};
}
