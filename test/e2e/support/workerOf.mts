import { readFile } from 'node:fs/promises';
import type { QueuePlayground } from '../../../playground/host/queuePlayground.mts';
import type { Server } from '../../../playground/server/n8nServer.mts';
import { waitFor } from './waitFor.mts';

/** The worker whose log says that it runs, or has run, the execution. */
export async function workerOf({ workers }: QueuePlayground, execution: string): Promise<Server> {
	const poll = async () => {
		const logs = await Promise.all(workers.map(({ logFile }) => readFile(logFile, 'utf8')));
		return workers[logs.findIndex((text) => text.includes(`execution ${execution} (`))];
	};
	return await waitFor(poll, `worker that runs execution ${execution}`);
}
