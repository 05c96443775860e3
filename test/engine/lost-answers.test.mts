/** Whatever happens to an answer, at whatever step: the outcome is the truth, and the money moves once or not at all. */
import type { INodeParameters, IRun } from 'n8n-workflow';

import { generateKeyPair, type Fault } from '../../sandbox/sandbox.mts';
import { errorOf, outputsFirstAttempt, hintsOf } from '../support/engine.mts';
import {
	continueError,
	continueRegular,
	expectMoneyMovedEqualsSucceeded,
	expectNotPaid,
	expectPaidOnce,
	inParallel,
	jsonOf,
	openBench,
	paidFor,
	payAll,
	requestsTo,
	rowsOf,
	type Bench,
	type Loose,
	type Row,
} from '../support/bank131.mts';

let bench: Bench;

beforeAll(async () => {
	bench = await openBench({ logSize: 100_000 });
});
afterAll(async () => await bench.sandbox.stop());

/** Tells at the door whether the bank acted before the answer was lost. */
type Lost = 'before' | 'after';

const faults: Record<string, [Omit<Fault, 'match'>, Lost]> = {
	'reset before': [{ kind: 'resetBefore' }, 'before'],
	'reset after': [{ kind: 'resetAfter' }, 'after'],
	'502 page before': [{ kind: 'errorBefore' }, 'before'],
	'502 page after': [{ kind: 'errorAfter' }, 'after'],
	'503 with JSON before': [
		{
			kind: 'errorBefore',
			status: 503,
			body: '{"status":"error","error":{"code":"internal_error"}}',
		},
		'before',
	],
	'500 with JSON after': [
		{
			kind: 'errorAfter',
			status: 500,
			body: '{"status":"error","error":{"code":"internal_error"}}',
		},
		'after',
	],
	'403 page of a firewall before': [{ kind: 'errorBefore', status: 403 }, 'before'],
	'200 with a login page before': [{ kind: 'errorBefore', status: 200 }, 'before'],
	'200 with a login page after': [{ kind: 'errorAfter', status: 200 }, 'after'],
	'200 with foreign JSON after': [
		{ kind: 'errorAfter', status: 200, body: '{"message":"hello"}' },
		'after',
	],
	'ok without a session after': [
		{ kind: 'errorAfter', status: 200, body: '{"status":"ok"}' },
		'after',
	],
	'redirect before': [
		{ kind: 'errorBefore', status: 302, headers: { location: '/login' } },
		'before',
	],
	garbage: [{ kind: 'garbage' }, 'after'],
	'half a body': [{ kind: 'halfBody' }, 'after'],
	'timeout before': [{ kind: 'timeoutBefore' }, 'before'],
	'timeout after': [{ kind: 'timeoutAfter' }, 'after'],
};

const steps = {
	create: 'session/create',
	start: 'start/payout',
	status: 'session/status',
	confirm: 'session/confirm',
};

type Step = keyof typeof steps;

interface Expected {
	outcome: string;
	moves: 0 | 1;
	/** What a second execution with the same reference says, and how often money moved after it. */
	again: string;
	movesAfterAll: 0 | 1;
}

/** A single lost answer never changes the result; only what stays broken does. */
function expectedEnd(step: Step, lost: Lost, forEver: boolean): Expected {
	const paid = { outcome: 'succeeded', moves: 1, again: 'duplicate', movesAfterAll: 1 } as const;
	if (!forEver) return paid;
	switch (step) {
		case 'create':
			return { outcome: 'rejected', moves: 0, again: 'succeeded', movesAfterAll: 1 };
		case 'start':
			return lost === 'after'
				? paid
				: { outcome: 'unknown', moves: 0, again: 'succeeded', movesAfterAll: 1 };
		case 'status':
			return { outcome: 'unknown', moves: 0, again: 'duplicate', movesAfterAll: 0 };
		case 'confirm':
			return lost === 'after'
				? paid
				: { outcome: 'unknown', moves: 0, again: 'duplicate', movesAfterAll: 0 };
	}
}

