/** The output `final`: whether a further run has anything to do for an item. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture } from '../support/engineFixture.mts';
import { outputsFirstAttempt } from '../support/engine.mts';
import { operationsOf } from '../support/operations.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { continueError, continueRegular, jsonOf } from '../support/runOperation.mts';
import { sessionsOf } from '../support/sessions.mts';

const fixture = useFixture();
const { execute } = operationsOf(fixture);
const { createConfirmedPayout, createEmptySession, createWaitingPayout } = sessionsOf(fixture);

/** Outcome and `final` of each row, of both outputs. */
async function pay(rows: object[], settings: Parameters<typeof payAll>[2] = {}) {
	const run = await payAll(fixture, rows, { node: continueError, ...settings });
	const items = [...jsonOf(run), ...jsonOf(run, 1).map(({ error }) => error)];
	return items.map(({ outcome, final }) => [outcome, final]);
}
const [row] = rowsOf('row', 1);

test.each<[string, INodeParameters]>([
	['succeeded', {}],
	['failed', { amount: '100.04' }],
])('payout with the outcome %s: final', async (outcome, columns) => {
	expect(await pay([{ ...row, ...columns }])).toEqual([[outcome, true]]);
});

test.each<[string, INodeParameters]>([
	['awaitingConfirmation', { confirmation: 'manual', waitFor: 'ready' }],
	['processing', { confirmation: 'manual', waitFor: 'started' }],
])('payout with the outcome %s: not final', async (outcome, parameters) => {
	expect(await pay([row], { parameters })).toEqual([[outcome, false]]);
});

test('a Reference that was used before: duplicate, not final', async () => {
	await pay([row]);
	expect(await pay([row], { executionId: '2' })).toEqual([['duplicate', false]]);
});

test('a row that is not valid: rejected, not final', async () => {
	expect(await pay([{ ...row, amount: 'a lot' }])).toEqual([['rejected', false]]);
});

test('a start that the bank refuses: rejected, not final', async () => {
	expect(await pay([{ ...row, amount: '100.02' }])).toEqual([['rejected', false]]);
});

test('a credential that cannot be used: every row is rejected and not final', async () => {
	const credential = { project: '' };
	const rows = rowsOf('all', 2);
	expect(await pay(rows, { credential })).toEqual([
		['rejected', false],
		['rejected', false],
	]);
	const run = await payAll(fixture, rows, { credential, node: continueRegular });
	expect(jsonOf(run).map(({ error }) => error.final)).toEqual([false, false]);
});

test('a start whose answers are all lost: unknown, not final', async () => {
	for (const path of ['session/start/payout', 'session/status']) {
		fixture.sandbox.faults.add({ kind: 'resetAfter', times: 99, match: { path } });
	}
	expect(await pay([row])).toEqual([['unknown', false]]);
});

test('a Reference that changes between two tries: unknown, not final', async () => {
	const parameters = { reference: '={{ $json.ref + "-" + Math.random() }}' };
	const rows = [{ ...row, amount: '100.02' }, row];
	const node = { ...continueError, retryOnFail: true, maxTries: 2 };
	const ends = await pay(rows, { parameters, node });
	if (outputsFirstAttempt) return;
	expect(ends).toEqual([
		['rejected', false],
		['unknown', false],
	]);
});

describe('a session', () => {
	test.each(['session.get', 'session.wait', 'session.cancel'])(
		'%s of an empty session that is cancelled: not final, because its payout can still be started',
		async (operation) => {
			const sessionId = await createEmptySession();
			await execute('session.cancel', { sessionId });
			const { items, error } = await execute(operation, { sessionId });
			expect(items[0] ?? error).toMatchObject({ outcome: 'cancelled', final: false });
		},
	);

	test.each(['session.get', 'session.wait'])(
		'%s of a cancelled payout: final',
		async (operation) => {
			const sessionId = await createWaitingPayout();
			await execute('session.cancel', { sessionId });
			await fixture.sandbox.idle();
			const { item } = await execute(operation, { sessionId });
			expect(item).toMatchObject({ outcome: 'cancelled', final: true });
		},
	);

	test('created: not final; `final` follows `outcome` in the output', async () => {
		const { item } = await execute('session.create');
		expect(item).toMatchObject({ outcome: 'created', final: false });
		const names = Object.keys(item as object);
		expect(names.indexOf('final')).toBe(names.indexOf('outcome') + 1);
	});

	test('a cancellation that is too late: the error says succeeded and final', async () => {
		const sessionId = await createConfirmedPayout();
		const { error } = await execute('session.cancel', { sessionId });
		expect(error).toMatchObject({ outcome: 'succeeded', final: true });
	});
});
