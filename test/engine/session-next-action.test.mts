/** A bank whose sessions have no `next_action`. */
import { useFixture } from '../support/engineFixture.mts';
import { paidFor } from '../support/ledger.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { jsonOf } from '../support/runOperation.mts';
import { sessionsOf } from '../support/sessions.mts';
import { deliveryTo } from '../support/triggerDelivery.mts';

const fixture = useFixture();
const { runSession, createWaitingPayout } = sessionsOf(fixture);

beforeEach(() => fixture.sandbox.set({ hidesNextAction: true }));

test('Payout: Send: succeeded, paid once', async () => {
	const run = await payAll(fixture, rowsOf('next', 2));
	expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
	expect(paidFor(fixture.sandbox, 'next-1')).toHaveLength(1);
	expect(paidFor(fixture.sandbox, 'next-2')).toHaveLength(1);
});

test('Leave for Approval, Session: Wait, Session: Confirm: paid once', async () => {
	const sessionId = await createWaitingPayout();
	const waited = await runSession('wait', { sessionId, waitFor: 'ready' });
	expect(waited.ok[0]).toMatchObject({ outcome: 'awaitingConfirmation' });
	const { ok } = await runSession('confirm', { sessionId, expectedAmount: '101.00' });
	expect(ok[0]).toMatchObject({ outcome: 'processing' });
	await fixture.sandbox.idle();
	expect(paidFor(fixture.sandbox, 'wait-1')).toHaveLength(1);
});

test('Bank 131 Trigger, filter Outcomes on Awaiting Confirmation: ready_to_confirm starts the workflow', async () => {
	const sessionId = await createWaitingPayout();
	const body = fixture.sandbox.buildWebhook('ready_to_confirm', sessionId);
	const { items } = await deliveryTo(fixture)(body, {
		parameters: {
			events: ['ready_to_confirm'],
			options: { outcomes: ['awaitingConfirmation'] },
		},
	});
	expect(items?.[0].json).toMatchObject({ outcome: 'awaitingConfirmation', sessionId });
});
