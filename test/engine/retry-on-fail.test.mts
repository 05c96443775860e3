/** Retry On Fail: what a second attempt of n8n reads from the first one. */
import { useFixture } from '../support/engineFixture.mts';
import { continueError, continueRegular, itemsOf, jsonOf } from '../support/runOperation.mts';
import { payAll, rowsOf, sendToCard } from '../support/payouts.mts';
import { expectPaidOnce, requestsTo } from '../support/ledger.mts';
import { errorOf, outputOf, outputsFirstAttempt, startNodeRun } from '../support/engine.mts';

const fixture = useFixture();

test('payout unknown after attempt 1: attempt 2 reads its session, paid once', async () => {
	const rows = rowsOf('resume', 3);
	const reference = 'resume-1';
	fixture.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'start/payout', reference } });
	// Four status requests fail, so attempt 1 ends with outcome unknown.
	const match = { path: 'session/status', reference };
	fixture.sandbox.faults.add({ kind: 'resetBefore', match, times: 4 });
	const node = { retryOnFail: true, maxTries: 2 };
	const run = await payAll(fixture, rows, { node });
	expect(errorOf(run)).toBeUndefined();
	expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
	expectPaidOnce(fixture.sandbox, rows);
	expect(requestsTo(fixture.sandbox, 'session/create')).toHaveLength(3);
	expect(requestsTo(fixture.sandbox, 'session/start/payout')).toHaveLength(3);
});

test('Reference that differs in each attempt: outcome unknown with the first Reference, paid once', async () => {
	const rows = rowsOf('random', 3);
	rows[0].amount = '100.02';
	const parameters = { reference: '={{ $json.ref }}/{{ Math.floor(Math.random() * 1e6) }}' };
	for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
		fixture.sandbox.reset();
		const node = { onError, retryOnFail: true, maxTries: 3 };
		const run = await payAll(fixture, rows, { node, parameters });
		expect(fixture.sandbox.ledger.entries.map(({ amount }) => amount).sort()).toEqual([
			10200, 10300,
		]);
		if (onError === 'continueErrorOutput' && outputsFirstAttempt) {
			// n8n outputs the items of attempt 1: two paid, one refused.
			expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
			expect(jsonOf(run, 1).map(({ error }) => error.outcome)).toEqual(['rejected']);
			continue;
		}
		const reported =
			onError === 'stopWorkflow' ? errorOf(run)?.description : jsonOf(run, 1)[1].error;
		expect(JSON.stringify(reported)).toContain('unknown');
		if (onError === 'continueErrorOutput') {
			expect(reported.message).toMatch(
				/^This row was started as "random-2\/\d+" and is now called/,
			);
			expect(reported.sessionId).toMatch(/^ps_/);
			expect(jsonOf(run)).toEqual([]);
		}
	}
});

test('new Reference after a declined payout, as its advice says: sent again, not refused as started before', async () => {
	const rows = rowsOf('again', 2);
	rows[0].amount = '100.02';
	rows[1].card = '4242420000000026';
	const parameters = { reference: '={{ $json.ref }}/{{ Math.floor(Math.random() * 1e6) }}' };
	const node = { ...continueError, retryOnFail: true, maxTries: 3 };
	const run = await payAll(fixture, rows, { node, parameters });
	expect(jsonOf(run)).toEqual([expect.objectContaining({ outcome: 'failed' })]);
	const keys = requestsTo(fixture.sandbox, 'session/start/payout').map((one) => one.idempotencyKey);
	expect(new Set(keys.filter((key) => key?.startsWith('again-2'))).size).toBe(3);
	expect(fixture.sandbox.ledger.entries).toEqual([]);
});

test('loop of three rounds: each round pays its own rows, repeated References are duplicates', async () => {
	const rounds = [rowsOf('round1', 2), rowsOf('round2', 2)];
	const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const run = await startNodeRun({
		loader: fixture.loader,
		nodeName: 'bank131',
		credentials: fixture.credential(),
		parameters: sendToCard,
		// Round 3 repeats the References of round 1.
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
	expectPaidOnce(fixture.sandbox, rounds.flat());
});

test('node context between attempts: no card numbers and names', async () => {
	const rows = rowsOf('saved', 2);
	rows[0].amount = '100.02';
	const node = { ...continueRegular, retryOnFail: true, maxTries: 2 };
	const run = await payAll(fixture, rows, { node });
	const context = JSON.stringify(run.data.executionData?.contextData);
	expect(context).toContain('saved-2');
	expect(context).not.toContain('4242');
	expect(context).not.toContain('Иванов');
	const withoutRetry = await payAll(fixture, rowsOf('off', 1));
	// Only the way of each Reference to the bank is kept.
	expect(withoutRetry.data.executionData?.contextData).toEqual({
		flow: { bank131KeyRoutes: { 'sandbox off-1': 'session/start/payout' } },
	});
});
