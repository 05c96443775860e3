import { RequestLimiter } from '../../bank131/client/requestLimiter.ts';
import type { BankRequest, WireAnswer } from '../../bank131/client/transport.ts';
import { limitTransport } from '../../nodes/Bank131/runner/limitedTransport.ts';
import { realClock } from '../../nodes/shared/clock.ts';
import { SleepClock } from '../support/tinyBank.mts';

const request: BankRequest = { method: 'POST', path: '/api/v2/session/start/payout', body: {} };
const answer: WireAnswer = { httpStatus: 200, text: '{}' };

/** A gate with one place, and what was sent through it. */
function oneAtATime(signal?: AbortSignal) {
	const limiter = new RequestLimiter({ parallel: 1, perSecond: 0 }, new SleepClock());
	const sent: BankRequest[] = [];
	const transport = async (one: BankRequest) => {
		sent.push(one);
		return answer;
	};
	return { limiter, sent, take: () => limitTransport(transport, limiter, signal) };
}

/** Resolves only if the gate's one place is free. */
async function isFree(limiter: RequestLimiter): Promise<boolean> {
	return await Promise.race([
		limiter.acquire('high').then(() => true),
		new Promise<boolean>((later) => setTimeout(() => later(false), 20)),
	]);
}

test('the first request uses the place that was waited for, the next wait for their own', async () => {
	const { limiter, sent, take } = oneAtATime();
	await limiter.acquire('normal');
	const { transport, releaseIfUnused: leaveUnused } = take();
	expect(await transport(request)).toBe(answer);
	expect(await transport(request)).toBe(answer);
	leaveUnused();
	expect(sent).toHaveLength(2);
	expect(await isFree(limiter)).toBe(true);
	expect(await isFree(limiter)).toBe(false);
});

test('an item that asks nothing gives its place back, once', async () => {
	const { limiter, take } = oneAtATime();
	await limiter.acquire('normal');
	const { releaseIfUnused: leaveUnused } = take();
	leaveUnused();
	leaveUnused();
	expect(await isFree(limiter)).toBe(true);
	expect(await isFree(limiter)).toBe(false);
});

test('a place is free again when the request fails', async () => {
	const limiter = new RequestLimiter({ parallel: 1, perSecond: 0 }, new SleepClock());
	await limiter.acquire('normal');
	const broken = limitTransport(
		async () => await Promise.reject(new Error('no')),
		limiter,
		undefined,
	);
	await expect(broken.transport(request)).rejects.toThrow('no');
	expect(await isFree(limiter)).toBe(true);
});

test('after the run was cancelled nothing goes out, on any version of n8n', async () => {
	const abort = new AbortController();
	const { limiter, sent, take } = oneAtATime(abort.signal);
	await limiter.acquire('normal');
	const { transport } = take();
	await transport(request);
	abort.abort();
	expect(await transport(request)).toMatchObject({ failure: 'cancelled' });
	expect(sent).toHaveLength(1);
	expect(await isFree(limiter)).toBe(true);
});

test('sleep ends when the run is cancelled', async () => {
	const abort = new AbortController();
	const clock = realClock(abort.signal);
	const started = clock.now();
	const sleeping = clock.sleep(800);
	expect(clock.stopped?.()).toBe(false);
	abort.abort();
	await sleeping;
	await clock.sleep(800);
	expect(clock.now() - started).toBeLessThan(700);
	expect(clock.stopped?.()).toBe(true);
});