describe('every fault at every step', () => {
	interface Case {
		name: string;
		row: Row;
		fault: Fault;
		expected: Expected;
		first: IRun;
		moved: number;
		second: IRun;
	}

	const cases: Case[] = [];
	for (const [what, [fault, lost]] of Object.entries(faults)) {
		for (const step of Object.keys(steps) as Step[]) {
			for (const forEver of [false, true]) {
				const [row] = rowsOf(`lost${cases.length}`, 1);
				cases.push({
					name: `${what}, ${forEver ? 'for ever' : 'once'}, at ${step}`,
					row,
					fault: {
						...fault,
						match: { path: steps[step], reference: String(row.ref) },
						times: forEver ? Infinity : 1,
					},
					expected: expectedEnd(step, lost, forEver),
				} as Case);
			}
		}
	}

	beforeAll(async () => {
		await inParallel(cases, 32, async (one) => {
			const { id } = bench.sandbox.faults.add(one.fault);
			// Short only where the test waits for the end of it: a slow machine must not run into it too.
			const requestTimeout = one.fault.kind.startsWith('timeout') ? 3 : 30;
			const timeLimit = one.expected.outcome === 'unknown' ? 4 : 60;
			const pay = (execution: string, options: INodeParameters) =>
				payAll(bench, [one.row], { node: continueError, options, executionId: execution });
			one.first = await pay(`1-${one.row.ref}`, { requestTimeout, timeLimit });
			one.moved = paidFor(bench.sandbox, one.row.ref).length;
			bench.sandbox.faults.remove(id);
			one.second = await pay(`2-${one.row.ref}`, { requestTimeout: 30, timeLimit: 60 });
		});
	}, 240_000);

	const only = (run: IRun): Loose => jsonOf(run)[0] ?? jsonOf(run, 1)[0]?.error;

	test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
		const { expected, row } = one;
		expect({ outcome: only(one.first).outcome, moves: one.moved }).toEqual({
			outcome: expected.outcome,
			moves: expected.moves,
		});
		// Success and failure leave on their own branches, and both can be found again.
		expect(jsonOf(one.first, expected.outcome === 'succeeded' ? 0 : 1)).toHaveLength(1);
		expect(only(one.first)).toMatchObject({
			reference: row.ref,
			...(expected.outcome !== 'rejected' && { sessionId: expect.stringMatching(/^ps_/) }),
		});
		expect({
			again: only(one.second).outcome,
			moves: paidFor(bench.sandbox, row.ref).length,
		}).toEqual({ again: expected.again, moves: expected.movesAfterAll });
	});

	test('no key was paid twice', () => {
		expect(bench.sandbox.ledger.paidTwice()).toEqual([]);
	});
});

