/** Responses of the bank that never end: slow ones and huge ones. Every call ends, and its connection is closed. */
import type { ILoadOptionsFunctions, INodeType } from 'n8n-workflow';

import {
	hugeAnswers,
	slowAnswers,
	type Ended,
	type EndlessAnswer,
} from '../support/endlessAnswers.mts';
import {
	makeExecuteContext,
	passesSocketOptions,
	runCredentialTest,
	startNodeRun,
	outputOf,
} from '../support/engine.mts';
import { useFixture } from '../support/engineFixture.mts';
import { expectPaidOnce, requestsTo } from '../support/ledger.mts';
import { payAll, rowsOf, sendToCard, type Row } from '../support/payouts.mts';
import { RawServer } from '../support/rawServer.mts';
import { continueError, itemsOf, jsonOf } from '../support/runOperation.mts';
import { deliveryTo, expectRefused } from '../support/triggerDelivery.mts';
import { sessionBody } from '../support/webhooks.mts';
import { timeoutAbove, waitUntil, watchRequests } from '../support/timing.mts';

const MB = 1024 * 1024;

/** The limit, and what sockets and streams hold beside it. */
const MOST_BYTES_TAKEN = 100 * MB;

const fixture = useFixture();
let server: RawServer;
/** One for each request, in order: how its connection ended. */
let endings: Array<Promise<Ended>>;

beforeAll(async () => {
	server = await new RawServer().start();
});
afterAll(async () => await server.stop());
afterEach(() => jest.restoreAllMocks());

function answerWith(answer: EndlessAnswer): void {
	endings = [];
	server.answer = () => ({ send: (response) => endings.push(answer(response)) });
}

const credentials = () => fixture.credential({ customUrl: server.url });

const credential = () => credentials().bank131Api;

/** Payout: Send in One Request, which sends one request and never repeats it. */
const initiate = (requestTimeout: number) =>
	startNodeRun({
		loader: fixture.loader,
		nodeName: 'bank131',
		credentials: credentials(),
		parameters: { ...sendToCard, operation: 'initiate', options: { requestTimeout } },
		items: itemsOf(rowsOf('endless', 1)),
		node: continueError,
	});

/** Records the time limits that are set, in ms, and makes each of them as short as `ms`. */
function shortenTimeLimits(ms: number): number[] {
	const limits: number[] = [];
	const { timeout } = AbortSignal;
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((limit) => {
		limits.push(limit);
		return timeout.call(AbortSignal, ms);
	});
	return limits;
}

/** A Request Timeout above what requests take on this machine now: pays `rows` without a fault. */
async function timeoutAboveThoseOf(rows: Row[], parallelRequests: number): Promise<number> {
	const stopWatching = watchRequests();
	await payAll(fixture, rows, { options: { parallelRequests } });
	return timeoutAbove(stopWatching());
}

const byName = (answers: Record<string, EndlessAnswer>) => Object.entries(answers);

describe('a response that arrives byte by byte', () => {
	test.each(byName(slowAnswers))(
		'%s: the call ends after Request Timeout, the outcome is unknown, the connection is closed',
		async (_name, answer) => {
			answerWith(answer);
			const run = await initiate(1);
			expect(outputOf(run, 1)[0].json.error).toMatchObject({
				outcome: 'unknown',
				reference: 'endless-1',
				message: expect.stringContaining('No complete answer from the bank within 1 s'),
			});
			expect(endings).toHaveLength(1);
			await endings[0];
		},
	);

	test('50 rows, five of them with slow responses: all are paid once', async () => {
		const rows = rowsOf('slow', 50);
		const requestTimeout = await timeoutAboveThoseOf(rowsOf('usual', 50), 5);
		fixture.sandbox.faults.add({ kind: 'slowBody', times: 5, match: { path: 'session/create' } });
		const run = await payAll(fixture, rows, {
			node: continueError,
			options: { requestTimeout, parallelRequests: 5 },
		});
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
		expectPaidOnce(fixture.sandbox, rows);
	});

	test.each(['start/payout', 'session/status', 'session/confirm'])(
		'every slot has a slow response to %s: all rows are paid once',
		async (path) => {
			const rows = rowsOf('slots', 10);
			const requestTimeout = await timeoutAboveThoseOf(rowsOf('usual', 10), 2);
			fixture.sandbox.faults.add({ kind: 'slowBody', times: 2, match: { path } });
			const run = await payAll(fixture, rows, {
				node: continueError,
				options: { requestTimeout, parallelRequests: 2 },
			});
			expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
			expectPaidOnce(fixture.sandbox, rows);
		},
	);

	test('a bank whose responses all arrive byte by byte: every row gets its outcome', async () => {
		fixture.sandbox.faults.add({ kind: 'slowBody', times: Infinity, match: {} });
		const rows = rowsOf('all-slow', 4);
		const run = await payAll(fixture, rows, {
			node: continueError,
			parameters: { operation: 'initiate' },
			options: { requestTimeout: 1, parallelRequests: 1 },
		});
		expect(jsonOf(run, 1).map(({ error }) => error.outcome)).toEqual(rows.map(() => 'unknown'));
		expect(requestsTo(fixture.sandbox, 'session/init/payout')).toHaveLength(4);
	});

	test('the run is cancelled: the call ends, and its connection is closed', async () => {
		answerWith(slowAnswers['body in chunks']);
		const running = initiate(86_400);
		await waitUntil(() => endings.length === 1);
		running.cancel();
		await running;
		await endings[0];
	});
});

