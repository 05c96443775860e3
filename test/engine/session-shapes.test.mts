/** A bank that closes a session without showing its payouts or refunds as a list: no operation reports succeeded. */
import { useFixture } from '../support/engineFixture.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { continueError, jsonOf } from '../support/runOperation.mts';
import { sessionsOf } from '../support/sessions.mts';
import { deliveryTo } from '../support/triggerDelivery.mts';

const fixture = useFixture();
const { runSession, createConfirmedPayout } = sessionsOf(fixture);

/** An amount that the sandbox declines after the confirmation. */
const DECLINED = '100.04';
const UNREADABLE = ['object', 'single', 'wrapped', 'renamed'] as const;

describe.each([...UNREADABLE, 'absent'] as const)(
	'closed session, list of payouts: %s',
	(listShape) => {
		test('Payout: Send of a declined payout: outcome unknown, one start', async () => {
			fixture.sandbox.set({ listShape, closesFailedAsAccepted: true });
			const row = { ...rowsOf('shape', 1)[0], amount: DECLINED };
			const run = await payAll(fixture, [row], {
				node: continueError,
				parameters: { confirmation: 'automatic', waitFor: 'final' },
			});
			expect(jsonOf(run)).toEqual([]);
			expect(jsonOf(run, 1)[0].error).toMatchObject({
				outcome: 'unknown',
				reference: 'shape-1',
				message: expect.stringContaining('does not show the payout'),
			});
		});
	},
);

describe.each(UNREADABLE)('closed session, list of payouts: %s', (listShape) => {
	test('Session: Get and Session: Wait: outcome unknown', async () => {
		const sessionId = await createConfirmedPayout('shape-2', { amount: DECLINED });
		await fixture.sandbox.idle();
		fixture.sandbox.set({ listShape, closesFailedAsAccepted: true });
		const { ok } = await runSession('get', { sessionId });
		expect(ok[0]).toMatchObject({
			outcome: 'unknown',
			advice: expect.stringContaining('Do not pay again'),
		});
		const { failed } = await runSession('wait', { sessionId });
		expect(failed[0]).toMatchObject({ outcome: 'unknown' });
	});

	test('Bank 131 Trigger: outcome unknown', async () => {
		const sessionId = await createConfirmedPayout('shape-3', { amount: DECLINED });
		await fixture.sandbox.idle();
		fixture.sandbox.set({ listShape, closesFailedAsAccepted: true });
		const body = fixture.sandbox.buildWebhook('payment_finished', sessionId);
		const { items } = await deliveryTo(fixture)(body, {
			parameters: { events: ['payment_finished'] },
		});
		expect(items?.[0].json).toMatchObject({ outcome: 'unknown', sessionId });
	});
});
