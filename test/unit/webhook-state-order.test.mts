/** Check With Bank: whether the state that the bank shows is earlier than its event. */
import { createFirstSeen } from '../../bank131/lib/firstSeen.ts';
import { readSession, type SessionView } from '../../bank131/session/session.ts';
import { resolveContradictions, withPendingActionOf } from '../../bank131/webhooks/webhook.ts';
import { isEarlierThanEvent } from '../../bank131/webhooks/stateOrder.ts';
import type { JsonObject } from '../../bank131/lib/json.ts';

const refund = { id: 'rf_1', status: 'accepted', amount_details: { amount: 100, currency: 'rub' } };
const interaction = { type: 'redirect', redirect: { url: 'https://bank/3ds' } };

const session = (status: string, fields: JsonObject = {}): JsonObject => ({
	id: 'ps_1',
	status,
	...fields,
});
const payout = (status: string, more: JsonObject = {}) => ({
	payout_list: [{ id: 'po_1', status, ...more }],
});
const payment = (status: string, more: JsonObject = {}) => ({
	payment_list: [{ id: 'pm_1', status, amount_details: { amount: 300, currency: 'rub' }, ...more }],
});
const at = (second: number) => ({ updated_at: `2026-11-21T10:00:0${second}.000000Z` });

const created = session('created');
const checking = session('in_progress', payout('in_progress'));
const ready = session('in_progress', { next_action: 'confirm', ...payout('pending') });
const paying = checking;
const paid = session('accepted', payout('succeeded'));
const declined = session('cancelled', payout('failed'));
const bankError = session('error', payout('failed'));
const returned = session('accepted', payout('succeeded', { refunds: [refund] }));
const payerMustAct = session(
	'in_progress',
	payment('pending', { customer_interaction: interaction }),
);
const held = session('in_progress', { next_action: 'capture', ...payment('pending') });
const heldWithoutAction = session('in_progress', payment('pending'));
const taken = session('accepted', payment('succeeded'));
const refunds = (...statuses: string[]) =>
	session(
		'accepted',
		payment('succeeded', {
			refunds: statuses.map((status, index) => ({ ...refund, id: `rf_${index}`, status })),
		}),
	);
const split = (paymentStatus: string, more: JsonObject = {}) =>
	session('in_progress', { ...payment(paymentStatus, more), ...payout('pending') });

const eventView = (type: string, body: JsonObject): SessionView =>
	withPendingActionOf(type, resolveContradictions(type, readSession({ session: body })))!;

const isEarlier = (type: string, event: JsonObject, read: JsonObject): boolean =>
	isEarlierThanEvent(type, eventView(type, event), eventView(type, read));

test.each<[string, string, JsonObject, JsonObject]>([
	['a payout that waits, nothing started', 'ready_to_confirm', ready, created],
	[
		'a payout that waits, still being checked by its times',
		'ready_to_confirm',
		{ ...ready, ...at(2) },
		{ ...checking, ...at(1) },
	],
	[
		'the same, a microsecond apart',
		'ready_to_confirm',
		{ ...ready, updated_at: '2026-11-21T10:00:00.123457Z' },
		{ ...checking, updated_at: '2026-11-21T10:00:00.123456Z' },
	],
	[
		'the same, in another zone',
		'ready_to_confirm',
		{ ...ready, updated_at: '2026-11-21T10:00:02Z' },
		{ ...checking, updated_at: '2026-11-21T13:00:01+03:00' },
	],
	['a paid payout, nothing started', 'payment_finished', paid, created],
	['a paid payout, being checked', 'payment_finished', paid, checking],
	['a paid payout, waiting for its confirmation', 'payment_finished', paid, ready],
	['a paid payout, the result was unknown', 'payment_finished', paid, bankError],
	['a declined payout, waiting for its confirmation', 'payment_finished', declined, ready],
	['an unknown result, still in progress', 'payment_finished', bankError, paying],
	['a returned payout, still in progress', 'payment_refunded', returned, paying],
	['a returned payout, no return yet', 'payment_refunded', returned, paid],
	['a return that the event does not list, no return yet', 'payment_refunded', paid, paid],
	['a refund, no refund yet', 'payment_refunded', refunds('accepted'), taken],
	[
		'a refund that is in progress, no refund yet',
		'payment_refunded',
		refunds('in_progress'),
		taken,
	],
	[
		'a second refund, only the first one yet',
		'payment_refunded',
		refunds('accepted', 'accepted'),
		refunds('accepted'),
	],
	[
		'a second refund, which is in progress yet',
		'payment_refunded',
		refunds('accepted', 'accepted'),
		refunds('accepted', 'in_progress'),
	],
	['a payer who must act, nothing started', 'action_required', payerMustAct, created],
	['a payer who must act, no link yet', 'action_required', payerMustAct, heldWithoutAction],
	[
		'a payer of a split payment who must act, no link yet',
		'action_required',
		split('pending', { customer_interaction: interaction }),
		split('pending'),
	],
	['held money, the payer must act', 'ready_to_capture', held, payerMustAct],
	['a taken payment, held', 'payment_finished', taken, held],
])('%s: earlier', (_, type, event, read) => {
	expect(isEarlier(type, event, read)).toBe(true);
	// The other way round the event is late.
	expect(isEarlier(type === 'payment_refunded' ? 'other' : type, read, event)).toBe(false);
});

