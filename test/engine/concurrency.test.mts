/**
 * Parallel Requests and Requests per Second, the order of the output, and what happens after a failure or a
 * cancellation.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { useFixture } from '../support/engineFixture.mts';
import { continueError, jsonOf } from '../support/runOperation.mts';
import { payAll, rowsOf, startPaying } from '../support/payouts.mts';
import { expectPaidOnce, requestsTo } from '../support/ledger.mts';
import { inParallel, pause, waitUntil } from '../support/timing.mts';
import { errorOf, PlainCredentialsHelper, wf } from '../support/engine.mts';

const fixture = useFixture();

/** A proxy in front of the sandbox that counts concurrent requests. */
class CountingProxy {
	private inFlight = 0;
	maxInFlight = 0;
	/** How many requests have to be open at the same time before the first one is passed on. */
	private awaited = 1;
	private readonly held: Array<() => void> = [];
	/** Arrival of each request, ms. */
	readonly times: number[] = [];
	private readonly server: Server;

	constructor(private readonly target: string) {
		this.server = createServer((request, response) => void this.pass(request, response));
	}

	async listen(): Promise<string> {
		await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	reset(): void {
		this.maxInFlight = 0;
		this.times.length = 0;
		this.awaited = 1;
	}

	/**
	 * Holds the first requests until `count` are open. A node that never has so many open waits for ever; how long the
	 * machine takes does not matter.
	 */
	holdUntil(count: number): void {
		this.awaited = count;
	}

	private async holdFirst(): Promise<void> {
		if (this.maxInFlight < this.awaited) {
			await new Promise<void>((release) => this.held.push(release));
		} else {
			for (const release of this.held.splice(0)) release();
		}
	}

	stop(): void {
		this.server.closeAllConnections();
		this.server.close();
	}

	private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
		this.times.push(performance.now());
		this.maxInFlight = Math.max(this.maxInFlight, ++this.inFlight);
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		await this.holdFirst();
		// A random delay, so that responses arrive in another order than the requests.
		await pause(20 + Math.random() * 30);
		const answer = await fetch(this.target + request.url, {
			method: request.method,
			headers: request.headers as Record<string, string>,
			body: Buffer.concat(chunks),
		});
		const text = await answer.text();
		this.inFlight--;
		response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
	}
}

let proxy: CountingProxy;
let customUrl: string;

beforeAll(async () => {
	proxy = new CountingProxy(fixture.sandbox.url);
	customUrl = await proxy.listen();
});
afterAll(() => proxy.stop());
beforeEach(() => proxy.reset());
afterEach(() => jest.restoreAllMocks());

test.each([1, 2, 5, 17])(
	'Parallel Requests = %i: at most that many requests at the same time, output in input order',
	async (parallelRequests) => {
		const rows = rowsOf('parallel', 30);
		proxy.holdUntil(parallelRequests);
		const run = await payAll(fixture, rows, {
			credential: { customUrl },
			options: { parallelRequests },
		});
		expect(proxy.maxInFlight).toBe(parallelRequests);
		expect(jsonOf(run).map(({ reference }) => reference)).toEqual(rows.map(({ ref }) => ref));
		expectPaidOnce(fixture.sandbox, rows);
	},
);

test.each([1, 10, 50])(
	'Parallel Requests = %i with payouts that poll the bank: at most that many requests at the bank, all succeeded',
	async (parallelRequests) => {
		// Each payout sends create, start, status, confirm and status, with two pauses between them.
		fixture.sandbox.set({ latencyMs: 30, processingMs: 60 });
		const rows = rowsOf('waits', Math.max(8, parallelRequests * 3));
		proxy.holdUntil(parallelRequests);
		const run = await payAll(fixture, rows, {
			credential: { customUrl },
			options: { parallelRequests },
		});
		expect(proxy.times.length).toBeGreaterThanOrEqual(rows.length * 5);
		expect(proxy.maxInFlight).toBe(parallelRequests);
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
		expectPaidOnce(fixture.sandbox, rows);
	},
);

test('Parallel Requests not set: at most five requests at the same time', async () => {
	proxy.holdUntil(5);
	await payAll(fixture, rowsOf('default', 20), { credential: { customUrl } });
	expect(proxy.maxInFlight).toBe(5);
});

