/** Payout: Start in an existing session, and payouts whose result the bank does not know. */
import { useFixture } from '../support/engineFixture.mts';
import {
	continueError,
	continueRegular,
	jsonOf,
	type RunSettings,
} from '../support/runOperation.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { expectNotPaid, expectPaidOnce, requestsTo } from '../support/ledger.mts';
import { sessionsOf } from '../support/sessions.mts';
import { errorOf } from '../support/engine.mts';

const fixture = useFixture();
const { createWaitingPayout, createEmptySession } = sessionsOf(fixture);
const { stringContaining, stringMatching } = expect;

describe('bank that does not know the result', () => {
	test('outcome unknown, then duplicate in the next execution: paid once', async () => {
		const rows = rowsOf('unclear', 1).map((row) => ({ ...row, amount: '100.06' }));
		const run = await payAll(fixture, rows, { node: { ...continueError, retryOnFail: true } });
		expect(jsonOf(run, 1)[0]?.error ?? jsonOf(run)[0]).toMatchObject({
			outcome: stringMatching(/unknown|succeeded/),
			sessionId: stringMatching(/^ps_/),
		});
		await fixture.sandbox.idle();
		const secondRun = await payAll(fixture, rows, { executionId: '2' });
		expect(jsonOf(secondRun)[0].outcome).toBe('duplicate');
		expectPaidOnce(fixture.sandbox, rows);
	});

	test('the failure is final: unknown, then duplicate in the next execution, never paid', async () => {
		const rows = rowsOf('final', 1).map((row) => ({ ...row, amount: '100.05' }));
		const node = { ...continueError, retryOnFail: true };
		const run = await payAll(fixture, rows, { node, options: { timeLimit: 1 } });
		expect(jsonOf(run, 1)[0]?.error ?? jsonOf(run)[0]).toMatchObject({
			outcome: 'unknown',
			advice: stringContaining('Do not pay again'),
		});
		const secondRun = await payAll(fixture, rows, { executionId: '2' });
		expect(jsonOf(secondRun)[0].outcome).toBe('duplicate');
		await fixture.sandbox.idle();
		expectNotPaid(fixture.sandbox, ['final-1']);
	});
});

describe('Payout: Start', () => {
	const start = async (sessionId: string, rows: object[], pay: RunSettings = {}) =>
		await payAll(fixture, rows, {
			...pay,
			parameters: { operation: 'start', sessionId, ...pay.parameters },
		});

	test('empty session: succeeded without another session', async () => {
		const rows = rowsOf('start', 1);
		const run = await start(await createEmptySession(), rows);
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded', reference: 'start-1' });
		expectPaidOnce(fixture.sandbox, rows);
		expect(requestsTo(fixture.sandbox, 'session/create')).toHaveLength(1);
	});

	test.each<[string, RunSettings['node']]>([
		['continueErrorOutput', continueError],
		[
			'continueErrorOutput with Retry On Fail',
			{ ...continueError, retryOnFail: true, maxTries: 3 },
		],
		['stopWorkflow with Retry On Fail', { retryOnFail: true, maxTries: 3 }],
	])(
		'session with a payout of another Reference: rejected, the other payout is not confirmed (%s)',
		async (_name, node) => {
			const sessionId = await createWaitingPayout('other');
			// The first row fails, so n8n runs the node again.
			const rows = rowsOf('own', 2);
			rows[0].amount = '100.02';
			const parameters = {
				sessionId: `={{ $json.ref === 'own-2' ? '${sessionId}' : '${await createEmptySession()}' }}`,
			};
			const run = await start('', rows, { node, parameters });
			if (node?.onError) {
				const { error } = jsonOf(run, 1)[1];
				expect(error).toMatchObject({
					outcome: 'rejected',
					reference: 'own-2',
					sessionId,
					message: stringContaining('already holds another payout'),
				});
				// Data of the other payout must not be reported for this item.
				expect(error).toMatchObject({ amount: rows[1].amount });
				expect(error).not.toHaveProperty('payoutId');
			} else {
				expect(errorOf(run)?.description).toContain('reference own-2, outcome rejected');
			}
			expect(requestsTo(fixture.sandbox, 'session/confirm')).toEqual([]);
			expectNotPaid(fixture.sandbox, ['other', 'own-1', 'own-2']);
		},
	);

	test('session with a payout of another Reference, first start request lost: rejected, not confirmed', async () => {
		const sessionId = await createWaitingPayout('other');
		fixture.sandbox.faults.add({
			kind: 'resetBefore',
			match: { path: 'start/payout', reference: 'own-1' },
		});
		const run = await start(sessionId, rowsOf('own', 1), { node: continueError });
		expect(jsonOf(run, 1)[0].error.outcome).toBe('rejected');
		expect(requestsTo(fixture.sandbox, 'session/confirm')).toEqual([]);
		expectNotPaid(fixture.sandbox, ['other', 'own-1']);
	});

	test.each(['resetBefore', 'resetAfter'] as const)(
		'start request or its response lost (%s): paid once',
		async (kind) => {
			const rows = rowsOf('lost', 1);
			const sessionId = await createEmptySession();
			fixture.sandbox.faults.add({ kind, match: { path: 'start/payout' } });
			const run = await start(sessionId, rows);
			expect(jsonOf(run)[0].outcome).toBe('succeeded');
			expectPaidOnce(fixture.sandbox, rows);
		},
	);

	test('unknown session: rejected with reference and session ID', async () => {
		const run = await start('ps_0', rowsOf('none', 1), { node: continueRegular });
		expect(jsonOf(run)[0].error).toMatchObject({
			outcome: 'rejected',
			reference: 'none-1',
			sessionId: 'ps_0',
		});
	});
});
