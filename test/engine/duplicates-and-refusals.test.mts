/** Responses of the bank that refuse a payout, delay it or report it as a duplicate. */
import { generateKeyPair } from '../../sandbox/sandbox.mts';
import { useFixture } from '../support/engineFixture.mts';
import { continueError, continueRegular, jsonOf } from '../support/runOperation.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import {
	expectMoneyMovedEqualsSucceeded,
	expectNotPaid,
	expectPaidOnce,
	requestsTo,
} from '../support/ledger.mts';
import { pause } from '../support/timing.mts';
import { errorOf, hintsOf } from '../support/engine.mts';

const fixture = useFixture();

test('Reference paid by another execution: outcome duplicate with advice, paid once', async () => {
	const rows = rowsOf('dup', 2);
	const first = await payAll(fixture, rows, { executionId: '1' });
	expectPaidOnce(fixture.sandbox, rows);
	for (const [executionId, node] of [
		['2', {}],
		['3', { ...continueError, retryOnFail: true }],
	] as const) {
		const secondRun = await payAll(fixture, rows, { executionId, node });
		expect(jsonOf(secondRun)).toEqual(
			rows.map(({ ref }) =>
				expect.objectContaining({
					reference: ref,
					outcome: 'duplicate',
					errorCode: 'idempotency_key_already_exists',
					advice: expect.stringContaining('Begun earlier'),
				}),
			),
		);
		expect(hintsOf(secondRun)[0].message).toContain(
			'2 begun earlier (nothing sent now). Money moved in this run: none. What was begun earlier may have failed: look it up',
		);
	}
	expectPaidOnce(fixture.sandbox, rows);
	expectMoneyMovedEqualsSucceeded(fixture.sandbox, first);
});

test('duplicate beside a refused row with Retry On Fail: still duplicate, paid once', async () => {
	const [paid, refused] = rowsOf('again', 2);
	await payAll(fixture, [paid], { executionId: '1' });
	refused.amount = '100.02';
	for (const onError of ['continueRegularOutput', 'stopWorkflow'] as const) {
		const node = { onError, retryOnFail: true, maxTries: 3 };
		const run = await payAll(fixture, [refused, paid], { executionId: '2', node });
		if (onError === 'stopWorkflow') {
			expect(errorOf(run)?.description).toContain('routing_internal_error');
		} else {
			expect(jsonOf(run)[1]).toMatchObject({ outcome: 'duplicate', reference: paid.ref });
		}
		expectPaidOnce(fixture.sandbox, [paid]);
	}
});

test('list of 20 rows paid again by another execution: all duplicate, no money moves', async () => {
	const rows = rowsOf('list', 20);
	await payAll(fixture, rows, { executionId: '1' });
	const moved = fixture.sandbox.moneyMoved();
	const secondRun = await payAll(fixture, rows, { executionId: '2' });
	expect(jsonOf(secondRun).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'duplicate'));
	expect(fixture.sandbox.moneyMoved()).toBe(moved);
});

test('same Reference in two rows: none of the two is paid, with stopWorkflow no row', async () => {
	const rows = rowsOf('twice', 4);
	rows[3].ref = ` ${rows[1].ref} `;
	const stopped = await payAll(fixture, rows);
	expect(fixture.sandbox.requests).toEqual([]);
	expect(errorOf(stopped)?.message).toContain('2 of 4 rows are not valid, so nothing was sent');
	expect(errorOf(stopped)?.description).toContain('Row 2: Row 4 has the same Reference "twice-2"');
	expect(errorOf(stopped)?.description).toContain('Row 4: Row 2 has the same Reference "twice-2"');

	const run = await payAll(fixture, rows, { node: continueError });
	expect(jsonOf(run).map(({ reference }) => reference)).toEqual(['twice-1', 'twice-3']);
	expect(jsonOf(run, 1).map(({ error }) => error.reference)).toEqual(['twice-2', 'twice-2']);
	expectPaidOnce(fixture.sandbox, [rows[0], rows[2]]);
	expectNotPaid(fixture.sandbox, ['twice-2']);
});