test.each([
	[1, 1],
	[2.9, 2],
	['={{ "3" }}', 3],
])(
	'Parallel Requests = %p: at most %i requests at the same time',
	async (parallelRequests, limit) => {
		proxy.holdUntil(limit);
		await payAll(fixture, rowsOf('odd', 12), {
			credential: { customUrl },
			options: { parallelRequests },
		});
		expect(proxy.maxInFlight).toBe(limit);
	},
);

test('Requests per Second = 20: no request arrives before its turn', async () => {
	const requestsPerSecond = 20;
	const started = performance.now();
	const run = await payAll(fixture, rowsOf('pace', 8), {
		credential: { customUrl },
		options: { requestsPerSecond, parallelRequests: 50 },
	});
	expect(jsonOf(run)).toHaveLength(8);
	// Each payout sends at least four requests. A busy machine delays requests, so that some arrive together, but none of
	// them early. The clocks of timers and of the test may differ by some milliseconds.
	expect(proxy.times.length).toBeGreaterThanOrEqual(32);
	const early = proxy.times.filter(
		(time, index) => time - started < (index * 1000) / requestsPerSecond - 10,
	);
	expect(early).toEqual([]);
});

test('payouts that end in another order: both outputs are in input order', async () => {
	const rows = rowsOf('order', 40);
	for (const { ref } of rows.filter((_, index) => index % 3 === 0)) {
		const match = { path: 'start/payout', reference: String(ref) };
		fixture.sandbox.faults.add({ kind: 'delay', ms: 50 + Math.random() * 300, match });
	}
	rows[7].amount = '100.02';
	rows[20].amount = 'x';
	const run = await payAll(fixture, rows, {
		node: continueError,
		options: { parallelRequests: 20 },
	});
	const refs = (from: number, to: number) => rows.slice(from, to).map(({ ref }) => ref);
	expect(jsonOf(run).map(({ reference }) => reference)).toEqual([
		...refs(0, 7),
		...refs(8, 20),
		...refs(21, 40),
	]);
	expect(jsonOf(run, 1).map(({ ref }) => ref)).toEqual([rows[7].ref, rows[20].ref]);
});

test('stopWorkflow and a refused row: no further payout starts, the error lists every row', async () => {
	fixture.sandbox.set({ latencyMs: 15 });
	const rows = rowsOf('stop', 60);
	rows[2].amount = '100.02';
	const run = await payAll(fixture, rows, { options: { parallelRequests: 2 } });
	const startedCount = fixture.sandbox.sessions.count;
	expect(startedCount).toBeGreaterThanOrEqual(3);
	expect(startedCount).toBeLessThan(60);
	const paid = fixture.sandbox.ledger.entries;
	expect(paid).toHaveLength(startedCount - 1);
	const { message, description } = errorOf(run)!;
	expect(message).toBe('Row 3: No route for this payout in the agreement');
	expect(description).toContain(`${60 - startedCount} rows were not started.`);
	expect(description?.match(/outcome succeeded, sessionId ps_/g)).toHaveLength(paid.length);
	expect(description).toContain('Run again with the same References');

	// A second run with the corrected row pays the rest; no row is paid twice.
	rows[2].amount = '103.00';
	const secondRun = await payAll(fixture, rows, {
		executionId: '2',
		options: { parallelRequests: 20 },
	});
	const outcomes = jsonOf(secondRun).map(({ outcome }) => outcome);
	expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(startedCount - 1);
	expectPaidOnce(fixture.sandbox, rows);
});

test('cancelled execution: no further request, no confirmation; a second run pays no row twice', async () => {
	fixture.sandbox.set({ processingMs: 300 });
	const rows = rowsOf('cancel', 80);
	const run = startPaying(fixture, rows, { options: { parallelRequests: 3 } });
	while (requestsTo(fixture.sandbox, 'session/start/payout').length < 5) await pause(5);
	run.cancel();
	const requests = fixture.sandbox.requests.length;
	await run;
	await fixture.sandbox.idle();
	// Those that were open when the execution was cancelled may arrive later. No other request follows.
	expect(fixture.sandbox.requests.length - requests).toBeLessThanOrEqual(3);
	expect(fixture.sandbox.sessions.count).toBeLessThan(80);

	// The list can be sent again: no row is paid twice.
	fixture.sandbox.set({ processingMs: 2 });
	await payAll(fixture, rows, { executionId: '2', options: { parallelRequests: 20 } });
	for (const { ref } of rows) {
		const entries = fixture.sandbox.ledger.entries.filter(
			({ idempotencyKey }) => idempotencyKey === ref,
		);
		expect(entries.length).toBeLessThanOrEqual(1);
	}
	expect(fixture.sandbox.ledger.paidTwice()).toEqual([]);
});

