/** Session: Initiate Multiple, payments and payouts in one session. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import { sendToAccount } from '../support/payouts.mts';
import { requestsTo } from '../support/ledger.mts';
import { operationsOf } from '../support/operations.mts';

const fixture = useFixture();
const { execute, newReference } = operationsOf(fixture);

describe('Session: Initiate Multiple', () => {
	test('new Reference: processing; same Reference again: duplicate; invalid lists: fields named', async () => {
		const payments = [
			{
				payment_details: { type: 'faster_payment_system', faster_payment_system: {} },
				amount_details: { amount: 10_000, currency: 'rub' },
				customer: { reference: 'user-42' },
			},
		];
		const payouts = [
			{
				payout_details: { type: 'wallet', wallet: { type: 'steam', steam: { account: 'gamer' } } },
				amount_details: { amount: 9900, currency: 'rub' },
				participant_details: { recipient: { full_name: 'Full Name' } },
				metadata: { order: 7 },
			},
		];
		const reference = newReference();
		const { item } = await execute('session.initMultiple', {
			reference,
			paymentList: JSON.stringify(payments),
			payoutList: payouts,
		} as INodeParameters);
		expect(item).toMatchObject({ outcome: 'processing', reference });
		expect(item.operations.map(({ kind }: Loose) => kind)).toEqual(['payout', 'payment']);
		// The user's metadata stays beside the reference, which identifies the operation in webhooks.
		const sent = requestsTo(fixture.sandbox, 'session/multi/init').at(-1)?.body as Loose;
		expect(sent.payout_list[0].metadata).toEqual({ order: 7, reference });
		expect(sent.payment_list[0].metadata).toEqual({ reference });
		const { item: second } = await execute('session.initMultiple', {
			reference,
			paymentList: payments,
			payoutList: payouts,
		} as unknown as INodeParameters);
		expect(second).toMatchObject({ outcome: 'duplicate' });
		// Payout: Send with the same Reference is a duplicate too.
		const { item: alone } = await execute('payout.send', { ...sendToAccount, reference });
		expect(alone).toMatchObject({ outcome: 'duplicate' });
		const { error } = await execute('session.initMultiple', {
			reference: newReference(),
			paymentList: '[]',
			payoutList: '{',
		});
		expect(error.problems.map(({ field }: Loose) => field)).toEqual([
			'Payments (JSON)',
			'Payouts (JSON)',
		]);
	});

	test('metadata as JSON text with a reference of its own: the Reference of the item replaces it', async () => {
		const reference = newReference();
		const { item } = await execute('session.initMultiple', {
			reference,
			paymentList: [
				{
					payment_details: { type: 'faster_payment_system', faster_payment_system: {} },
					amount_details: { amount: 10_000, currency: 'rub' },
					customer: { reference: 'user-42' },
				},
			],
			payoutList: [
				{
					payout_details: {
						type: 'wallet',
						wallet: { type: 'steam', steam: { account: 'gamer' } },
					},
					amount_details: { amount: 9900, currency: 'rub' },
					participant_details: { recipient: { full_name: 'Full Name' } },
					metadata: '{"reference":"sub-1","order":7}',
				},
			],
		} as unknown as INodeParameters);
		expect(item).toMatchObject({ outcome: 'processing', reference });
		const sent = requestsTo(fixture.sandbox, 'session/multi/init').at(-1)?.body as Loose;
		expect(sent.payout_list[0].metadata).toEqual({ order: 7, reference });
	});

	test('Session: Confirm of a session with two payouts and the amount of one: refused', async () => {
		const payout = (amount: number) => ({
			payout_details: { type: 'wallet', wallet: { type: 'steam', steam: { account: 'gamer' } } },
			amount_details: { amount, currency: 'rub' },
			participant_details: { recipient: { full_name: 'Full Name' } },
		});
		const { item } = await execute('session.initMultiple', {
			reference: newReference(),
			paymentList: [
				{
					payment_details: { type: 'faster_payment_system', faster_payment_system: {} },
					amount_details: { amount: 20_000, currency: 'rub' },
					customer: { reference: 'user-42' },
				},
			],
			payoutList: [payout(9900), payout(1_000_000)],
		} as unknown as INodeParameters);
		for (const expectedAmount of ['99', '10000']) {
			const { error } = await execute('session.confirm', {
				sessionId: item.sessionId,
				expectedAmount,
			});
			expect(error.message).toContain('the session holds 2 payouts');
		}
	});
});
