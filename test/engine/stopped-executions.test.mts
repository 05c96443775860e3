/**
 * Executions that stop at a failed row or are cancelled: the error lists every started row, and no row is paid twice.
 */
import type { INode, INodeParameters, IRun } from 'n8n-workflow';

import { useFixture } from '../support/engineFixture.mts';
import { continueError, continueRegular, jsonOf, runOperation } from '../support/runOperation.mts';
import { payAll, rowsOf, startPaying } from '../support/payouts.mts';
import { expectPaidOnce, paidFor, requestsTo } from '../support/ledger.mts';
import { pause, waitUntil } from '../support/timing.mts';
import { errorOf } from '../support/engine.mts';
import { linesOfHtml } from '../support/html.mts';

const fixture = useFixture();

const initiate = { operation: 'initiate' };

const descriptionLines = (run: IRun) => linesOfHtml(errorOf(run)?.description ?? '');

/** The numbers of the rows in the error of a stopped run. */
const listedRows = (run: IRun) =>
	descriptionLines(run).flatMap((line) => /^Row (\d+): reference /.exec(line)?.[1] ?? []);

test('attempt 2 stops early: the error lists the rows that attempt 1 started', async () => {
	const rows = rowsOf('tries', 60);
	rows[0].amount = '100.02';
	// In attempt 1 the refused row is slow, so the other rows are started before it. A busy machine needs longer.
	const payWithDelay = async (ms: number) => {
		fixture.sandbox.reset();
		const match = { path: 'session/create', reference: 'tries-1' };
		fixture.sandbox.faults.add({ kind: 'delay', ms, match });
		const node = { retryOnFail: true, maxTries: 2 };
		const run = await payAll(fixture, rows, { node, options: { parallelRequests: 2 } });
		const starts = requestsTo(fixture.sandbox, 'session/start/payout');
		return { run, started: starts.filter(({ errorCode }) => errorCode === undefined) };
	};
	let { run, started } = await payWithDelay(400);
	for (let ms = 2000; started.length <= 5 && ms < 30_000; ms *= 4) {
		({ run, started } = await payWithDelay(ms));
	}
	expect(started.length).toBeGreaterThan(5);
	for (const { sessionId } of started) {
		expect(errorOf(run)?.description).toContain(`sessionId ${sessionId}`);
	}
	// On a slow machine all rows may be started.
	const [, notStarted = '0'] =
		/(\d+) rows? (?:was|were) not started/.exec(errorOf(run)?.description ?? '') ?? [];
	expect(listedRows(run)).toHaveLength(rows.length - Number(notStarted));
});

test('120 rows, the last one refused: the error lists all 120', async () => {
	const rows = rowsOf('many', 120);
	rows[119].amount = '100.02';
	const run = await payAll(fixture, rows, { options: { parallelRequests: 20 } });
	expect(listedRows(run)).toHaveLength(120);
	expectPaidOnce(fixture.sandbox, rows.slice(0, 119));
});

test('rows without a session ID (refused, unknown, duplicate): the error lists them too', async () => {
	const rows = rowsOf('init', 4);
	await payAll(fixture, [rows[3]], { parameters: initiate });
	rows[0].amount = '100.02';
	rows[1].amount = '100.02';
	const match = { path: 'init/payout', reference: 'init-3' };
	fixture.sandbox.faults.add({ kind: 'resetAfter', match });
	const run = await payAll(fixture, rows, { parameters: initiate, executionId: '2' });
	expect(descriptionLines(run)).toEqual(
		expect.arrayContaining([
			'Row 1: reference init-1, outcome rejected, errorCode routing_internal_error',
			'Row 2: reference init-2, outcome rejected, errorCode routing_internal_error',
			'Row 3: reference init-3, outcome unknown',
			'Row 4: reference init-4, outcome duplicate, errorCode idempotency_key_already_exists',
		]),
	);
});

