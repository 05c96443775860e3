import type { Credentials } from '../../support/engine.mts';
import type { BuildCommand } from './buildProgram.mts';
import type { PayoutCost } from './measurePayouts.mts';
import type { Signatures } from './measureSigning.mts';
import { startProgram } from './program.mts';
import type { Batch } from './runPayouts.mts';

/** A build of the package in n8n's engine, in its own process. */
export interface BuildProcess {
	pay(batch: Batch): Promise<PayoutCost>;
	sign(signatures: Signatures): Promise<{ ms: number }>;
	close(): void;
}

/**
 * Starts the process of a build.
 * @throws asynchronously if the process exits with an error
 */
export async function startBuildProcess(
	build: string,
	credentials: Credentials,
): Promise<BuildProcess> {
	const { send, stop } = await startProgram('buildProgram.mts', { BANK131_PACKAGE_DIR: build });
	return {
		pay: async (payouts) => await send({ credentials, payouts } satisfies BuildCommand),
		sign: async (signatures) => await send({ credentials, signatures } satisfies BuildCommand),
		close: stop,
	};
}
