import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until there is something to see; as patient as a busy machine needs. */
export async function until<T>(
	look: () => T | undefined | Promise<T | undefined>,
	what: string,
	timeoutMs = 90_000,
): Promise<T> {
	for (const started = Date.now(); Date.now() - started < timeoutMs; await sleep(100)) {
		const seen = await look();
		if (seen !== undefined) return seen;
	}
	throw new Error(`There was no ${what} within ${timeoutMs / 1000} s`);
}

/** The address answers with this status: a moment after publishing, or after an execution began to wait, it does not yet. */
export async function answersWith(status: number, url: string): Promise<void> {
	await until(async () => {
		// n8n lets a request hang that comes while it is putting the execution to sleep; the next one is answered.
		const signal = AbortSignal.timeout(10_000);
		const response = await fetch(url, { signal }).catch(() => undefined);
		await response?.text();
		return response?.status === status || undefined;
	}, `${status} from ${url}`);
}
