/** Check With Bank at a bank whose reads lag behind its events. */
import type { JsonObject } from '../../bank131/lib/json.ts';
import { useFixture } from '../support/engineFixture.mts';
import { HostDate } from '../support/engine.mts';
import {
	deliveryTo,
	expectIgnored,
	expectRefused,
	startedItem,
	type Delivery,
} from '../support/triggerDelivery.mts';
import { requestsTo } from '../support/ledger.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { jsonOf } from '../support/runOperation.mts';
import { sessionBody } from '../support/webhooks.mts';

const fixture = useFixture();
const deliver = deliveryTo(fixture);

const SECOND = 1000;
const LIMIT = 180 * SECOND;

let time = Date.now();
let sessions = 0;

beforeEach(() => {
	jest.spyOn(HostDate, 'now').mockImplementation(() => time);
});
afterEach(() => {
	jest.restoreAllMocks();
	fixture.sandbox.faults.clear();
});

const refund = {
	id: 'rf_1',
	status: 'accepted',
	amount_details: { amount: 10000, currency: 'rub' },
};
const states = {
	created: [{ status: 'created', payout_list: undefined }, {}],
	checking: [{ updated_at: '2026-11-21T10:00:01.000000Z' }, {}],
	ready: [
		{ next_action: 'confirm', updated_at: '2026-11-21T10:00:02.000000Z' },
		{ status: 'pending' },
	],
	paying: [{ updated_at: '2026-11-21T10:00:03.000000Z' }, {}],
	undated: [{ updated_at: undefined }, {}],
	dated: [{ updated_at: '2026-11-21 10:00:01' }, {}],
	paid: [{ status: 'accepted' }, { status: 'succeeded' }],
	returned: [{ status: 'accepted' }, { status: 'succeeded', refunds: [refund] }],
} satisfies Record<string, [JsonObject, JsonObject]>;
type State = keyof typeof states;

/** Delivers a webhook of the sandbox with the option Check With Bank. */
const deliverChecked = async (body: string, outcomes: string[] = [], more: Delivery = {}) =>
	await deliver(body, {
		signature: fixture.sandbox.signWebhook(body),
		publicKey: fixture.sandbox.bankPublicKey,
		credential: fixture.credential({ bankPublicKey: fixture.sandbox.bankPublicKey })
			.bank131Api as Record<string, string>,
		parameters: { options: { checkWithBank: true, outcomes } },
		...more,
	});

/** An event of a session of its own, and how the bank shows that session when it is asked. */
function eventOf(type: string, state: State) {
	const id = `ps_lag_${++sessions}`;
	const bodyOf = (shown: State): string => {
		const [session, payout] = states[shown];
		return sessionBody(type, { id, ...session }, payout);
	};
	const body = bodyOf(state);
	return {
		body,
		async deliver(read: State, outcomes: string[] = [], more: Delivery & { body?: string } = {}) {
			fixture.sandbox.faults.clear();
			fixture.sandbox.faults.add({
				kind: 'errorBefore',
				status: 200,
				body: JSON.stringify({ status: 'ok', ...JSON.parse(bodyOf(read)) }),
				match: { path: 'session/status' },
				times: 9,
			});
			return await deliverChecked(more.body ?? body, outcomes, more);
		},
	};
}

const cases: Array<[string, State, State, string]> = [
	['ready_to_confirm', 'ready', 'created', 'awaitingConfirmation'],
	['ready_to_confirm', 'ready', 'checking', 'awaitingConfirmation'],
	['payment_finished', 'paid', 'created', 'succeeded'],
	['payment_finished', 'paid', 'ready', 'succeeded'],
	['payment_finished', 'paid', 'paying', 'succeeded'],
	['payment_refunded', 'returned', 'paid', 'returned'],
	['payment_refunded', 'paid', 'paid', 'returned'],
];