test('same Reference in a row that is not valid: both rows are rejected, no request is sent', async () => {
	const rows = rowsOf('shared', 2);
	rows[0] = { ...rows[0], ref: rows[1].ref, amount: 'free' };
	const run = await payAll(fixture, rows, { node: continueRegular });
	expect(jsonOf(run).map(({ error }) => error.outcome)).toEqual(['rejected', 'rejected']);
	expect(fixture.sandbox.requests).toEqual([]);
});

test.each(['session/create', 'start/payout', 'session/status', 'session/confirm'])(
	'HTTP 429 with Retry-After at %s: the request is repeated after that time, paid once',
	async (path) => {
		const rows = rowsOf('busy', 1);
		const busy = { kind: 'errorBefore', status: 429, headers: { 'retry-after': '1' } } as const;
		fixture.sandbox.faults.add({ ...busy, match: { path } });
		const run = await payAll(fixture, rows);
		expect(jsonOf(run)[0].outcome).toBe('succeeded');
		expectPaidOnce(fixture.sandbox, rows);
		const requests = fixture.sandbox.requests.filter((request) => request.path.endsWith(path));
		const failedIndex = requests.findIndex(({ fault }) => fault === 'errorBefore');
		const gap = Date.parse(requests[failedIndex + 1].at) - Date.parse(requests[failedIndex].at);
		expect(gap).toBeGreaterThanOrEqual(990);
	},
);

test.each([500, 502, 503, 504])(
	'HTTP %i at the start, and the bank has done nothing: read once more, started again, paid once',
	async (status) => {
		const rows = rowsOf('idle', 1);
		const paths = async (executionId: string) => {
			const before = fixture.sandbox.requests.length;
			const run = await payAll(fixture, rows, { executionId });
			expect(jsonOf(run)).toMatchObject([{ outcome: 'succeeded' }]);
			return fixture.sandbox.requests.slice(before).map(({ path }) => path.replace('v2/', ''));
		};
		const match = { path: 'start/payout' };
		fixture.sandbox.faults.add({ kind: 'errorBefore', status, match });
		const start = ['session/start/payout', 'session/status', 'session/start/payout'];
		expect((await paths('1')).slice(0, 4)).toEqual(['session/create', ...start]);
		expectPaidOnce(fixture.sandbox, rows);
	},
);

describe('HTTP 429 although the bank has started the payout', () => {
	const busyAfter = (path: string, times: number) =>
		fixture.sandbox.faults.add({ kind: 'errorAfter', status: 429, match: { path }, times });

	test.each([1, 3, 4])('Send, %i times: succeeded, paid once', async (times) => {
		const rows = rowsOf('busy', 1);
		busyAfter('start/payout', times);
		const run = await payAll(fixture, rows, { node: continueError });
		expect(jsonOf(run)).toMatchObject([{ outcome: 'succeeded', reference: 'busy-1' }]);
		expectPaidOnce(fixture.sandbox, rows);
	});

	test('Send four times, and the session cannot be read: unknown, then duplicate, never paid twice', async () => {
		const rows = rowsOf('busy', 1);
		busyAfter('start/payout', 4);
		const match = { path: 'session/status' };
		fixture.sandbox.faults.add({ kind: 'errorBefore', status: 429, match, times: Infinity });
		const run = await payAll(fixture, rows, { node: continueError });
		expect(jsonOf(run, 1)[0].error).toMatchObject({ outcome: 'unknown', reference: 'busy-1' });
		fixture.sandbox.faults.clear();
		const second = await payAll(fixture, rows, { executionId: '2' });
		expect(jsonOf(second)).toMatchObject([{ outcome: 'duplicate' }]);
		expect(fixture.sandbox.ledger.paidTwice()).toEqual([]);
	});

	test('Initiate once: duplicate; four times: rejected, then duplicate; paid once each', async () => {
		fixture.sandbox.set({ autoConfirm: true });
		const settings = { node: continueError, parameters: { operation: 'initiate' } };
		const once = rowsOf('once', 1);
		busyAfter('init/payout', 1);
		expect(jsonOf(await payAll(fixture, once, settings))).toMatchObject([{ outcome: 'duplicate' }]);
		const often = rowsOf('often', 1);
		busyAfter('init/payout', 4);
		const run = await payAll(fixture, often, settings);
		expect(jsonOf(run, 1)[0].error).toMatchObject({ outcome: 'rejected', reference: 'often-1' });
		const second = await payAll(fixture, often, { ...settings, executionId: '2' });
		expect(jsonOf(second)).toMatchObject([{ outcome: 'duplicate' }]);
		await fixture.sandbox.idle();
		expectPaidOnce(fixture.sandbox, [...once, ...often]);
	});
});

