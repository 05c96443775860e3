/** Payout: Send in One Request, which creates and starts a payout in one request. */
import { useFixture } from '../support/engineFixture.mts';
import { continueError, jsonOf, type RunSettings } from '../support/runOperation.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { expectPaidOnce, paidFor, requestsTo } from '../support/ledger.mts';
import { errorOf } from '../support/engine.mts';

const fixture = useFixture();

describe('Payout: Send in One Request', () => {
	const initiate = async (rows: object[], pay: RunSettings = {}) =>
		await payAll(fixture, rows, {
			...pay,
			parameters: { operation: 'initiate', ...pay.parameters },
		});
	const initRequests = () => requestsTo(fixture.sandbox, 'session/init/payout');

	test('project that confirms automatically: succeeded with one request each; second execution: duplicate', async () => {
		fixture.sandbox.set({ autoConfirm: true });
		const rows = rowsOf('init', 3);
		const run = await initiate(rows);
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
		expectPaidOnce(fixture.sandbox, rows);
		expect(initRequests()).toHaveLength(3);
		expect(requestsTo(fixture.sandbox, 'session/confirm')).toEqual([]);
		const secondRun = await initiate(rows, { executionId: '2' });
		expect(jsonOf(secondRun).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'duplicate'));
		expectPaidOnce(fixture.sandbox, rows);
	});

	test('project that does not confirm automatically: confirmed and succeeded', async () => {
		const rows = rowsOf('init', 1);
		expect(jsonOf(await initiate(rows))[0].outcome).toBe('succeeded');
		expectPaidOnce(fixture.sandbox, rows);
	});

	describe.each([
		'resetBefore',
		'resetAfter',
		'errorAfter',
		'garbage',
		'halfBody',
		'timeoutAfter',
	] as const)('%s: outcome unknown, the request is not repeated', (kind) => {
		test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
			'%s',
			async (onError) => {
				fixture.sandbox.set({ autoConfirm: true });
				const rows = rowsOf('lost', 3);
				const match = { path: 'init/payout', reference: 'lost-1' };
				fixture.sandbox.faults.add({ kind, match });
				const node = { onError, retryOnFail: true, maxTries: 4 };
				const run = await initiate(rows, { node, options: { requestTimeout: 1 } });
				const reported = JSON.stringify([
					errorOf(run)?.description,
					jsonOf(run, onError === 'continueErrorOutput' ? 1 : 0)[0]?.error,
				]);
				expect(reported).toContain('unknown');
				expect(reported).toContain('lost-1');
				expect(initRequests()).toHaveLength(3);
				await fixture.sandbox.idle();
				expectPaidOnce(fixture.sandbox, rows.slice(1));
				expect(paidFor(fixture.sandbox, 'lost-1')).toHaveLength(kind === 'resetBefore' ? 0 : 1);
			},
		);
	});

	test('10 lost responses with 2 parallel requests and Retry On Fail: unknown, the other rows are paid', async () => {
		fixture.sandbox.set({ autoConfirm: true });
		const rows = rowsOf('many', 12);
		for (const { ref } of rows.slice(0, 10)) {
			const match = { path: 'init/payout', reference: String(ref) };
			fixture.sandbox.faults.add({ kind: 'resetAfter', match });
		}
		const node = { ...continueError, retryOnFail: true, maxTries: 3 };
		const run = await initiate(rows, { node, options: { parallelRequests: 2 } });
		expect(jsonOf(run, 1).map(({ error }) => error.outcome)).toEqual(Array(10).fill('unknown'));
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
		expect(initRequests()).toHaveLength(12);
		await fixture.sandbox.idle();
		expectPaidOnce(fixture.sandbox, rows);
	});
});