describe('a response of endless size', () => {
	test.each(byName(hugeAnswers))(
		'%s: it is read up to a limit, the outcome is unknown, the connection is closed',
		async (_name, answer) => {
			answerWith(answer);
			const run = await initiate(600);
			expect(outputOf(run, 1)[0].json.error).toMatchObject({
				outcome: 'unknown',
				message: expect.stringContaining("The bank's answer is longer than 32 MB"),
			});
			const { bytesTaken } = await endings[0];
			expect(bytesTaken).toBeLessThan(MOST_BYTES_TAKEN);
		},
	);

	test('31 MB: it is read', async () => {
		const padding = ' '.repeat(31 * MB);
		server.answer = () => ({ body: `{"status":"ok",${padding}"banks":[{"id":"100000000069"}]}` });
		const run = await startNodeRun({
			loader: fixture.loader,
			nodeName: 'bank131',
			credentials: credentials(),
			parameters: { resource: 'fps', operation: 'getBanks' },
		});
		expect(outputOf(run).map(({ json }) => json.bankId)).toEqual(['100000000069']);
	});
});

describe('callers with a time limit of their own', () => {
	const body = sessionBody('payment_finished', { id: 'ps_1', status: 'accepted' });
	const check = async () =>
		await deliveryTo(fixture)(body, {
			parameters: { options: { checkWithBank: true } },
			credential: credential() as Record<string, string>,
		});
	const searchBanks = async () => {
		const context = makeExecuteContext({
			loader: fixture.loader,
			nodeName: 'bank131',
			credentials: credentials(),
		});
		const { methods } = fixture.loader.getNode('bank131').type as INodeType;
		const { searchFpsBanks } = methods!.listSearch!;
		return await searchFpsBanks.call(context as unknown as ILoadOptionsFunctions);
	};
	const testCredential = async () =>
		await runCredentialTest({
			loader: fixture.loader,
			type: 'bank131Api',
			data: credential(),
		});

	const slow = byName(slowAnswers).filter(([name]) =>
		['body in chunks', 'compressed body', 'headers'].includes(name),
	);

	test.each(slow)('Check With Bank, %s: two calls of 8 s, then HTTP 503', async (_name, answer) => {
		answerWith(answer);
		const limits = shortenTimeLimits(100);
		expectRefused(await check(), 503);
		expect(limits).toEqual([8000, 8000]);
		await Promise.all(endings);
	});

	test.each(slow)(
		'list of Recipient Bank, %s: four calls of 15 s, then an error',
		async (_name, answer) => {
			answerWith(answer);
			const limits = shortenTimeLimits(100);
			await expect(searchBanks()).rejects.toThrow(/No complete answer from the bank within 15 s/);
			expect(limits).toEqual([15_000, 15_000, 15_000, 15_000]);
			await Promise.all(endings);
		},
	);

	test.each(byName(slowAnswers))(
		'credential test, %s: one call of 30 s, then an error',
		async (_name, answer) => {
			answerWith(answer);
			const limits = shortenTimeLimits(100);
			const message = expect.stringContaining('No complete answer within 30 s');
			expect(await testCredential()).toEqual({ status: 'Error', message });
			expect(limits).toEqual([30_000]);
			// Otherwise the connection ends when the server of this Custom URL ends it.
			if (passesSocketOptions) await Promise.all(endings);
		},
	);

	test('credential test, its time is over before the request is sent: an error, no request', async () => {
		answerWith(slowAnswers['status line']);
		jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
		const message = expect.stringContaining('No complete answer within 30 s');
		expect(await testCredential()).toEqual({ status: 'Error', message });
		// An error that nobody listens for ends the process at the next turn of the event loop.
		await new Promise((resolve) => setImmediate(resolve));
		expect(endings).toHaveLength(0);
	});

	test.each(byName(hugeAnswers))(
		'credential test, endless response %s: read up to a limit',
		async (_name, answer) => {
			answerWith(answer);
			const message = expect.stringContaining("The bank's answer is longer than 32 MB");
			expect(await testCredential()).toEqual({ status: 'Error', message });
			expect((await endings[0]).bytesTaken).toBeLessThan(MOST_BYTES_TAKEN);
		},
	);

	test('Check With Bank and the list of Recipient Bank, endless response: read up to a limit', async () => {
		answerWith(hugeAnswers['in chunks without an end']);
		expectRefused(await check(), 503);
		await expect(searchBanks()).rejects.toThrow(/The bank's answer is longer than 32 MB/);
		const ended = await Promise.all(endings);
		expect(ended).toHaveLength(6);
		for (const { bytesTaken } of ended) expect(bytesTaken).toBeLessThan(MOST_BYTES_TAKEN);
	});
});
