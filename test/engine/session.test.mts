/** Every operation on a session, and the payouts that are started in one step or in three. */
import type { INodeParameters } from 'n8n-workflow';

import { errorOf, outputsFirstAttempt, hintsOf } from '../support/engine.mts';
import {
	continueError,
	continueRegular,
	expectNotPaid,
	expectPaidOnce,
	jsonOf,
	openBench,
	paidFor,
	payAll,
	requestsTo,
	rowsOf,
	runOperation,
	type Bench,
	type Loose,
	type PayOptions,
} from '../support/bank131.mts';

let bench: Bench;

beforeAll(async () => {
	bench = await openBench();
});
afterAll(async () => await bench.sandbox.stop());
beforeEach(() => bench.sandbox.reset());
afterEach(() => bench.sandbox.set({ autoConfirm: false, processingMs: 2 }));

const { stringMatching, objectContaining, stringContaining } = expect;

async function session(
	operation: string,
	parameters: INodeParameters = {},
	more: PayOptions & { rows?: readonly object[] } = {},
): Promise<{ ok: Loose[]; failed: Loose[]; error: Loose; hints: Loose[] }> {
	const node = { ...continueError, ...more.node };
	const run = await runOperation(bench, 'session', operation, parameters, { ...more, node });
	const failed = jsonOf(run, 1).map(({ error }) => error);
	return { ok: jsonOf(run), failed, error: errorOf(run), hints: hintsOf(run) };
}

/** A payout that waits for its confirmation. */
async function waiting(ref = 'wait-1', amount = '101.00'): Promise<string> {
	const [row] = rowsOf('wait', 1);
	const parameters = { confirmation: 'manual', waitFor: 'ready' };
	const run = await payAll(bench, [{ ...row, ref, amount }], { parameters });
	expect(jsonOf(run)[0]).toMatchObject({ outcome: 'awaitingConfirmation', reference: ref });
	return jsonOf(run)[0].sessionId;
}

async function paid(ref = 'paid-1', more: object = {}): Promise<string> {
	const run = await payAll(bench, [{ ...rowsOf('x', 1)[0], ref, ...more }]);
	return jsonOf(run)[0].sessionId;
}

async function empty(): Promise<string> {
	return (await session('create')).ok[0].sessionId;
}