describe('the bank says no, or later', () => {
	beforeEach(() => bench.sandbox.reset());
	afterEach(() => bench.sandbox.set({ errorHttpStatus: 400, idempotencyErrorHasStatus: false }));

	test('a reference that another execution has paid is a duplicate, whoever asks', async () => {
		const rows = rowsOf('dup', 2);
		const first = await payAll(bench, rows, { executionId: '1' });
		expectPaidOnce(bench.sandbox, rows);
		for (const [executionId, node] of [
			['2', {}],
			['3', { ...continueError, retryOnFail: true }],
		] as const) {
			const again = await payAll(bench, rows, { executionId, node });
			expect(jsonOf(again)).toEqual(
				rows.map(({ ref }) =>
					expect.objectContaining({
						reference: ref,
						outcome: 'duplicate',
						errorCode: 'idempotency_key_already_exists',
						advice: expect.stringContaining('was started before'),
					}),
				),
			);
			expect(hintsOf(again)[0].message).toContain('2 duplicate. Money moved: none');
		}
		expectPaidOnce(bench.sandbox, rows);
		expectMoneyMovedEqualsSucceeded(bench.sandbox, first);
	});

	test('a duplicate stays a duplicate when n8n tries again because of another row', async () => {
		const [paid, bad] = rowsOf('again', 2);
		await payAll(bench, [paid], { executionId: '1' });
		bad.amount = '100.02';
		for (const onError of ['continueRegularOutput', 'stopWorkflow'] as const) {
			const node = { onError, retryOnFail: true, maxTries: 3 };
			const run = await payAll(bench, [bad, paid], { executionId: '2', node });
			if (onError === 'stopWorkflow') {
				expect(errorOf(run)?.description).toContain('routing_internal_error');
			} else {
				expect(jsonOf(run)[1]).toMatchObject({ outcome: 'duplicate', reference: paid.ref });
			}
			expectPaidOnce(bench.sandbox, [paid]);
		}
	});

	test('a whole list paid again by another execution moves nothing', async () => {
		const rows = rowsOf('list', 20);
		await payAll(bench, rows, { executionId: '1' });
		const moved = bench.sandbox.moneyMoved();
		const again = await payAll(bench, rows, { executionId: '2' });
		expect(jsonOf(again).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'duplicate'));
		expect(bench.sandbox.moneyMoved()).toBe(moved);
	});

	test('the same reference twice in one run is refused before anything is sent', async () => {
		const rows = rowsOf('twice', 4);
		rows[3].ref = ` ${rows[1].ref} `;
		const stopped = await payAll(bench, rows);
		expect(bench.sandbox.requests).toEqual([]);
		expect(errorOf(stopped)?.message).toContain('2 of 4 rows are not valid, so nothing was sent');
		expect(errorOf(stopped)?.description).toContain(
			'Row 2: Reference: "twice-2" also stands in row 4',
		);
		expect(errorOf(stopped)?.description).toContain(
			'Row 4: Reference: "twice-2" also stands in row 2',
		);

		const run = await payAll(bench, rows, { node: continueError });
		expect(jsonOf(run).map(({ reference }) => reference)).toEqual(['twice-1', 'twice-3']);
		expect(jsonOf(run, 1).map(({ error }) => error.reference)).toEqual(['twice-2', 'twice-2']);
		expectPaidOnce(bench.sandbox, [rows[0], rows[2]]);
		expectNotPaid(bench.sandbox, ['twice-2']);
	});

	test('a row with the reference of a bad row is not sent either', async () => {
		const rows = rowsOf('shadow', 2);
		rows[0] = { ...rows[0], ref: rows[1].ref, amount: 'free' };
		const run = await payAll(bench, rows, { node: continueRegular });
		expect(jsonOf(run).map(({ error }) => error.outcome)).toEqual(['rejected', 'rejected']);
		expect(bench.sandbox.requests).toEqual([]);
	});

	test.each(['session/create', 'start/payout', 'session/status', 'session/confirm'])(
		'429 with Retry-After at %s: waits as long as the bank says, pays once',
		async (path) => {
			const rows = rowsOf('busy', 1);
			const busy = { kind: 'errorBefore', status: 429, headers: { 'retry-after': '1' } } as const;
			bench.sandbox.faults.add({ ...busy, match: { path } });
			const run = await payAll(bench, rows);
			expect(jsonOf(run)[0].outcome).toBe('succeeded');
			expectPaidOnce(bench.sandbox, rows);
			const asked = bench.sandbox.requests.filter((request) => request.path.endsWith(path));
			const struck = asked.findIndex(({ fault }) => fault === 'errorBefore');
			const gap = Date.parse(asked[struck + 1].at) - Date.parse(asked[struck].at);
			expect(gap).toBeGreaterThanOrEqual(990);
		},
	);

	test.each([
		['create', 'session/create', 'rejected', 'No money'],
		['start', 'start/payout', 'rejected', 'The payout was not started'],
		['confirm', 'session/confirm', 'awaitingConfirmation', 'HTTP 429'],
	])('429 without end at %s: nothing is paid, and it is said so', async (_step, path, outcome) => {
		const rows = rowsOf('always-busy', 1);
		bench.sandbox.faults.add({
			kind: 'errorBefore',
			status: 429,
			match: { path },
			times: Infinity,
		});
		const run = await payAll(bench, rows, { node: continueError });
		expect(jsonOf(run)).toEqual([]);
		expect(jsonOf(run, 1)[0].error).toMatchObject({ outcome, reference: 'always-busy-1' });
		expectNotPaid(bench.sandbox, ['always-busy-1']);
	});

	test.each([200, 400, 401, 403, 422])(
		'refusals under HTTP %i are read by their code',
		async (errorHttpStatus) => {
			bench.sandbox.set({ errorHttpStatus });
			const [refused, good] = rowsOf(`http${errorHttpStatus}`, 2);
			refused.amount = '100.02';
			const run = await payAll(bench, [refused, good], { node: continueError });
			expect(jsonOf(run, 1)[0].error).toMatchObject({
				outcome: 'rejected',
				errorCode: 'routing_internal_error',
				errorDescription: 'No route for this payout in the agreement',
			});
			expect(requestsTo(bench.sandbox, 'session/start/payout')).toHaveLength(2);
			const again = await payAll(bench, [good], { executionId: '2' });
			expect(jsonOf(again)[0].outcome).toBe('duplicate');
			expectPaidOnce(bench.sandbox, [good]);
		},
	);

	test('a wrong key costs one request with 401, not two, and pays nobody', async () => {
		bench.sandbox.set({ errorHttpStatus: 401 });
		const credential = { privateKey: generateKeyPair().privateKey };
		const run = await payAll(bench, rowsOf('key', 1), { credential });
		expect(bench.sandbox.requests).toHaveLength(1);
		expect(bench.sandbox.requests[0]).toMatchObject({ status: 401, signatureOk: false });
		expect(errorOf(run)?.message).toContain('X-PARTNER-SIGN');
		expect(errorOf(run)?.description).toContain('Private Key');
	});

	test('an address that nobody answers under: rejected, since nothing can have moved', async () => {
		const credential = { customUrl: 'http://127.0.0.1:9' };
		const run = await payAll(bench, rowsOf('nobody', 2), { credential, node: continueError });
		expect(jsonOf(run, 1).map(({ error }) => error)).toEqual([
			expect.objectContaining({ outcome: 'rejected', reference: 'nobody-1' }),
			expect.objectContaining({ outcome: 'rejected', reference: 'nobody-2' }),
		]);
		expect(jsonOf(run, 1)[0].error.message).toContain('ECONNREFUSED');
	});

	test('a start that the bank books only after the time-out is not paid twice', async () => {
		const rows = rowsOf('slow', 3);
		const match = { path: 'start/payout', nth: 1 };
		bench.sandbox.faults.add({ kind: 'delay', ms: 1500, match: { ...match, reference: 'slow-1' } });
		bench.sandbox.faults.add({ kind: 'delay', ms: 2500, match: { ...match, reference: 'slow-2' } });
		const run = await payAll(bench, rows, { options: { requestTimeout: 1 } });
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
		await new Promise((later) => setTimeout(later, 1500));
		await bench.sandbox.idle();
		expectPaidOnce(bench.sandbox, rows);
	});

	test('a bank that scopes keys to every POST is used all the same', async () => {
		bench.sandbox.set({ idempotencyScope: 'everyPost' });
		const rows = rowsOf('scope', 2);
		const run = await payAll(bench, rows);
		bench.sandbox.set({ idempotencyScope: 'start' });
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
		expectPaidOnce(bench.sandbox, rows);
	});
});

