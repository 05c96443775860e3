/** Never more in flight than allowed, always in order, and nothing new after a stop. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { errorOf } from '../support/engine.mts';
import {
	continueError,
	expectPaidOnce,
	inParallel,
	jsonOf,
	openBench,
	payAll,
	requestsTo,
	rowsOf,
	startPaying,
	type Bench,
} from '../support/bank131.mts';

let bench: Bench;
let counter: Counter;

/** Stands before the sandbox and counts what is under way at the same time. */
class Counter {
	private inFlight = 0;
	most = 0;
	/** When each request came, ms. */
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
		this.most = 0;
		this.times.length = 0;
	}

	stop(): void {
		this.server.closeAllConnections();
		this.server.close();
	}

	private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
		this.times.push(performance.now());
		this.most = Math.max(this.most, ++this.inFlight);
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		// Answers overtake each other.
		await new Promise((later) => setTimeout(later, 20 + Math.random() * 30));
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

let customUrl: string;

beforeAll(async () => {
	bench = await openBench();
	counter = new Counter(bench.sandbox.url);
	customUrl = await counter.listen();
});
afterAll(async () => {
	counter.stop();
	await bench.sandbox.stop();
});
beforeEach(() => {
	bench.sandbox.reset();
	counter.reset();
});
afterEach(() => bench.sandbox.set({ processingMs: 2, latencyMs: 0 }));

test.each([1, 2, 5, 17])(
	'Parallel Requests %i is never exceeded, and used',
	async (parallelRequests) => {
		const rows = rowsOf('parallel', 30);
		const run = await payAll(bench, rows, {
			credential: { customUrl },
			options: { parallelRequests },
		});
		expect(counter.most).toBeLessThanOrEqual(parallelRequests);
		expect(counter.most).toBeGreaterThan(parallelRequests / 2);
		expect(jsonOf(run).map(({ reference }) => reference)).toEqual(rows.map(({ ref }) => ref));
		expectPaidOnce(bench.sandbox, rows);
	},
);

test.each([1, 10, 50])(
	'Parallel Requests %i holds at the bank, for payouts that wait between their requests',
	async (parallelRequests) => {
		// Each of these creates, starts, looks, confirms and looks again, and pauses twice in between.
		bench.sandbox.set({ latencyMs: 30, processingMs: 60 });
		const rows = rowsOf('waits', Math.max(8, parallelRequests * 3));
		const run = await payAll(bench, rows, { options: { parallelRequests } });
		const inFlight = bench.sandbox.requests.map((request) => request.inFlight);
		expect(inFlight.length).toBeGreaterThanOrEqual(rows.length * 5);
		expect(Math.max(...inFlight)).toBeLessThanOrEqual(parallelRequests);
		expect(Math.max(...inFlight)).toBeGreaterThan(parallelRequests * 0.7);
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
		expectPaidOnce(bench.sandbox, rows);
	},
);

test('five when nothing is said', async () => {
	await payAll(bench, rowsOf('default', 20), { credential: { customUrl } });
	expect(counter.most).toBeLessThanOrEqual(5);
	expect(counter.most).toBeGreaterThan(2);
});

test.each([
	[1, 1],
	[2.9, 2],
	['={{ "3" }}', 3],
])('Parallel Requests %p means %i', async (parallelRequests, most) => {
	await payAll(bench, rowsOf('odd', 12), {
		credential: { customUrl },
		options: { parallelRequests },
	});
	expect(counter.most).toBeLessThanOrEqual(most);
	expect(counter.most).toBeGreaterThan(most / 2);
});

test('Requests per Second: in no second do more start than allowed', async () => {
	const requestsPerSecond = 20;
	const run = await payAll(bench, rowsOf('pace', 8), {
		credential: { customUrl },
		options: { requestsPerSecond, parallelRequests: 50 },
	});
	expect(jsonOf(run)).toHaveLength(8);
	// Each payout takes four or more requests; jitter of the machine may move one or two into the next second.
	for (const from of counter.times) {
		const within = counter.times.filter((time) => time >= from && time < from + 1000);
		expect(within.length).toBeLessThanOrEqual(requestsPerSecond + 2);
	}
	const took = counter.times.at(-1)! - counter.times[0];
	expect(took).toBeGreaterThan(((counter.times.length - 1) * 1000) / requestsPerSecond - 200);
});

test('the order of the output is the order of the input, whoever is done first', async () => {
	const rows = rowsOf('order', 40);
	for (const { ref } of rows.filter((_, index) => index % 3 === 0)) {
		const match = { path: 'start/payout', reference: String(ref) };
		bench.sandbox.faults.add({ kind: 'delay', ms: 50 + Math.random() * 300, match });
	}
	rows[7].amount = '100.02';
	rows[20].amount = 'x';
	const run = await payAll(bench, rows, { node: continueError, options: { parallelRequests: 20 } });
	const refs = (from: number, to: number) => rows.slice(from, to).map(({ ref }) => ref);
	expect(jsonOf(run).map(({ reference }) => reference)).toEqual([
		...refs(0, 7),
		...refs(8, 20),
		...refs(21, 40),
	]);
	expect(jsonOf(run, 1).map(({ ref }) => ref)).toEqual([rows[7].ref, rows[20].ref]);
});