describe('create and get', () => {
	test('an empty session', async () => {
		const { ok } = await session('create', { sessionMetadata: '{"batch": 7}' });
		expect(ok).toEqual([
			{
				outcome: 'created',
				sessionId: stringMatching(/^ps_/),
				sessionStatus: 'created',
				createdAt: expect.any(String),
				updatedAt: expect.any(String),
			},
		]);
		expect(requestsTo(bench.sandbox, 'session/create')[0].body).toEqual({ metadata: { batch: 7 } });
		expect((await session('get', { sessionId: ok[0].sessionId })).ok[0].outcome).toBe('created');
	});

	test('not without its amount, because that is an expression that gives nothing', async () => {
		const { ok, failed } = await session(
			'create',
			{ additionalFields: { sessionAmount: '={{ $json.amount }}' } },
			{ rows: [{ amount: 100 }, { amuont: 100 }], node: continueError },
		);
		expect(ok).toMatchObject([{ outcome: 'created' }]);
		expect(failed).toMatchObject([
			{ problems: [{ field: 'Amount', message: 'The amount is empty' }] },
		]);
		expect(requestsTo(bench.sandbox, 'session/create')).toHaveLength(1);
	});

	test('a payout that waits, was paid, was declined, was returned', async () => {
		const ids = [await waiting(), await paid(), await paid('no-1', { amount: '100.04' })];
		const { ok } = await session(
			'get',
			{ sessionId: '={{ $json.id }}' },
			{ rows: ids.map((id) => ({ id })) },
		);
		expect(ok.map(({ outcome, sessionId }) => [outcome, sessionId])).toEqual([
			['awaitingConfirmation', ids[0]],
			['succeeded', ids[1]],
			['failed', ids[2]],
		]);
		expect(ok[0].reference).toBe('wait-1');
		expect(ok[2]).toMatchObject({
			errorCode: 'declined_by_issuer_bank',
			advice: stringContaining('new Reference'),
		});
	});

	test('money that came back', async () => {
		const parameters = {
			payoutMethod: 'bankAccount',
			account: '40817810400003869535',
			bik: '044525974',
			purpose: 'x',
		};
		const run = await payAll(bench, rowsOf('back', 1), { parameters });
		const { sessionId } = jsonOf(run)[0];
		bench.sandbox.act(sessionId, 'return');
		const { ok } = await session('get', { sessionId });
		expect(ok[0]).toMatchObject({
			outcome: 'returned',
			refunds: [objectContaining({ status: 'accepted' })],
		});
		expect(bench.sandbox.moneyMoved()).toBe(0);
	});

	test('a whole object where one of its fields is meant is not sent as text', async () => {
		const rows = [{ payout: { sessionId: await empty() } }];
		const before = bench.sandbox.requests.length;
		const { failed } = await session('get', { sessionId: '={{ $json.payout }}' }, { rows });
		expect(failed[0].problems).toMatchObject([
			{ field: 'Session ID', message: 'It is not text' },
		]);
		expect(bench.sandbox.requests).toHaveLength(before);
	});

	test('a session that does not exist, an empty ID, a bank that is away', async () => {
		const { failed } = await session('get', { sessionId: 'ps_1' });
		expect(failed[0]).toMatchObject({ sessionId: 'ps_1', errorCode: 'invalid_request' });
		expect((await session('get', { sessionId: ' ' })).failed[0].problems[0].field).toBe(
			'Session ID',
		);
		const id = await paid();
		bench.sandbox.faults.add({ kind: 'errorBefore', match: { path: 'status' }, times: Infinity });
		const away = await session('get', { sessionId: id });
		expect(away.failed[0]).toMatchObject({ sessionId: id, message: stringContaining('HTTP 502') });
		// It was paid: nobody may read the opposite here.
		expect(JSON.stringify(away.failed)).not.toContain('No money has moved');
	});
});