describe('n8n tries again', () => {
	beforeEach(() => bench.sandbox.reset());

	test('a payout left unknown by the first try is finished by the second', async () => {
		const rows = rowsOf('resume', 3);
		const reference = 'resume-1';
		bench.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'start/payout', reference } });
		// Four looks fail: the first try knows nothing.
		const match = { path: 'session/status', reference };
		bench.sandbox.faults.add({ kind: 'resetBefore', match, times: 4 });
		const node = { retryOnFail: true, maxTries: 2 };
		const run = await payAll(bench, rows, { node });
		expect(errorOf(run)).toBeUndefined();
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
		expectPaidOnce(bench.sandbox, rows);
		expect(requestsTo(bench.sandbox, 'session/create')).toHaveLength(3);
		expect(requestsTo(bench.sandbox, 'session/start/payout')).toHaveLength(3);
	});

	test('a reference that changes with every try is noticed, not paid again', async () => {
		const rows = rowsOf('random', 3);
		rows[0].amount = '100.02';
		const parameters = { reference: '={{ $json.ref }}/{{ Math.floor(Math.random() * 1e6) }}' };
		for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
			bench.sandbox.reset();
			const node = { onError, retryOnFail: true, maxTries: 3 };
			const run = await payAll(bench, rows, { node, parameters });
			expect(bench.sandbox.ledger.entries.map(({ amount }) => amount).sort()).toEqual([
				10200, 10300,
			]);
			if (onError === 'continueErrorOutput' && outputsFirstAttempt) {
				// The items of the first try, which are the truth: two paid, one refused.
				expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
				expect(jsonOf(run, 1).map(({ error }) => error.outcome)).toEqual(['rejected']);
				continue;
			}
			const said = onError === 'stopWorkflow' ? errorOf(run)?.description : jsonOf(run, 1)[1].error;
			expect(JSON.stringify(said)).toContain('unknown');
			if (onError === 'continueErrorOutput') {
				expect(said.message).toMatch(/^This row was begun as "random-2\/\d+" and is now called/);
				expect(said.sessionId).toMatch(/^ps_/);
				expect(jsonOf(run)).toEqual([]);
			}
		}
	});

	test('in a loop the second round is not taken for the first', async () => {
		const { startNodeRun, outputOf } = await import('../support/engine.mts');
		const { credentialFor, itemsOf, sendToCard } = await import('../support/bank131.mts');
		const rounds = [rowsOf('round1', 2), rowsOf('round2', 2)];
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const run = await startNodeRun({
			loader: bench.loader,
			nodeName: 'bank131',
			credentials: credentialFor(bench.sandbox),
			parameters: sendToCard,
			// The third round repeats the first: its references are used up.
			batches: [...rounds, rounds[0]].map((rows) => itemsOf(rows)),
			node,
		});
		const outcomes = [0, 1, 2].map((round) =>
			outputOf(run, 0, round).map(({ json }) => [json.reference, json.outcome]),
		);
		expect(outcomes).toEqual([
			[
				['round1-1', 'succeeded'],
				['round1-2', 'succeeded'],
			],
			[
				['round2-1', 'succeeded'],
				['round2-2', 'succeeded'],
			],
			[
				['round1-1', 'duplicate'],
				['round1-2', 'duplicate'],
			],
		]);
		expectPaidOnce(bench.sandbox, rounds.flat());
	});

	test('nothing secret and nothing but ids and steps is kept between tries', async () => {
		const rows = rowsOf('kept', 2);
		rows[0].amount = '100.02';
		const node = { ...continueRegular, retryOnFail: true, maxTries: 2 };
		const run = await payAll(bench, rows, { node });
		const kept = JSON.stringify(run.data.executionData?.contextData);
		expect(kept).toContain('kept-2');
		expect(kept).not.toContain('4242');
		expect(kept).not.toContain('Иванов');
		const off = await payAll(bench, rowsOf('off', 1));
		expect(JSON.stringify(off.data.executionData?.contextData)).not.toContain('off-1');
	});
});
