/** The summary in the output pane warns only about items that did not go as far as they were asked to. */
import type { INodeParameters } from 'n8n-workflow';

import { hintsOf } from '../support/engine.mts';
import { useFixture } from '../support/engineFixture.mts';
import { operationsOf } from '../support/operations.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { continueError } from '../support/runOperation.mts';
import { sessionsOf } from '../support/sessions.mts';

const fixture = useFixture();
const { execute, newReference, newPayer, createPaidPayment } = operationsOf(fixture);
const { createWaitingPayout } = sessionsOf(fixture);

/** The summary of a payout of 101.00 by Payout: Send. */
async function summaryOf(parameters: INodeParameters, timeLimit = 60, count = 1) {
	const run = await payAll(fixture, rowsOf(newReference(), count), {
		parameters,
		options: { timeLimit },
		node: continueError,
	});
	return hintsOf(run)[0];
}

describe('Payout: Send: no warning', () => {
	test.each<[string, INodeParameters, string]>([
		['Leave for Approval', { confirmation: 'manual' }, '1 awaiting confirmation'],
		[
			'Leave for Approval, Ready to Confirm',
			{ confirmation: 'manual', waitFor: 'ready' },
			'1 awaiting confirmation',
		],
		[
			'Leave for Approval, Started',
			{ confirmation: 'manual', waitFor: 'started' },
			'1 being processed',
		],
		['Confirmed', { confirmation: 'automatic', waitFor: 'confirmed' }, '1 being processed'],
		['Final Result', {}, '1 succeeded'],
	])('%s', async (_, parameters, text) => {
		const { type, message } = await summaryOf(parameters);
		expect({ type, message }).toMatchObject({
			type: 'info',
			message: expect.stringMatching(`^1 row: ${text}\\.`),
		});
	});
});

describe('Payout: Send: a warning', () => {
	test.each<[string, INodeParameters, string]>([
		['Confirm Automatically, not ready in time', {}, '1 being processed'],
		['Confirmed, not ready in time', { waitFor: 'confirmed' }, '1 being processed'],
		['Ready to Confirm, not ready in time', { confirmation: 'manual' }, '1 being processed'],
		[
			'Leave for Approval, Final Result, nobody confirms in time',
			{ confirmation: 'manual', waitFor: 'final' },
			'1 awaiting confirmation',
		],
	])('%s', async (name, parameters, text) => {
		const isReady = text.endsWith('confirmation');
		if (!isReady) fixture.sandbox.set({ processingMs: 60_000 });
		const { type, message } = await summaryOf(parameters, isReady ? 1 : 0);
		expect({ name, type, message }).toMatchObject({
			type: 'warning',
			message: expect.stringContaining(text),
		});
	});

	test('the bank shows another amount, so that the item is an error', async () => {
		fixture.sandbox.set({ deductedFee: 100 });
		const { type, message } = await summaryOf({});
		expect({ type, message }).toMatchObject({
			type: 'warning',
			message: expect.stringContaining('1 awaiting confirmation'),
		});
	});

	test('one of two rows is declined, or was paid before', async () => {
		const [first, second] = rowsOf('mixed', 2);
		const declined = await payAll(fixture, [first, { ...second, amount: '100.03' }], {
			node: continueError,
		});
		expect(hintsOf(declined)[0]).toMatchObject({ type: 'warning' });
		const again = await payAll(fixture, [first], { node: continueError });
		expect(hintsOf(again)[0]).toMatchObject({ type: 'warning' });
	});
});

test('Session: Confirm, Refund: Create and Payment: Initiate leave the rest to the trigger: no warning', async () => {
	const sessionId = await createWaitingPayout();
	const confirmed = await execute('session.confirm', { sessionId });
	const paid = await createPaidPayment('100');
	const refunded = await execute('refund.create', {
		sessionId: paid.sessionId,
		reference: newReference(),
	});
	const initiated = await execute('payment.initiate', {
		...newPayer(),
		paymentMethod: 'fpsQr',
		amount: '100',
	});
	for (const { run } of [confirmed, refunded, initiated]) {
		expect(hintsOf(run)[0]).toMatchObject({
			type: 'info',
			message: expect.stringContaining('1 being processed'),
		});
	}
});
