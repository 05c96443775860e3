/** Reading a session: which exceptions are waited out, which are results, and which are thrown. */
import { BankRefusal, BankUnreachable, type BankClient } from '../../bank131/client/bankClient.ts';
import {
	pollSession,
	readSessionWithRetry,
	tryReadSession,
} from '../../bank131/client/sessionReader.ts';
import { readSession } from '../../bank131/session/session.ts';
import { SleepClock } from '../support/tinyBank.mts';

const view = readSession({ session: { id: 'ps_1', status: 'created' } })!;

/** A bank whose reads fail with this exception twice and then succeed. */
function bankFailingTwice(error: unknown) {
	const clock = new SleepClock();
	let reads = 0;
	const readOnce = async () => {
		reads++;
		if (reads <= 2) throw error;
		return await Promise.resolve(view);
	};
	const bank = { clock, readSession: readOnce } as unknown as BankClient;
	return { bank, clock, count: () => reads };
}

function failingTwice(error: unknown) {
	const { bank, ...more } = bankFailingTwice(error);
	return { read: readSessionWithRetry('ps_1', bank, 60_000), ...more };
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

const poll = async (bank: BankClient) => await pollSession(view, bank, 60_000, () => true);

test('a single read and a wait: a failure of the bank is a result', async () => {
	const unreachable = new BankUnreachable({ code: 'tooManyRequests' });
	const { bank } = bankFailingTwice(unreachable);
	expect(await tryReadSession(bank, 'ps_1')).toEqual({ reason: { code: 'tooManyRequests' } });
	const refusal = bankFailingTwice(new BankRefusal({ code: 'invalid_request' }));
	expect(await tryReadSession(refusal.bank, 'ps_1')).toEqual({
		reason: { code: 'refused', error: { code: 'invalid_request' } },
	});
	expect(await poll(bankFailingTwice(unreachable).bank)).toEqual({ view });
});

test.each<[string, unknown]>([
	['a TypeError', new TypeError('x is not a function')],
	['a RangeError', new RangeError('too deep')],
	['an Error of n8n', new Error('no credential')],
	['a text', 'failed'],
])('%s in a single read and in a wait: thrown at once', async (_, error) => {
	const single = bankFailingTwice(error);
	await expect(tryReadSession(single.bank, 'ps_1')).rejects.toBe(error);
	const wait = bankFailingTwice(error);
	await expect(poll(wait.bank)).rejects.toBe(error);
	expect([single.count(), wait.count()]).toEqual([1, 1]);
});
