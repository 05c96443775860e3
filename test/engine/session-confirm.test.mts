/** Session: Confirm, and Payout: Send with Leave for Approval. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture } from '../support/engineFixture.mts';
import { jsonOf, type RunSettings } from '../support/runOperation.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { expectNotPaid, expectPaidOnce, paidFor, requestsTo } from '../support/ledger.mts';
import { sessionsOf } from '../support/sessions.mts';
import { outputsFirstAttempt } from '../support/engine.mts';

const fixture = useFixture();
const { runSession, createWaitingPayout, createEmptySession } = sessionsOf(fixture);
const { stringContaining } = expect;

describe('Session: Confirm', () => {
	const confirm = (sessionId: string, more: INodeParameters = {}, pay: RunSettings = {}) =>
		runSession('confirm', { sessionId, ...more }, pay);

	test('waiting payout: outcome processing, then paid once', async () => {
		const sessionId = await createWaitingPayout();
		expectNotPaid(fixture.sandbox, ['wait-1']);
		const { ok, hints } = await confirm(sessionId);
		expect(ok[0]).toMatchObject({ outcome: 'processing', sessionId, reference: 'wait-1' });
		expect(hints[0].message).toContain('1 row: 1 being processed');
		await fixture.sandbox.idle();
		expect(paidFor(fixture.sandbox, 'wait-1')).toHaveLength(1);
	});

	test.each<[string, string, object]>([
		['in rubles', '101.00', {}],
		['in kopecks', '10100', { amountUnit: 'minor' }],
	])(
		'Expected Amount equal to the amount (%s): confirmed',
		async (_name, expectedAmount, options) => {
			const { ok } = await confirm(
				await createWaitingPayout(),
				{ expectedAmount },
				{ options: { ...options } },
			);
			expect(ok[0].outcome).toBe('processing');
		},
	);

	test.each(['101.01', '10100', '1.01'])(
		'Expected Amount %s instead of 101.00: rejected, no confirm request is sent',
		async (expectedAmount) => {
			const sessionId = await createWaitingPayout();
			const { ok, failed } = await confirm(sessionId, { expectedAmount });
			expect(ok).toEqual([]);
			expect(failed[0]).toMatchObject({
				outcome: 'rejected',
				sessionId,
				message: stringContaining('Not confirmed: the bank shows 101.00 RUB'),
			});
			expect(requestsTo(fixture.sandbox, 'session/confirm')).toEqual([]);
			expectNotPaid(fixture.sandbox, ['wait-1']);
		},
	);

	test('ambiguous Expected Amount or unknown unit: rejected, no request is sent', async () => {
		const sessionId = await createWaitingPayout();
		const before = fixture.sandbox.requests.length;
		const ambiguousAmount = await confirm(sessionId, { expectedAmount: '1,010' });
		expect(ambiguousAmount.failed[0]).toMatchObject({ outcome: 'rejected', sessionId });
		const options = { amountUnit: "={{ 'kopecks' }}" };
		const unknownUnit = await confirm(sessionId, { expectedAmount: '10100' }, { options });
		expect(unknownUnit.failed[0].outcome).toBe('rejected');
		expect(fixture.sandbox.requests).toHaveLength(before);
	});

	test('Expected Amount expression without a value: rejected, no request is sent', async () => {
		const sessionId = await createWaitingPayout();
		const before = fixture.sandbox.requests.length;
		const { ok, failed } = await confirm(sessionId, { expectedAmount: '={{ $json.amuont }}' });
		expect(ok).toEqual([]);
		expect(failed[0]).toMatchObject({
			outcome: 'rejected',
			problems: [{ field: 'Expected Amount', message: 'The expression gives nothing' }],
		});
		expect(fixture.sandbox.requests).toHaveLength(before);
	});

	test('confirmed twice: one confirm request, the second run reports succeeded', async () => {
		const sessionId = await createWaitingPayout();
		await confirm(sessionId);
		await fixture.sandbox.idle();
		expect((await confirm(sessionId)).ok[0].outcome).toBe('succeeded');
		expect(paidFor(fixture.sandbox, 'wait-1')).toHaveLength(1);
		expect(requestsTo(fixture.sandbox, 'session/confirm')).toHaveLength(1);
	});

	test('the same session twice in one run: both items are refused, no request is sent', async () => {
		const sessionId = await createWaitingPayout();
		const before = fixture.sandbox.requests.length;
		const rows = [{ id: sessionId }, { id: sessionId }];
		const { failed } = await runSession('confirm', { sessionId: '={{ $json.id }}' }, { rows });
		expect(failed).toHaveLength(2);
		expect(fixture.sandbox.requests).toHaveLength(before);
	});

	test.each<[string, () => Promise<string>, string, string]>([
		['not started', createEmptySession, 'rejected', 'the session is created'],
		[
			'not ready',
			async () => {
				fixture.sandbox.set({ processingMs: 60_000 });
				const run = await payAll(fixture, rowsOf('busy', 1), {
					parameters: { confirmation: 'manual', waitFor: 'started' },
				});
				return jsonOf(run)[0].sessionId;
			},
			'processing',
			'does not wait for a confirmation',
		],
	])(
		'session %s: an error with the state of the session',
		async (_name, createSession, outcome, message) => {
			const { failed } = await confirm(await createSession());
			expect(failed[0]).toMatchObject({ outcome, message: stringContaining(message) });
		},
	);

	test.each(['resetBefore', 'resetAfter', 'errorAfter', 'halfBody', 'garbage'] as const)(
		'%s: the node sends the request again, paid once',
		async (kind) => {
			const sessionId = await createWaitingPayout();
			fixture.sandbox.faults.add({ kind, match: { path: 'session/confirm' } });
			const { ok } = await confirm(sessionId);
			expect(['processing', 'succeeded']).toContain(ok[0].outcome);
			await fixture.sandbox.idle();
			expect(paidFor(fixture.sandbox, 'wait-1')).toHaveLength(1);
		},
	);

	test('lost response and no status: unknown; the next attempt of n8n reads the outcome, paid once', async () => {
		const sessionId = await createWaitingPayout();
		fixture.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'session/confirm' } });
		const times = 4;
		fixture.sandbox.faults.add({ kind: 'resetBefore', match: { path: 'status', nth: 2 }, times });
		const node = { retryOnFail: true, maxTries: 2 };
		const { ok, failed } = await confirm(sessionId, { expectedAmount: '101' }, { node });
		if (outputsFirstAttempt) expect(failed[0].outcome).toBe('unknown');
		else expect(ok[0].outcome).toMatch(/processing|succeeded/);
		expect(requestsTo(fixture.sandbox, 'session/confirm')).toHaveLength(1);
		await fixture.sandbox.idle();
		expect(paidFor(fixture.sandbox, 'wait-1')).toHaveLength(1);
	});
});

describe('Confirmation = Leave for Approval', () => {
	test('list sent twice: nothing is paid until Session: Confirm, then each row is paid once', async () => {
		const rows = rowsOf('approve', 3);
		const parameters = { confirmation: 'manual', waitFor: 'ready' };
		const run = await payAll(fixture, rows, { parameters });
		await payAll(fixture, rows, { parameters, executionId: '2' });
		expectNotPaid(
			fixture.sandbox,
			rows.map(({ ref }) => ref),
		);
		const ids = jsonOf(run).map(({ sessionId, amount }) => ({ sessionId, amount }));
		const confirmed = await runSession(
			'confirm',
			{ sessionId: '={{ $json.sessionId }}', expectedAmount: '={{ $json.amount }}' },
			{ rows: ids },
		);
		expect(confirmed.ok).toHaveLength(3);
		await fixture.sandbox.idle();
		expectPaidOnce(fixture.sandbox, rows);
	});
});