test('permanent HTTP 429 for a Reference paid before: the advice keeps the same Reference, paid once', async () => {
	const rows = rowsOf('once', 1);
	await payAll(fixture, rows, { executionId: '1' });
	for (const path of ['session/create', 'start/payout']) {
		const { id } = fixture.sandbox.faults.add({
			kind: 'errorBefore',
			status: 429,
			match: { path, reference: 'once-1' },
			times: Infinity,
		});
		const run = await payAll(fixture, rows, { node: continueError, executionId: '2' });
		const [{ error }] = jsonOf(run, 1);
		expect(error).toMatchObject({ outcome: 'rejected', reference: 'once-1' });
		expect(error.advice).toContain('same Reference');
		expect(JSON.stringify(error)).not.toContain('new Reference');
		fixture.sandbox.faults.remove(id);
	}
	expectPaidOnce(fixture.sandbox, rows);
});

test('Session: Cancel of a session without a payout: the advice keeps the same Reference', async () => {
	const created = await runOperation(fixture, 'session', 'create', {});
	const { sessionId } = jsonOf(created)[0];
	const run = await runOperation(fixture, 'session', 'cancel', { sessionId });
	expect(jsonOf(run)[0]).toMatchObject({ outcome: 'cancelled', sessionId });
	expect(jsonOf(run)[0].advice).toContain('same Reference');
});

const PARALLEL = 4;

describe.each<[string, Partial<INode>]>([
	['Stop Workflow', {}],
	['Continue', continueRegular],
	['Continue (using error output)', continueError],
])('cancelled execution, On Error = %s', (_, onError) => {
	test.each<[string, INodeParameters, Partial<INode>]>([
		['Send', {}, {}],
		['Send, with Retry On Fail', {}, { retryOnFail: true, maxTries: 5 }],
		['Initiate', initiate, {}],
		['Initiate, with Retry On Fail', initiate, { retryOnFail: true, maxTries: 5 }],
	])(
		'%s: no further request, true outcomes; a second run pays the rest once',
		async (_name, operation, retry) => {
			fixture.sandbox.set({ latencyMs: 40, processingMs: 100 });
			const rows = rowsOf('cancel', 60);
			const node = { ...onError, ...retry };
			const options = { parallelRequests: PARALLEL };
			const run = startPaying(fixture, rows, { node, options, parameters: operation });
			await waitUntil(() => fixture.sandbox.ledger.entries.length >= 3);
			const before = fixture.sandbox.requests.length;
			run.cancel();
			const cancelled = await run;
			await fixture.sandbox.idle();
			await pause(300);
			// Requests that were in flight cannot be cancelled. No other request follows.
			expect(fixture.sandbox.requests.length - before).toBeLessThanOrEqual(PARALLEL);

			const reported = [...jsonOf(cancelled), ...jsonOf(cancelled, 1).map(({ error }) => error)];
			for (const { reference, outcome } of reported) {
				const paid = paidFor(fixture.sandbox, reference).length;
				if (outcome === 'succeeded') expect([reference, paid]).toEqual([reference, 1]);
				if (outcome === 'rejected') expect([reference, paid]).toEqual([reference, 0]);
			}
			expect(fixture.sandbox.ledger.paidTwice()).toEqual([]);

			// The whole list again: paid rows are not paid again, the rest is paid.
			fixture.sandbox.set({ latencyMs: 0, processingMs: 2 });
			const sent = rows.filter(({ ref }) => requestsFor(ref).length > 0);
			expect(sent.length).toBeLessThan(60);
			const secondRun = await payAll(fixture, rows, {
				executionId: '2',
				parameters: operation,
				options,
			});
			await fixture.sandbox.idle();
			expect(fixture.sandbox.ledger.paidTwice()).toEqual([]);
			const fresh = rows.filter((row) => !sent.includes(row));
			expectPaidOnce(fixture.sandbox, fresh);
			const outcomes = new Map(
				jsonOf(secondRun).map(({ reference, outcome }) => [reference, outcome]),
			);
			expect(fresh.map(({ ref }) => outcomes.get(ref))).toEqual(fresh.map(() => 'succeeded'));
		},
	);
});

const requestsFor = (reference: unknown) =>
	fixture.sandbox.requests.filter(({ idempotencyKey }) => idempotencyKey === reference);
