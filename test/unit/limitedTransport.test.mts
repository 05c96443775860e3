/** The transport of one item shares the slots of the request limiter with all other items. */
import { RequestLimiter } from '../../bank131/client/requestLimiter.ts';
import type { BankRequest, Transport, TransportResult } from '../../bank131/client/transport.ts';
import { limitTransport } from '../../nodes/Bank131/runner/limitedTransport.ts';
import { realClock } from '../../nodes/shared/clock.ts';
import { SleepClock } from '../support/tinyBank.mts';

const request: BankRequest = { method: 'POST', path: '/api/v2/session/start/payout', body: {} };
const answer: TransportResult = { httpStatus: 200, text: '{}' };

const limiterWithOneSlot = () =>
	new RequestLimiter({ parallel: 1, perSecond: 0 }, new SleepClock());

/** A limiter whose only slot is acquired for one item, and the limited transport of that item. */
async function itemWithSlot(signal?: AbortSignal) {
	const limiter = limiterWithOneSlot();
	await limiter.acquire('normal');
	const sent: BankRequest[] = [];
	const transport: Transport = async (one) => {
		sent.push(one);
		return answer;
	};
	const { wrap, releaseIfUnused } = limitTransport(limiter, signal);
	return { limiter, sent, send: wrap(transport), releaseIfUnused };
}

/** Acquires the slot of the limiter if it is free. */
async function acquireIfFree(limiter: RequestLimiter): Promise<boolean> {
	return await Promise.race([
		limiter.acquire('high').then(() => true),
		new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 20)),
	]);
}

test('two requests of one item: the first uses the acquired slot, the second acquires its own; one slot is free after', async () => {
	const { limiter, sent, send, releaseIfUnused } = await itemWithSlot();
	expect(await send(request)).toBe(answer);
	expect(await send(request)).toBe(answer);
	releaseIfUnused();
	expect(sent).toHaveLength(2);
	expect(await acquireIfFree(limiter)).toBe(true);
	expect(await acquireIfFree(limiter)).toBe(false);
});

test('an item that sends no request: releaseIfUnused called twice releases its slot once', async () => {
	const { limiter, releaseIfUnused } = await itemWithSlot();
	releaseIfUnused();
	releaseIfUnused();
	expect(await acquireIfFree(limiter)).toBe(true);
	expect(await acquireIfFree(limiter)).toBe(false);
});

test('a request that fails: its slot is released', async () => {
	const limiter = limiterWithOneSlot();
	await limiter.acquire('normal');
	const send = limitTransport(limiter, undefined).wrap(
		async () => await Promise.reject(new Error('no')),
	);
	await expect(send(request)).rejects.toThrow('no');
	expect(await acquireIfFree(limiter)).toBe(true);
});

test('a cancelled run: no request is sent, and the slot is released', async () => {
	const abort = new AbortController();
	const { limiter, sent, send } = await itemWithSlot(abort.signal);
	await send(request);
	abort.abort();
	expect(await send(request)).toMatchObject({ failure: 'cancelled' });
	expect(sent).toHaveLength(1);
	expect(await acquireIfFree(limiter)).toBe(true);
});

test('a cancelled run: sleep ends early, and later sleeps end at once', async () => {
	const abort = new AbortController();
	const clock = realClock(abort.signal);
	const started = clock.now();
	const sleeping = clock.sleep(800);
	expect(clock.isCancelled?.()).toBe(false);
	abort.abort();
	await sleeping;
	await clock.sleep(800);
	expect(clock.now() - started).toBeLessThan(700);
	expect(clock.isCancelled?.()).toBe(true);
});
