/** A run that stops tells what became of every row, in whichever try; and nobody is told to pay again what may be paid. */
import type { INode, INodeParameters, IRun } from 'n8n-workflow';

import { errorOf } from '../support/engine.mts';
import {
	continueError,
	continueRegular,
	expectPaidOnce,
	jsonOf,
	openBench,
	paidFor,
	payAll,
	requestsTo,
	rowsOf,
	runOperation,
	startPaying,
	type Bench,
} from '../support/bank131.mts';

let bench: Bench;

beforeAll(async () => {
	bench = await openBench();
});
afterAll(async () => await bench.sandbox.stop());
beforeEach(() => bench.sandbox.reset());
afterEach(() => bench.sandbox.set({ processingMs: 2, latencyMs: 0 }));

const initiate = { operation: 'initiate' };

const linesOf = (run: IRun) => errorOf(run)?.description?.split('\n') ?? [];

/** The row numbers a stopped run names. */
const named = (run: IRun) =>
	linesOf(run).flatMap((line) => /^Row (\d+): reference /.exec(line)?.[1] ?? []);

test('what the first try began is told though the second one stopped before it came to it', async () => {
	const rows = rowsOf('tries', 60);
	rows[0].amount = '100.02';
	// In the first try the bad row is slow and the others overtake it.
	const match = { path: 'session/create', reference: 'tries-1' };
	bench.sandbox.faults.add({ kind: 'delay', ms: 400, match });
	const node = { retryOnFail: true, maxTries: 2 };
	const run = await payAll(bench, rows, { node, options: { parallelRequests: 2 } });

	const started = requestsTo(bench.sandbox, 'session/start/payout').filter(
		({ errorCode }) => errorCode === undefined,
	);
	expect(started.length).toBeGreaterThan(5);
	for (const { sessionId } of started) {
		expect(errorOf(run)?.description).toContain(`sessionId ${sessionId}`);
	}
	const [, counted] =
		/(\d+) rows? (?:was|were) not started/.exec(errorOf(run)?.description ?? '') ?? [];
	expect(named(run)).toHaveLength(rows.length - Number(counted));
});

test('a stopped run names every row that is at the bank, however many they are', async () => {
	const rows = rowsOf('many', 120);
	rows[119].amount = '100.02';
	const run = await payAll(bench, rows, { options: { parallelRequests: 20 } });
	expect(named(run)).toHaveLength(120);
	expectPaidOnce(bench.sandbox, rows.slice(0, 119));
});

test('a stopped run names the rows that have no session ID too: not accepted, lost, duplicate', async () => {
	const rows = rowsOf('bare', 4);
	await payAll(bench, [rows[3]], { parameters: initiate });
	rows[0].amount = '100.02';
	rows[1].amount = '100.02';
	const match = { path: 'init/payout', reference: 'bare-3' };
	bench.sandbox.faults.add({ kind: 'resetAfter', match });
	const run = await payAll(bench, rows, { parameters: initiate, executionId: '2' });
	expect(linesOf(run)).toEqual(
		expect.arrayContaining([
			'Row 1: reference bare-1, outcome rejected, errorCode routing_internal_error',
			'Row 2: reference bare-2, outcome rejected, errorCode routing_internal_error',
			'Row 3: reference bare-3, outcome unknown',
			'Row 4: reference bare-4, outcome duplicate, errorCode idempotency_key_already_exists',
		]),
	);
});

test('a payout that was not accepted is not to be paid under a new reference: an earlier run may have paid it', async () => {
	const rows = rowsOf('once', 1);
	await payAll(bench, rows, { executionId: '1' });
	for (const path of ['session/create', 'start/payout']) {
		const { id } = bench.sandbox.faults.add({
			kind: 'errorBefore',
			status: 429,
			match: { path, reference: 'once-1' },
			times: Infinity,
		});
		const run = await payAll(bench, rows, { node: continueError, executionId: '2' });
		const [{ error }] = jsonOf(run, 1);
		expect(error).toMatchObject({ outcome: 'rejected', reference: 'once-1' });
		expect(error.advice).toContain('same Reference');
		expect(JSON.stringify(error)).not.toContain('new Reference');
		bench.sandbox.faults.remove(id);
	}
	expectPaidOnce(bench.sandbox, rows);
});

test('cancelling a session in which nothing was started does not ask for a new reference', async () => {
	const created = await runOperation(bench, 'session', 'create', {});
	const { sessionId } = jsonOf(created)[0];
	const run = await runOperation(bench, 'session', 'cancel', { sessionId });
	expect(jsonOf(run)[0]).toMatchObject({ outcome: 'cancelled', sessionId });
	expect(jsonOf(run)[0].advice).toContain('same Reference');
});

const PARALLEL = 4;

describe.each<[string, Partial<INode>]>([
	['Stop Workflow', {}],
	['Continue', continueRegular],
	['Continue (using error output)', continueError],
])('cancelling an execution with On Error = %s', (_, onError) => {
	test.each<[string, INodeParameters, Partial<INode>]>([
		['Send', {}, {}],
		['Send, with Retry On Fail', {}, { retryOnFail: true, maxTries: 5 }],
		['Initiate', initiate, {}],
		['Initiate, with Retry On Fail', initiate, { retryOnFail: true, maxTries: 5 }],
	])(
		'%s: nothing goes out any more, and what went out is told as it is',
		async (_name, operation, retry) => {
			bench.sandbox.set({ latencyMs: 40, processingMs: 100 });
			const rows = rowsOf('cancel', 60);
			const node = { ...onError, ...retry };
			const options = { parallelRequests: PARALLEL };
			const run = startPaying(bench, rows, { node, options, parameters: operation });
			await until(() => bench.sandbox.ledger.entries.length >= 3);
			const before = bench.sandbox.requests.length;
			run.cancel();
			const cancelled = await run;
			await bench.sandbox.idle();
			await pause(300);
			// What was on the wire at that moment can't be called back; nothing follows it.
			expect(bench.sandbox.requests.length - before).toBeLessThanOrEqual(PARALLEL);

			const said = [...jsonOf(cancelled), ...jsonOf(cancelled, 1).map(({ error }) => error)];
			for (const { reference, outcome } of said) {
				const paid = paidFor(bench.sandbox, reference).length;
				if (outcome === 'succeeded') expect([reference, paid]).toEqual([reference, 1]);
				if (outcome === 'rejected') expect([reference, paid]).toEqual([reference, 0]);
			}
			expect(bench.sandbox.ledger.paidTwice()).toEqual([]);

			// The whole list once more: whoever has his money gets nothing, and the rest is paid.
			bench.sandbox.set({ latencyMs: 0, processingMs: 2 });
			const known = rows.filter(({ ref }) => requestsFor(ref).length > 0);
			expect(known.length).toBeLessThan(60);
			const again = await payAll(bench, rows, { executionId: '2', parameters: operation, options });
			await bench.sandbox.idle();
			expect(bench.sandbox.ledger.paidTwice()).toEqual([]);
			const fresh = rows.filter((row) => !known.includes(row));
			expectPaidOnce(bench.sandbox, fresh);
			const outcomes = new Map(jsonOf(again).map(({ reference, outcome }) => [reference, outcome]));
			expect(fresh.map(({ ref }) => outcomes.get(ref))).toEqual(fresh.map(() => 'succeeded'));
		},
	);
});

const requestsFor = (reference: unknown) =>
	bench.sandbox.requests.filter(({ idempotencyKey }) => idempotencyKey === reference);

async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await pause(5);
}

const pause = async (ms: number) => await new Promise((later) => setTimeout(later, ms));
