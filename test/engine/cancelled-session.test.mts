/** Payout: Start in a session that was cancelled while it was empty, and the session that a duplicate leaves empty. */
import { useFixture, type Loose } from '../support/engineFixture.mts';
import { expectNotPaid, expectPaidOnce, requestsTo } from '../support/ledger.mts';
import { operationsOf, PAYER_CARD } from '../support/operations.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { continueError, jsonOf } from '../support/runOperation.mts';
import { sessionsOf } from '../support/sessions.mts';

const fixture = useFixture();
const { execute, newPayer } = operationsOf(fixture);
const { runSession, createEmptySession } = sessionsOf(fixture);

async function createCancelledSession(sessionMetadata = '{}'): Promise<string> {
	const { ok } = await runSession('create', { sessionMetadata });
	await runSession('cancel', { sessionId: ok[0].sessionId });
	await fixture.sandbox.idle();
	return ok[0].sessionId;
}

/** Starts the rows in this session. */
async function start(sessionId: string, executionId: string, rows = rowsOf('row', 1)) {
	const parameters = { operation: 'start', sessionId };
	const run = await payAll(fixture, rows, { parameters, node: continueError, executionId });
	return { item: jsonOf(run)[0], error: jsonOf(run, 1)[0]?.error as Loose };
}

describe('Payout: Start', () => {
	test.each([
		['without metadata', '{}'],
		['with the Reference in its metadata', '{"reference": "row-1"}'],
		['with another Reference in its metadata', '{"reference": "other"}'],
	])(
		'cancelled session %s: a code of ours, then paid in a new session',
		async (_name, metadata) => {
			const { error } = await start(await createCancelledSession(metadata), '1');
			expect(error).toMatchObject({
				outcome: 'rejected',
				final: false,
				reference: 'row-1',
				adviceCode: 'sessionCancelled',
				errorCode: 'session_wrong_state',
				message: expect.stringContaining('cancelled before anything was started'),
			});
			expectNotPaid(fixture.sandbox, ['row-1']);
			const { item } = await start(await createEmptySession(), '2');
			expect(item.outcome).toBe('succeeded');
			expectPaidOnce(fixture.sandbox, rowsOf('row', 1));
		},
	);

	test('cancelled session and a Reference that was paid elsewhere: paid once in the end', async () => {
		await payAll(fixture, rowsOf('row', 1));
		const { item, error } = await start(await createCancelledSession(), '2');
		expect((error ?? item).outcome).toMatch(/rejected|duplicate/);
		const second = await start(await createEmptySession(), '3');
		expect(second.item.outcome).toBe('duplicate');
		expectPaidOnce(fixture.sandbox, rowsOf('row', 1));
	});

	test('session cancelled with a payout in it: cancelled and final, no new session is advised', async () => {
		const rows = rowsOf('row', 1);
		const parameters = { confirmation: 'manual', waitFor: 'ready' };
		const waiting = jsonOf(await payAll(fixture, rows, { parameters }))[0];
		await runSession('cancel', { sessionId: waiting.sessionId });
		await fixture.sandbox.idle();
		const { item } = await start(waiting.sessionId, '2');
		expect(item).toMatchObject({
			outcome: 'cancelled',
			final: true,
			adviceCode: 'useNewReference',
		});
	});
});

test('Payment: Start in a cancelled session: the same code', async () => {
	const sessionId = await createCancelledSession();
	const parameters = { sessionId, ...newPayer(), ...PAYER_CARD, amount: '10' };
	const { error } = await execute('payment.start', parameters);
	expect(error).toMatchObject({ outcome: 'rejected', adviceCode: 'sessionCancelled' });
});

test('Session: Create that fails: the error names the Reference', async () => {
	fixture.sandbox.faults.add({ kind: 'errorBefore', times: 9, match: { path: 'session/create' } });
	const { error } = await execute('session.create', { sessionReference: 'row-1' });
	expect(error).toMatchObject({ reference: 'row-1' });
});

test('a payout is started in a session that was created with its Reference', async () => {
	const created = await execute('session.create', { sessionReference: 'row-1' });
	const { sessionId } = created.item;
	expect(created.item.reference).toBe('row-1');
	expect((await start(sessionId, '1')).item).toMatchObject({ outcome: 'succeeded', sessionId });
});

describe('duplicate', () => {
	test('Send names the session that it opened `triedSessionId`, and no `sessionId`', async () => {
		const [first] = jsonOf(await payAll(fixture, rowsOf('row', 1)));
		const [second] = jsonOf(await payAll(fixture, rowsOf('row', 1), { executionId: '2' }));
		expect(second).toMatchObject({ outcome: 'duplicate', triedSessionId: expect.any(String) });
		expect(second.triedSessionId).not.toBe(first.sessionId);
		expect(second).not.toHaveProperty('sessionId');
		const empty = await execute('session.get', { sessionId: second.triedSessionId });
		expect(empty.item).toMatchObject({ outcome: 'created', final: false });
	});

	test('Start names the given session `triedSessionId`', async () => {
		await payAll(fixture, rowsOf('row', 1));
		const sessionId = await createEmptySession();
		const { item } = await start(sessionId, '2');
		expect(item).toMatchObject({ outcome: 'duplicate', triedSessionId: sessionId });
		expect(item).not.toHaveProperty('sessionId');
	});

	test('Initiate opens no session: the output names none', async () => {
		const parameters = { operation: 'initiate' };
		fixture.sandbox.set({ autoConfirm: true });
		await payAll(fixture, rowsOf('row', 1), { parameters });
		const run = await payAll(fixture, rowsOf('row', 1), { parameters, executionId: '2' });
		expect(jsonOf(run)[0]).not.toHaveProperty('triedSessionId');
		expect(jsonOf(run)[0].outcome).toBe('duplicate');
		expect(requestsTo(fixture.sandbox, 'session/create')).toEqual([]);
	});

	test('Receipt: Create does the same as Send', async () => {
		const receipt = {
			reference: 'income-1',
			amount: '100',
			selfEmployedInn: '500100732259',
			payerType: 'individual',
			receiptServices: { service: [{ serviceName: 'Delivery', price: '100' }] },
		};
		const { item: first, error } = await execute('receipt.create', receipt);
		expect(error).toBeUndefined();
		const { item } = await execute('receipt.create', receipt, { executionId: '2' });
		expect(item).toMatchObject({ outcome: 'duplicate', triedSessionId: expect.any(String) });
		expect(item.triedSessionId).not.toBe(first.sessionId);
	});
});
