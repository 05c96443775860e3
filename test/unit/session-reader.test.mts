/** The first read of a wait: which exceptions are waited out. */
import { BankRefusal, BankUnreachable, type BankClient } from '../../bank131/client/bankClient.ts';
import { readSessionWithRetry } from '../../bank131/client/sessionReader.ts';
import { readSession } from '../../bank131/session/session.ts';
import { SleepClock } from '../support/tinyBank.mts';

const view = readSession({ session: { id: 'ps_1', status: 'created' } })!;

/** A bank whose reads fail with this exception twice and then succeed. */
function failingTwice(error: unknown) {
	const clock = new SleepClock();
	let reads = 0;
	const readOnce = async () => {
		reads++;
		if (reads <= 2) throw error;
		return await Promise.resolve(view);
	};
	const bank = { clock, readSession: readOnce } as unknown as BankClient;
	return { read: readSessionWithRetry('ps_1', bank, 60_000), clock, count: () => reads };
}

test.each<[string, Error]>([
	['the bank is unreachable', new BankUnreachable({ code: 'tooManyRequests' })],
	[
		'the response has no session',
		new BankUnreachable({ code: 'responseIncomplete', missing: 'session' }),
	],
	['the bank refuses with internal_error', new BankRefusal({ code: 'internal_error' })],
])('%s: read again', async (_, error) => {
	const { read, count } = failingTwice(error);
	expect(await read).toBe(view);
	expect(count()).toBe(3);
});

test.each<[string, unknown]>([
	['a TypeError', new TypeError('x is not a function')],
	['a RangeError', new RangeError('too deep')],
	['an Error of n8n', new Error('no credential')],
	['a text', 'failed'],
	['a refusal with a certain code', new BankRefusal({ code: 'invalid_request' })],
])('%s: thrown at once, without a pause', async (_, error) => {
	const { read, clock, count } = failingTwice(error);
	await expect(read).rejects.toBe(error);
	expect([count(), clock.time]).toEqual([1, 0]);
});