describe.each(cases)('%s (%s), the bank shows %s', (type, state, read, outcome) => {
	test.each([[[outcome]], [[]]])(
		'Outcomes %j: 503 until the bank shows the state, then it starts the workflow',
		async (outcomes) => {
			const event = eventOf(type, state);
			expectRefused(await event.deliver(read, outcomes), 503);
			time += 60 * SECOND;
			expectRefused(await event.deliver(read, outcomes), 503);
			time += 60 * SECOND;
			const shown = type === 'payment_refunded' ? 'returned' : state;
			const item = startedItem(await event.deliver(shown, outcomes));
			expect(item).toMatchObject({ event: type, outcome });
			expect(item).not.toHaveProperty('bankStateLags');
		},
	);

	test('503 for three minutes, then the state of the event starts the workflow, marked', async () => {
		const event = eventOf(type, state);
		expectRefused(await event.deliver(read, [outcome]), 503);
		time += LIMIT - 1;
		expectRefused(await event.deliver(read, [outcome]), 503);
		time += 1;
		const marked = { event: type, outcome, bankStateLags: true, reference: 'PAY-131' };
		expect(startedItem(await event.deliver(read, [outcome]))).toMatchObject(marked);
		time += 3600 * SECOND;
		expect(startedItem(await event.deliver(read, [outcome]))).toMatchObject(marked);
	});

	test('after the limit the filter Outcomes applies to the state of the event', async () => {
		const event = eventOf(type, state);
		expectRefused(await event.deliver(read, ['failed']), 503);
		time += LIMIT;
		expectIgnored(await event.deliver(read, ['failed']));
	});
});

test('each event has its own three minutes', async () => {
	const [first, second] = [
		eventOf('payment_finished', 'paid'),
		eventOf('payment_finished', 'paid'),
	];
	expectRefused(await first.deliver('ready'), 503);
	time += LIMIT - SECOND;
	expectRefused(await second.deliver('ready'), 503);
	time += SECOND;
	expect(startedItem(await first.deliver('ready'))).toMatchObject({ bankStateLags: true });
	expectRefused(await second.deliver('ready'), 503);
});

test('the bank gives up after a minute, before its reads are in time: the event starts nothing', async () => {
	const event = eventOf('payment_finished', 'paid');
	for (const wait of [0, 10 * SECOND, 50 * SECOND]) {
		time += wait;
		expectRefused(await event.deliver('paying'), 503);
	}
	// Nobody sends the event again, so nothing asks when the bank shows the state.
	expect(requestsTo(fixture.sandbox, 'session/status')).toHaveLength(3);
});

test('the bank repeats the event with other times: the same three minutes', async () => {
	const event = eventOf('ready_to_confirm', 'ready');
	expectRefused(await event.deliver('created'), 503);
	time += LIMIT;
	const body = event.body.replace('10:00:02', '10:00:09');
	const item = startedItem(await event.deliver('created', [], { body }));
	expect(item).toMatchObject({ outcome: 'awaitingConfirmation', bankStateLags: true });
});

test.each<[State, string]>([
	['paying', 'processing'],
	['undated', 'processing'],
	['dated', 'processing'],
	['paid', 'succeeded'],
	['returned', 'returned'],
])(
	'ready_to_confirm, the bank shows %s: late, so the outcome is %s at once',
	async (read, outcome) => {
		const event = eventOf('ready_to_confirm', 'ready');
		const item = startedItem(await event.deliver(read));
		expect(item.outcome).toBe(outcome);
		expect(item).not.toHaveProperty('bankStateLags');
		expectIgnored(await event.deliver(read, ['awaitingConfirmation']));
	},
);

test('the webhooks of a payout, reads a minute late: 503, then its outcome once the reads are in time', async () => {
	fixture.sandbox.set({ readLagMs: 60_000 });
	const parameters = { confirmation: 'manual', waitFor: 'started' };
	const [{ sessionId }] = jsonOf(await payAll(fixture, rowsOf('late', 1), { parameters }));
	await fixture.sandbox.idle();
	const ready = fixture.sandbox.buildWebhook('ready_to_confirm', sessionId);
	expectRefused(await deliverChecked(ready), 503);
	fixture.sandbox.set({ readLagMs: 0 });
	expect(startedItem(await deliverChecked(ready)).outcome).toBe('awaitingConfirmation');

	fixture.sandbox.set({ readLagMs: 60_000 });
	fixture.sandbox.runAction(sessionId, 'confirm');
	await fixture.sandbox.idle();
	const finished = fixture.sandbox.buildWebhook('payment_finished', sessionId);
	expectRefused(await deliverChecked(finished), 503);
	fixture.sandbox.set({ readLagMs: 0 });
	expect(startedItem(await deliverChecked(finished)).outcome).toBe('succeeded');
});

test('without Check With Bank nothing is read and nothing is marked', async () => {
	const event = eventOf('payment_finished', 'paid');
	const item = startedItem(await event.deliver('created', [], { parameters: { options: {} } }));
	expect(item.outcome).toBe('succeeded');
	expect(item).not.toHaveProperty('bankStateLags');
});