describe('confirm', () => {
	const confirm = (sessionId: string, more: INodeParameters = {}, pay: PayOptions = {}) =>
		session('confirm', { sessionId, ...more }, pay);

	test('lets the money go', async () => {
		const sessionId = await waiting();
		expectNotPaid(bench.sandbox, ['wait-1']);
		const { ok, hints } = await confirm(sessionId);
		expect(ok[0]).toMatchObject({ outcome: 'processing', sessionId, reference: 'wait-1' });
		expect(hints[0].message).toContain('1 row: 1 being processed');
		await bench.sandbox.idle();
		expect(paidFor(bench.sandbox, 'wait-1')).toHaveLength(1);
	});

	test.each<[string, string, object]>([
		['equal', '101.00', {}],
		['in kopecks', '10100', { amountUnit: 'minor' }],
	])('with the expected amount, %s', async (_name, expectedAmount, options) => {
		const { ok } = await confirm(await waiting(), { expectedAmount }, { options: { ...options } });
		expect(ok[0].outcome).toBe('processing');
	});

	test.each(['101.01', '10100', '1.01'])('not when %s was expected', async (expectedAmount) => {
		const sessionId = await waiting();
		const { ok, failed } = await confirm(sessionId, { expectedAmount });
		expect(ok).toEqual([]);
		expect(failed[0]).toMatchObject({
			outcome: 'rejected',
			sessionId,
			message: stringContaining('Not confirmed: the bank shows 101.00 RUB'),
		});
		expect(requestsTo(bench.sandbox, 'session/confirm')).toEqual([]);
		expectNotPaid(bench.sandbox, ['wait-1']);
	});

	test('not when the expected amount cannot be read, or its unit', async () => {
		const sessionId = await waiting();
		const before = bench.sandbox.requests.length;
		const unclear = await confirm(sessionId, { expectedAmount: '1,010' });
		expect(unclear.failed[0]).toMatchObject({ outcome: 'rejected', sessionId });
		const options = { amountUnit: "={{ 'kopecks' }}" };
		const strange = await confirm(sessionId, { expectedAmount: '10100' }, { options });
		expect(strange.failed[0].outcome).toBe('rejected');
		expect(bench.sandbox.requests).toHaveLength(before);
	});

	test('not when the expected amount is an expression that gives nothing', async () => {
		const sessionId = await waiting();
		const before = bench.sandbox.requests.length;
		const { ok, failed } = await confirm(sessionId, { expectedAmount: '={{ $json.amuont }}' });
		expect(ok).toEqual([]);
		expect(failed[0]).toMatchObject({
			outcome: 'rejected',
			problems: [{ field: 'Expected Amount', message: 'The expression gives nothing' }],
		});
		expect(bench.sandbox.requests).toHaveLength(before);
	});

	test('twice: paid once, the second says so', async () => {
		const sessionId = await waiting();
		await confirm(sessionId);
		await bench.sandbox.idle();
		expect((await confirm(sessionId)).ok[0].outcome).toBe('succeeded');
		expect(paidFor(bench.sandbox, 'wait-1')).toHaveLength(1);
		expect(requestsTo(bench.sandbox, 'session/confirm')).toHaveLength(1);
	});

	test('twice in one run: refused before anything is sent', async () => {
		const sessionId = await waiting();
		const before = bench.sandbox.requests.length;
		const rows = [{ id: sessionId }, { id: sessionId }];
		const { failed } = await session('confirm', { sessionId: '={{ $json.id }}' }, { rows });
		expect(failed).toHaveLength(2);
		expect(bench.sandbox.requests).toHaveLength(before);
	});

	test.each<[string, () => Promise<string>, string]>([
		['not started', empty, 'the session is created'],
		['declined', async () => await paid('no-1', { amount: '100.04' }), 'the session is cancelled'],
		[
			'not ready',
			async () => {
				bench.sandbox.set({ processingMs: 60_000 });
				const run = await payAll(bench, rowsOf('busy', 1), {
					parameters: { confirmation: 'manual', waitFor: 'started' },
				});
				return jsonOf(run)[0].sessionId;
			},
			'does not wait for a confirmation',
		],
	])('not when %s', async (_name, make, says) => {
		const { failed } = await confirm(await make());
		expect(failed[0]).toMatchObject({ outcome: 'rejected', message: stringContaining(says) });
	});

	test.each(['resetBefore', 'resetAfter', 'errorAfter', 'halfBody', 'garbage'] as const)(
		'%s: paid once, tried again by the node itself',
		async (kind) => {
			const sessionId = await waiting();
			bench.sandbox.faults.add({ kind, match: { path: 'session/confirm' } });
			const { ok } = await confirm(sessionId);
			expect(['processing', 'succeeded']).toContain(ok[0].outcome);
			await bench.sandbox.idle();
			expect(paidFor(bench.sandbox, 'wait-1')).toHaveLength(1);
		},
	);

	test('lost, and the bank away: unknown; the next try of n8n finds out', async () => {
		const sessionId = await waiting();
		bench.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'session/confirm' } });
		const times = 4;
		bench.sandbox.faults.add({ kind: 'resetBefore', match: { path: 'status', nth: 2 }, times });
		const node = { retryOnFail: true, maxTries: 2 };
		const { ok, failed } = await confirm(sessionId, { expectedAmount: '101' }, { node });
		if (outputsFirstAttempt) expect(failed[0].outcome).toBe('unknown');
		else expect(ok[0].outcome).toMatch(/processing|succeeded/);
		expect(requestsTo(bench.sandbox, 'session/confirm')).toHaveLength(1);
		await bench.sandbox.idle();
		expect(paidFor(bench.sandbox, 'wait-1')).toHaveLength(1);
	});
});

