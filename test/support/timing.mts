import { channel } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

export const pause = async (ms: number): Promise<void> =>
	await new Promise((resolve) => setTimeout(resolve, ms));

/** Looks in every turn of the event loop, so that nothing else gets far meanwhile, on a skipping clock too. */
export async function waitUntil(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}

/** Watches the HTTP requests of this process. The function returned stops that, and returns the longest time, ms. */
export function watchRequests(): () => number {
	let longestMs = 0;
	const starts = channel('http.client.request.start');
	const watch = (message: unknown) => {
		const started = process.hrtime.bigint();
		const { request } = message as { request: ClientRequest };
		request.once('close', () => {
			longestMs = Math.max(longestMs, Number(process.hrtime.bigint() - started) / 1e6);
		});
	};
	starts.subscribe(watch);
	return () => {
		starts.unsubscribe(watch);
		return longestMs;
	};
}

/** A Request Timeout in seconds that requests like those of `longestMs` do not reach, however slow the machine is. */
export const timeoutAbove = (longestMs: number): number =>
	Math.ceil(Math.max(3, (4 * longestMs) / 1000));

/** Runs all jobs, at most `limit` at a time. The results are in the order of `inputs`. */
export async function inParallel<T, R>(
	inputs: readonly T[],
	limit: number,
	job: (input: T) => Promise<R>,
): Promise<R[]> {
	const results: R[] = new Array<R>(inputs.length);
	let next = 0;
	const worker = async () => {
		for (let index = next++; index < inputs.length; index = next++) {
			results[index] = await job(inputs[index]);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, inputs.length) }, worker));
	return results;
}
