import { setTimeout as sleep } from 'node:timers/promises';
import { HANG_MS } from '../../../playground/lib/hang.mts';

/**
 * Polls every 100 ms until `poll` returns a value.
 * @param description names the expected value in the error
 * @throws after `timeoutMs`
 */
export async function waitFor<T>(
	poll: () => T | undefined | Promise<T | undefined>,
	description: string,
	timeoutMs = HANG_MS,
): Promise<T> {
	for (const started = Date.now(); Date.now() - started < timeoutMs; await sleep(100)) {
		const value = await poll();
		if (value !== undefined) return value;
	}
	throw new Error(`Timeout after ${timeoutMs / 1000} s: no ${description}`);
}

/**
 * Polls a URL until it responds with this status. Right after publishing, or after an execution starts to wait, it
 * does not.
 */
export async function waitForStatus(status: number, url: string): Promise<void> {
	await waitFor(async () => {
		// n8n does not respond to a request that arrives while it suspends the execution; it responds to the next one.
		const signal = AbortSignal.timeout(10_000);
		const response = await fetch(url, { signal }).catch(() => undefined);
		await response?.text();
		return response?.status === status || undefined;
	}, `${status} from ${url}`);
}
