/** Events in forms that the bank's samples and its SDK show, or that other systems make of them. */
import { usePackage } from '../support/engineFixture.mts';
import {
	ALL_EVENTS,
	deliveryTo,
	expectIgnored,
	expectRefused,
	startedItem,
	type Delivery,
} from '../support/triggerDelivery.mts';
import { payoutFinished, sessionBody } from '../support/webhooks.mts';

const deliver = deliveryTo(usePackage());

const withOptions = (options: Record<string, string | boolean | string[]>): Delivery => ({
	parameters: { events: ALL_EVENTS, options },
});

describe('event without a session', () => {
	const own = { outcome: 'succeeded', reference: 'PAY-1', amount: '100.00', sessionId: 'ps_1' };

	test.each([
		['a top-up', { type: 'nominal_topup', ...own, balance: { amount: 5 } }],
		['an unknown event', { type: 'npd_income_registered', ...own }],
		[
			'an event with its own event and eventId',
			{ type: 'other', event: 'x', eventId: 'y', ...own },
		],
		['an event whose session is a text', { type: 'payment_finished', session: 'ps_1', ...own }],
	])('%s with our field names: they are output under body only', async (_, event) => {
		for (const simplify of [true, false]) {
			const json = startedItem(await deliver(JSON.stringify(event), withOptions({ simplify })));
			expect(json).toEqual({
				event: event.type,
				eventId: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
				body: event,
			});
		}
		const paidOnly = withOptions({ outcomes: ['succeeded'] });
		expectIgnored(await deliver(JSON.stringify(event), paidOnly));
	});

	test.each([
		['card', { card: { number: '4242424242424242' } }, '4242424242424242'],
		['account', { account: '40817810100000270411' }, '40817810100000270411'],
		['phone', { payer: { phone: '79680000000' } }, '79680000000'],
		['card in a text', { purpose: 'from 4242 4242 4242 4242' }, '4242 4242 4242 4242'],
	])('%s in its data: masked', async (_, data, secret) => {
		const body = JSON.stringify({ type: 'nominal_topup', data });
		const item = startedItem(await deliver(body, withOptions({ simplify: false })));
		expect(JSON.stringify(item)).not.toContain(secret);
	});
});

describe('session without next_action', () => {
	test.each([
		['ready_to_confirm', 'in_progress', 'awaitingConfirmation'],
		['ready_to_confirm', 'pending', 'awaitingConfirmation'],
		['ready_to_capture', 'pending', 'awaitingCapture'],
		['ready_to_capture', 'in_progress', 'awaitingCapture'],
	])('%s, %s: passes the filter Outcomes as %s', async (type, status, outcome) => {
		const body = sessionBody(type, {}, { status });
		const item = startedItem(await deliver(body, withOptions({ outcomes: [outcome] })));
		expect(item).toMatchObject({ event: type, outcome });
		expectIgnored(await deliver(body, withOptions({ outcomes: ['processing'] })));
	});

	test.each(['action_required', 'payment_finished', 'confirmation_payout'])(
		'%s: processing',
		async (type) => {
			const body = sessionBody(type, {}, { status: 'pending' });
			expect(startedItem(await deliver(body, withOptions({}))).outcome).toBe('processing');
		},
	);
});

describe('amount as text', () => {
	test.each([
		['150050', '1500.50'],
		['0', '0.00'],
		['5', '0.05'],
	])('"%s": output', async (text, amount) => {
		const body = payoutFinished.replace('"amount":150050', `"amount":"${text}"`);
		expect(startedItem(await deliver(body))).toMatchObject({
			amount,
			amountMinorUnits: Number(text),
		});
	});

	test.each(['150050.00', '1.5e5', '150 050', ' 1', '+1', '01', '-1', ''])(
		'"%s": left out',
		async (text) => {
			const body = payoutFinished.replace('"amount":150050', `"amount":"${text}"`);
			const item = startedItem(await deliver(body));
			expect(item).toMatchObject({ outcome: 'succeeded' });
			expect(item).not.toHaveProperty('amount');
			expect(item).not.toHaveProperty('amountMinorUnits');
		},
	);
});

describe('byte order mark before the JSON', () => {
	test('one, signed: read', async () => {
		expect(startedItem(await deliver(`\uFEFF${payoutFinished}`)).outcome).toBe('succeeded');
	});

	test.each([
		['two, signed', `\uFEFF\uFEFF${payoutFinished}`, {}],
		['one, not signed', `\uFEFF${payoutFinished}`, { signature: 'AAAA' }],
	])('%s: refused', async (_, body, delivery) => {
		expectRefused(await deliver(body, delivery));
	});
});