describe('cancel', () => {
	test('a waiting payout is never paid', async () => {
		const sessionId = await waiting();
		const { ok } = await session('cancel', { sessionId });
		expect(ok[0].outcome).toMatch(/processing|cancelled/);
		await bench.sandbox.idle();
		const { ok: after } = await session('get', { sessionId });
		expect(after[0]).toMatchObject({
			outcome: 'cancelled',
			errorCode: 'session_cancelled_by_partner',
		});
		const late = await session('confirm', { sessionId });
		expect(late.failed[0].outcome).toBe('rejected');
		expectNotPaid(bench.sandbox, ['wait-1']);
	});

	test('an empty session', async () => {
		const { ok } = await session('cancel', { sessionId: await empty() });
		expect(ok[0]).toMatchObject({ outcome: 'cancelled' });
	});

	test('a finished one cannot be cancelled, and that is a failure', async () => {
		const sessionId = await paid();
		const { ok, failed } = await session('cancel', { sessionId });
		expect(ok).toEqual([]);
		expect(failed[0]).toMatchObject({
			sessionId,
			errorCode: 'session_wrong_state',
			outcome: 'succeeded',
		});
	});

	test.each(['resetBefore', 'resetAfter', 'errorAfter'] as const)('%s', async (kind) => {
		const sessionId = await waiting();
		bench.sandbox.faults.add({ kind, match: { path: 'session/cancel' } });
		const { ok } = await session('cancel', { sessionId });
		expect(ok[0].outcome).toMatch(/processing|cancelled/);
		await bench.sandbox.idle();
		expectNotPaid(bench.sandbox, ['wait-1']);
		expect(bench.sandbox.sessions.get(sessionId).status).toBe('cancelled');
	});
});