test.each<[string, string, JsonObject, JsonObject]>([
	['a payout that waits, the same', 'ready_to_confirm', ready, ready],
	['a payout that waits, confirmed', 'ready_to_confirm', ready, paying],
	[
		'a payout that waits, confirmed by its times',
		'ready_to_confirm',
		{ ...ready, ...at(1) },
		{ ...paying, ...at(2) },
	],
	[
		'a payout that waits, in progress at the same time',
		'ready_to_confirm',
		{ ...ready, ...at(1) },
		{ ...paying, ...at(1) },
	],
	[
		'a payout that waits, in progress at a time without a zone',
		'ready_to_confirm',
		{ ...ready, ...at(2) },
		{ ...paying, updated_at: '2026-11-21 10:00:01' },
	],
	['a payout that waits, paid', 'ready_to_confirm', ready, paid],
	['a payout that waits, cancelled', 'ready_to_confirm', ready, declined],
	['a payout that waits, the result is unknown', 'ready_to_confirm', ready, bankError],
	[
		'a payout that waits, pending without next_action',
		'ready_to_confirm',
		ready,
		session('in_progress', payout('pending')),
	],
	['a paid payout, returned', 'payment_finished', paid, returned],
	['an unknown result, paid', 'payment_finished', bankError, paid],
	[
		'a paid payout, whose list cannot be read',
		'payment_finished',
		paid,
		session('accepted', { payout_list: { 1: { id: 'po_1', status: 'succeeded' } } }),
	],
	[
		'a returned payout, whose refunds cannot be read',
		'payment_refunded',
		returned,
		session('accepted', payout('succeeded', { refunds: { 1: refund } })),
	],
	[
		'a refund, two refunds',
		'payment_refunded',
		refunds('accepted'),
		refunds('accepted', 'accepted'),
	],
	[
		'a refund that did not go through, the same',
		'payment_refunded',
		refunds('in_progress'),
		refunds('in_progress'),
	],
	[
		'a payer who must act, who has acted',
		'action_required',
		payerMustAct,
		session('in_progress', payment('in_progress')),
	],
	['a payer who must act, who has paid', 'action_required', payerMustAct, taken],
	[
		'a payer of a split payment who must act, who has paid',
		'action_required',
		split('pending', { customer_interaction: interaction }),
		split('succeeded'),
	],
	['held money, taken', 'ready_to_capture', held, taken],
	[
		'a finished part of a split payment, the same',
		'payment_finished',
		split('succeeded'),
		split('succeeded'),
	],
])('%s: not earlier', (_, type, event, read) => {
	expect(isEarlier(type, event, read)).toBe(false);
});

test.each(['succeeded', 'failed', 'pending', ''])(
	'the same session, payout %j, with any event: not earlier',
	(status) => {
		for (const sessionStatus of [
			'created',
			'in_progress',
			'accepted',
			'cancelled',
			'error',
			'new',
		]) {
			const same = session(sessionStatus, payout(status, { refunds: [refund] }));
			for (const type of [
				'payment_finished',
				'payment_refunded',
				'ready_to_confirm',
				'new_event',
			]) {
				expect(isEarlier(type, same, same)).toBe(false);
			}
		}
	},
);

describe('the time since an event was first seen', () => {
	const clock = { time: 1000 };
	const start = (maxKeys = 2) => createFirstSeen({ maxKeys, now: () => clock.time });

	test('grows for the same key, and is its own for every key', () => {
		const lagOf = start();
		expect(lagOf('a')).toBe(0);
		clock.time += 50;
		expect(lagOf('b')).toBe(0);
		clock.time += 7;
		expect([lagOf('a'), lagOf('b')]).toEqual([57, 7]);
	});

	test('more keys than fit: the oldest is forgotten', () => {
		const lagOf = start();
		for (const key of ['a', 'b', 'c']) lagOf(key);
		clock.time += 5;
		expect([lagOf('c'), lagOf('b'), lagOf('a')]).toEqual([5, 5, 0]);
	});

	test('a clock that was set back: counted from then on', () => {
		const lagOf = start();
		lagOf('a');
		clock.time -= 500;
		expect(lagOf('a')).toBe(0);
		clock.time += 20;
		expect(lagOf('a')).toBe(20);
	});
});