test('four concurrent executions with the same list: each row is paid once, the others are duplicates', async () => {
	const rows = rowsOf('race', 10);
	const runs = await inParallel(
		[1, 2, 3, 4],
		4,
		async (execution) => await payAll(fixture, rows, { executionId: String(execution) }),
	);
	await fixture.sandbox.idle();
	expectPaidOnce(fixture.sandbox, rows);
	const outcomes = runs.flatMap((run) => jsonOf(run).map(({ outcome }) => outcome));
	expect(outcomes.filter((outcome) => outcome === 'succeeded')).toHaveLength(10);
	expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(30);
});

test('300 rows, a fault for every seventh: valid rows are paid once, refused ones are errors', async () => {
	const rows = rowsOf('hundreds', 300);
	const kinds = ['resetBefore', 'resetAfter', 'errorAfter', 'garbage', 'halfBody'] as const;
	rows.forEach(({ ref }, index) => {
		if (index % 7 !== 0) return;
		const path = index % 2 === 0 ? 'start/payout' : 'session/confirm';
		fixture.sandbox.faults.add({ kind: kinds[index % 5], match: { path, reference: String(ref) } });
		if (index % 49 === 0) rows[index].amount = '100.02';
	});
	const run = await payAll(fixture, rows, {
		node: { ...continueError, retryOnFail: true, maxTries: 3 },
		options: { parallelRequests: 40 },
	});
	await fixture.sandbox.idle();
	const valid = rows.filter(({ amount }) => amount !== '100.02');
	expect(jsonOf(run).map(({ reference, outcome }) => [reference, outcome])).toEqual(
		valid.map(({ ref }) => [ref, 'succeeded']),
	);
	expectPaidOnce(fixture.sandbox, valid);
	expect(jsonOf(run, 1)).toHaveLength(rows.length - valid.length);
});

test('a run reads the credential once: n8n would ask its database for each request', async () => {
	const reading = jest.spyOn(PlainCredentialsHelper.prototype, 'getDecrypted');
	const outputs = jsonOf(await payAll(fixture, rowsOf('credential', 20)));
	expect(outputs.map(({ outcome }) => outcome)).toEqual(Array(20).fill('succeeded'));
	expect(requestsTo(fixture.sandbox, 'session/create')).toHaveLength(20);
	expect(reading).toHaveBeenCalledTimes(1);
});

test('requests that start, are signed or are answered at once take turns, six at a time', async () => {
	const ROWS = 30;
	const { sleep } = wf;
	const heldTurns: Array<() => void> = [];
	let turns = 0;
	const heldSleep: typeof sleep = async (ms) => {
		if (ms > 0) return await sleep(ms);
		turns++;
		await new Promise<void>((release) => heldTurns.push(release));
	};
	Object.defineProperty(wf, 'sleep', { value: heldSleep });
	try {
		let isOver = false;
		const run = startPaying(fixture, rowsOf('turn', ROWS), {
			parameters: { confirmation: 'manual', waitFor: 'started' },
			options: { parallelRequests: ROWS },
		});
		const over = Promise.resolve(run).finally(() => (isOver = true));
		for (;;) {
			await waitUntil(() => isOver || heldTurns.length > 0);
			if (isOver) break;
			// So that the turn is full: answers and signatures of requests under way arrive meanwhile.
			await pause(20);
			for (const release of heldTurns.splice(0)) release();
		}
		expect(jsonOf(await over)).toHaveLength(ROWS);
		const requests = fixture.sandbox.requests.length;
		expect(requests).toBe(2 * ROWS);
		// A start for each row, a signature and an answer for each request. The first turn may be that of an earlier test.
		expect(turns).toBeGreaterThanOrEqual((ROWS + 2 * requests) / 6 - 1);
	} finally {
		Object.defineProperty(wf, 'sleep', { value: sleep });
		for (const release of heldTurns) release();
	}
});