describe('wait', () => {
	const wait = (sessionId: string, waitFor: string, timeLimit = 20) =>
		session('wait', { sessionId, waitFor }, { options: { timeLimit } });

	test('until it can be confirmed', async () => {
		bench.sandbox.set({ processingMs: 600 });
		const parameters = { confirmation: 'manual', waitFor: 'started' };
		const run = await payAll(bench, rowsOf('ready', 1), { parameters });
		const { sessionId, outcome } = jsonOf(run)[0];
		expect(outcome).toBe('processing');
		expect((await wait(sessionId, 'ready')).ok[0].outcome).toBe('awaitingConfirmation');
	});

	test('until it is paid, declined, or unknown even to the bank', async () => {
		for (const [amount, outcome] of [
			['101.00', 'succeeded'],
			['101.04', 'failed'],
		]) {
			const sessionId = await waiting(`w-${amount}`, amount);
			bench.sandbox.act(sessionId, 'confirm');
			expect((await wait(sessionId, 'final')).ok[0].outcome).toBe(outcome);
		}
		const sessionId = await waiting('w-doubt', '101.05');
		bench.sandbox.act(sessionId, 'confirm');
		const { failed } = await wait(sessionId, 'final');
		expect(failed[0]).toMatchObject({ outcome: 'unknown', sessionId });
		expect(failed[0].description).toContain('Do not pay again');
	});

	test('at most as long as the limit; still working is not a failure', async () => {
		const { ok } = await wait(await waiting(), 'final', 0);
		expect(ok[0].outcome).toBe('awaitingConfirmation');
		expect((await wait(await empty(), 'ready', 0.3)).ok[0].outcome).toBe('created');
	});

	test('a bank that is away at the first look is asked again within the limit', async () => {
		const sessionId = await paid('late');
		const match = { path: 'session/status' };
		bench.sandbox.faults.add({ kind: 'errorBefore', status: 503, match, times: 5 });
		expect((await wait(sessionId, 'final')).ok).toMatchObject([{ outcome: 'succeeded' }]);
	});

	test('a wrong word from an expression is not taken for "Final Result"', async () => {
		const parameters = { sessionId: 'ps_1', waitFor: '={{ $json.word }}' };
		const { failed } = await session('wait', parameters, { rows: [{ word: 'Ready' }, {}] });
		expect(failed.map(({ problems }) => problems[0].field)).toEqual(['Wait For', 'Wait For']);
		expect(bench.sandbox.requests).toEqual([]);
	});

	test('when the bank goes away, a session in which nothing was started is not told as a payout', async () => {
		const sessionId = await empty();
		const match = { path: 'session/status', nth: 2 };
		bench.sandbox.faults.add({ kind: 'resetBefore', match, times: 50 });
		const { failed } = await wait(sessionId, 'final', 0.3);
		expect(failed[0]).toMatchObject({ outcome: 'unknown', sessionId });
		expect(failed[0].message).toMatch(/^The session can't be read/);
	});
});

describe('a result that the bank itself does not know', () => {
	test('is unknown, is not paid again, and may turn out paid', async () => {
		const rows = rowsOf('doubt', 1).map((row) => ({ ...row, amount: '100.06' }));
		const run = await payAll(bench, rows, { node: { ...continueError, retryOnFail: true } });
		expect(jsonOf(run, 1)[0]?.error ?? jsonOf(run)[0]).toMatchObject({
			outcome: stringMatching(/unknown|succeeded/),
			sessionId: stringMatching(/^ps_/),
		});
		await bench.sandbox.idle();
		const again = await payAll(bench, rows, { executionId: '2' });
		expect(jsonOf(again)[0].outcome).toBe('duplicate');
		expectPaidOnce(bench.sandbox, rows);
	});
});

describe('Payout: Start', () => {
	const start = async (sessionId: string, rows: object[], pay: PayOptions = {}) =>
		await payAll(bench, rows, {
			...pay,
			parameters: { operation: 'start', sessionId, ...pay.parameters },
		});

	test('in a session of its own', async () => {
		const rows = rowsOf('start', 1);
		const run = await start(await empty(), rows);
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded', reference: 'start-1' });
		expectPaidOnce(bench.sandbox, rows);
		expect(requestsTo(bench.sandbox, 'session/create')).toHaveLength(1);
	});

	test.each<[string, PayOptions['node']]>([
		['once', continueError],
		['with tries of n8n', { ...continueError, retryOnFail: true, maxTries: 3 }],
		['with tries of n8n, stopping', { retryOnFail: true, maxTries: 3 }],
	])(
		"somebody else's payout in the session is neither confirmed nor taken for ours, %s",
		async (_name, node) => {
			const sessionId = await waiting('theirs');
			// The first row makes n8n try again.
			const rows = rowsOf('ours', 2);
			rows[0].amount = '100.02';
			const parameters = {
				sessionId: `={{ $json.ref === 'ours-2' ? '${sessionId}' : '${await empty()}' }}`,
			};
			const run = await start('', rows, { node, parameters });
			if (node?.onError) {
				const { error } = jsonOf(run, 1)[1];
				expect(error).toMatchObject({
					outcome: 'rejected',
					reference: 'ours-2',
					sessionId,
					message: stringContaining('already holds another payout'),
				});
				// Nothing of the other payout is told as if it were ours.
				expect(error).not.toHaveProperty('amount');
				expect(error).not.toHaveProperty('payoutId');
			} else {
				expect(errorOf(run)?.description).toContain('reference ours-2, outcome rejected');
			}
			expect(requestsTo(bench.sandbox, 'session/confirm')).toEqual([]);
			expectNotPaid(bench.sandbox, ['theirs', 'ours-1', 'ours-2']);
		},
	);

	test('the same with the first answer lost', async () => {
		const sessionId = await waiting('theirs');
		bench.sandbox.faults.add({
			kind: 'resetBefore',
			match: { path: 'start/payout', reference: 'ours-1' },
		});
		const run = await start(sessionId, rowsOf('ours', 1), { node: continueError });
		expect(jsonOf(run, 1)[0].error.outcome).toBe('rejected');
		expect(requestsTo(bench.sandbox, 'session/confirm')).toEqual([]);
		expectNotPaid(bench.sandbox, ['theirs', 'ours-1']);
	});

	test.each(['resetBefore', 'resetAfter'] as const)('%s: paid once', async (kind) => {
		const rows = rowsOf('lost', 1);
		const sessionId = await empty();
		bench.sandbox.faults.add({ kind, match: { path: 'start/payout' } });
		const run = await start(sessionId, rows);
		expect(jsonOf(run)[0].outcome).toBe('succeeded');
		expectPaidOnce(bench.sandbox, rows);
	});

	test('in a session that does not exist', async () => {
		const run = await start('ps_0', rowsOf('none', 1), { node: continueRegular });
		expect(jsonOf(run)[0].error).toMatchObject({
			outcome: 'rejected',
			reference: 'none-1',
			sessionId: 'ps_0',
		});
	});
});

describe('Payout: Initiate', () => {
	const initiate = async (rows: object[], pay: PayOptions = {}) =>
		await payAll(bench, rows, { ...pay, parameters: { operation: 'initiate', ...pay.parameters } });
	const inits = () => requestsTo(bench.sandbox, 'session/init/payout');

	test('in a project that confirms by itself', async () => {
		bench.sandbox.set({ autoConfirm: true });
		const rows = rowsOf('init', 3);
		const run = await initiate(rows);
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
		expectPaidOnce(bench.sandbox, rows);
		expect(inits()).toHaveLength(3);
		expect(requestsTo(bench.sandbox, 'session/confirm')).toEqual([]);
		const again = await initiate(rows, { executionId: '2' });
		expect(jsonOf(again).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'duplicate'));
		expectPaidOnce(bench.sandbox, rows);
	});

	test('in a project that does not', async () => {
		const rows = rowsOf('init', 1);
		expect(jsonOf(await initiate(rows))[0].outcome).toBe('succeeded');
		expectPaidOnce(bench.sandbox, rows);
	});

	describe.each([
		'resetBefore',
		'resetAfter',
		'errorAfter',
		'garbage',
		'halfBody',
		'timeoutAfter',
	] as const)('%s: unknown, and never sent twice', (kind) => {
		test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
			'%s',
			async (onError) => {
				bench.sandbox.set({ autoConfirm: true });
				const rows = rowsOf('lost', 3);
				const match = { path: 'init/payout', reference: 'lost-1' };
				bench.sandbox.faults.add({ kind, match });
				const node = { onError, retryOnFail: true, maxTries: 4 };
				const run = await initiate(rows, { node, options: { requestTimeout: 1 } });
				const said = JSON.stringify([
					errorOf(run)?.description,
					jsonOf(run, onError === 'continueErrorOutput' ? 1 : 0)[0]?.error,
				]);
				expect(said).toContain('unknown');
				expect(said).toContain('lost-1');
				expect(inits()).toHaveLength(3);
				await bench.sandbox.idle();
				expectPaidOnce(bench.sandbox, rows.slice(1));
				expect(paidFor(bench.sandbox, 'lost-1')).toHaveLength(kind === 'resetBefore' ? 0 : 1);
			},
		);
	});

	test('more lost answers than requests in flight do not hang the next try', async () => {
		bench.sandbox.set({ autoConfirm: true });
		const rows = rowsOf('many', 12);
		for (const { ref } of rows.slice(0, 10)) {
			const match = { path: 'init/payout', reference: String(ref) };
			bench.sandbox.faults.add({ kind: 'resetAfter', match });
		}
		const node = { ...continueError, retryOnFail: true, maxTries: 3 };
		const run = await initiate(rows, { node, options: { parallelRequests: 2 } });
		expect(jsonOf(run, 1).map(({ error }) => error.outcome)).toEqual(Array(10).fill('unknown'));
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
		expect(inits()).toHaveLength(12);
		await bench.sandbox.idle();
		expectPaidOnce(bench.sandbox, rows);
	});
});

describe('Leave for Approval', () => {
	test('nothing moves until somebody confirms, however often the list is sent', async () => {
		const rows = rowsOf('approve', 3);
		const parameters = { confirmation: 'manual', waitFor: 'ready' };
		const run = await payAll(bench, rows, { parameters });
		await payAll(bench, rows, { parameters, executionId: '2' });
		expectNotPaid(
			bench.sandbox,
			rows.map(({ ref }) => ref),
		);
		const ids = jsonOf(run).map(({ sessionId, amount }) => ({ sessionId, amount }));
		const confirmed = await session(
			'confirm',
			{ sessionId: '={{ $json.sessionId }}', expectedAmount: '={{ $json.amount }}' },
			{ rows: ids },
		);
		expect(confirmed.ok).toHaveLength(3);
		await bench.sandbox.idle();
		expectPaidOnce(bench.sandbox, rows);
	});
});