test('Stop: after a failure nothing new is begun, what was begun ends, and the error tells both', async () => {
	bench.sandbox.set({ latencyMs: 15 });
	const rows = rowsOf('stop', 60);
	rows[2].amount = '100.02';
	const run = await payAll(bench, rows, { options: { parallelRequests: 2 } });
	const begun = bench.sandbox.sessions.count;
	expect(begun).toBeGreaterThanOrEqual(3);
	expect(begun).toBeLessThan(60);
	const paid = bench.sandbox.ledger.entries;
	expect(paid).toHaveLength(begun - 1);
	const { message, description } = errorOf(run)!;
	expect(message).toBe('No route for this payout in the agreement');
	expect(description).toContain(`${60 - begun} rows were not started.`);
	expect(description?.match(/outcome succeeded, sessionId ps_/g)).toHaveLength(paid.length);
	expect(description).toContain('Run again with the same References');

	// The user follows the advice with the row put right: the rest is paid, nobody twice.
	rows[2].amount = '103.00';
	const again = await payAll(bench, rows, { executionId: '2', options: { parallelRequests: 20 } });
	const outcomes = jsonOf(again).map(({ outcome }) => outcome);
	expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(begun - 1);
	expectPaidOnce(bench.sandbox, rows);
});

test('cancelling the execution: nothing new is begun, and nothing is confirmed any more', async () => {
	bench.sandbox.set({ processingMs: 300 });
	const rows = rowsOf('cancel', 80);
	const run = startPaying(bench, rows, { options: { parallelRequests: 3 } });
	while (requestsTo(bench.sandbox, 'session/start/payout').length < 5) await pause(5);
	run.cancel();
	await pause(150);
	const requests = bench.sandbox.requests.length;
	const sessions = bench.sandbox.sessions.count;
	expect(sessions).toBeLessThan(80);
	await pause(1500);
	expect(bench.sandbox.sessions.count).toBe(sessions);
	expect(bench.sandbox.requests).toHaveLength(requests);
	await run;
	await bench.sandbox.idle();

	// What was left behind is safe to be sent again: nobody is paid twice.
	bench.sandbox.set({ processingMs: 2 });
	await payAll(bench, rows, { executionId: '2', options: { parallelRequests: 20 } });
	for (const { ref } of rows) {
		const entries = bench.sandbox.ledger.entries.filter(
			({ idempotencyKey }) => idempotencyKey === ref,
		);
		expect(entries.length).toBeLessThanOrEqual(1);
	}
	expect(bench.sandbox.ledger.paidTwice()).toEqual([]);
}, 60_000);

test('several executions with the same list at once pay everybody once', async () => {
	const rows = rowsOf('race', 10);
	const runs = await inParallel(
		[1, 2, 3, 4],
		4,
		async (execution) => await payAll(bench, rows, { executionId: String(execution) }),
	);
	await bench.sandbox.idle();
	expectPaidOnce(bench.sandbox, rows);
	const outcomes = runs.flatMap((run) => jsonOf(run).map(({ outcome }) => outcome));
	expect(outcomes.filter((outcome) => outcome === 'succeeded')).toHaveLength(10);
	expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(30);
});

test('three hundred rows, one in seven with trouble: every kopeck is accounted for', async () => {
	const rows = rowsOf('hundreds', 300);
	const kinds = ['resetBefore', 'resetAfter', 'errorAfter', 'garbage', 'halfBody'] as const;
	rows.forEach(({ ref }, index) => {
		if (index % 7 !== 0) return;
		const path = index % 2 === 0 ? 'start/payout' : 'session/confirm';
		bench.sandbox.faults.add({ kind: kinds[index % 5], match: { path, reference: String(ref) } });
		if (index % 49 === 0) rows[index].amount = '100.02';
	});
	const run = await payAll(bench, rows, {
		node: { ...continueError, retryOnFail: true, maxTries: 3 },
		options: { parallelRequests: 40 },
	});
	await bench.sandbox.idle();
	const good = rows.filter(({ amount }) => amount !== '100.02');
	expect(jsonOf(run).map(({ reference, outcome }) => [reference, outcome])).toEqual(
		good.map(({ ref }) => [ref, 'succeeded']),
	);
	expectPaidOnce(bench.sandbox, good);
	expect(jsonOf(run, 1)).toHaveLength(rows.length - good.length);
}, 120_000);

const pause = async (ms: number) => await new Promise((later) => setTimeout(later, ms));