test.each([
	['create', 'session/create', 'rejected', 'No money'],
	['start', 'start/payout', 'rejected', 'The payout was not started'],
	['confirm', 'session/confirm', 'awaitingConfirmation', 'HTTP 429'],
])('permanent HTTP 429 at %s: error with the outcome, not paid', async (_step, path, outcome) => {
	const rows = rowsOf('always-busy', 1);
	fixture.sandbox.faults.add({
		kind: 'errorBefore',
		status: 429,
		match: { path },
		times: Infinity,
	});
	const run = await payAll(fixture, rows, { node: continueError });
	expect(jsonOf(run)).toEqual([]);
	expect(jsonOf(run, 1)[0].error).toMatchObject({ outcome, reference: 'always-busy-1' });
	expectNotPaid(fixture.sandbox, ['always-busy-1']);
});

test.each([200, 400, 401, 403, 422])(
	'refusal with HTTP %i: rejected with the errorCode of its body',
	async (errorHttpStatus) => {
		fixture.sandbox.set({ errorHttpStatus });
		const [refused, accepted] = rowsOf(`http${errorHttpStatus}`, 2);
		refused.amount = '100.02';
		const run = await payAll(fixture, [refused, accepted], { node: continueError });
		expect(jsonOf(run, 1)[0].error).toMatchObject({
			outcome: 'rejected',
			errorCode: 'routing_internal_error',
			errorDescription: 'No route for this payout in the agreement',
		});
		expect(requestsTo(fixture.sandbox, 'session/start/payout')).toHaveLength(2);
		const secondRun = await payAll(fixture, [accepted], { executionId: '2' });
		expect(jsonOf(secondRun)[0].outcome).toBe('duplicate');
		expectPaidOnce(fixture.sandbox, [accepted]);
	},
);

test('invalid private key: one request with HTTP 401, the error names the field', async () => {
	fixture.sandbox.set({ errorHttpStatus: 401 });
	const credential = { privateKey: generateKeyPair().privateKey };
	const run = await payAll(fixture, rowsOf('key', 1), { credential });
	expect(fixture.sandbox.requests).toHaveLength(1);
	expect(fixture.sandbox.requests[0]).toMatchObject({ status: 401, signatureOk: false });
	expect(errorOf(run)?.message).toContain('X-PARTNER-SIGN');
	expect(errorOf(run)?.description).toContain('Private Key');
});

test('unreachable address: every row is rejected', async () => {
	const credential = { customUrl: 'http://127.0.0.1:9' };
	const run = await payAll(fixture, rowsOf('unreachable', 2), { credential, node: continueError });
	expect(jsonOf(run, 1).map(({ error }) => error)).toEqual([
		expect.objectContaining({ outcome: 'rejected', reference: 'unreachable-1' }),
		expect.objectContaining({ outcome: 'rejected', reference: 'unreachable-2' }),
	]);
	expect(jsonOf(run, 1)[0].error.message).toContain('ECONNREFUSED');
});

test('start booked after the request timeout: succeeded, paid once', async () => {
	const rows = rowsOf('slow', 3);
	const match = { path: 'start/payout', nth: 1 };
	fixture.sandbox.faults.add({ kind: 'delay', ms: 1500, match: { ...match, reference: 'slow-1' } });
	fixture.sandbox.faults.add({ kind: 'delay', ms: 2500, match: { ...match, reference: 'slow-2' } });
	const run = await payAll(fixture, rows, { options: { requestTimeout: 1 } });
	expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
	await pause(1500);
	await fixture.sandbox.idle();
	expectPaidOnce(fixture.sandbox, rows);
});

test('bank that scopes idempotency keys to every POST: succeeded, paid once', async () => {
	fixture.sandbox.set({ idempotencyScope: 'everyPost' });
	const rows = rowsOf('scope', 2);
	const run = await payAll(fixture, rows);
	expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
	expectPaidOnce(fixture.sandbox, rows);
});
