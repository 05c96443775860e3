/** Events and options of the trigger, and the item that starts the workflow. */
import { usePackage } from '../support/engineFixture.mts';
import { callHook, responseModeOf } from '../support/engine.mts';
import { payoutFinished, sessionBody, signed } from '../support/webhooks.mts';
import {
	ALL_EVENTS,
	bank,
	deliveryTo,
	expectIgnored,
	expectRefused,
	startedItem,
} from '../support/triggerDelivery.mts';

const fixture = usePackage();
const deliver = deliveryTo(fixture);

describe('genuine webhook', () => {
	test('payout finished: one item with outcome, IDs, reference and amount, without the body', async () => {
		const json = startedItem(await deliver(payoutFinished));
		expect(json).toMatchObject({
			event: 'payment_finished',
			eventId: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
			outcome: 'succeeded',
			sessionId: 'ps_131',
			payoutId: 'po_131',
			reference: 'PAY-131',
			amount: '1500.50',
			amountMinorUnits: 150050,
			currency: 'RUB',
		});
		expect(json).not.toHaveProperty('body');
	});

	test('Simplify off: the item has the body too', async () => {
		const parameters = { options: { simplify: false } };
		expect(startedItem(await deliver(payoutFinished, { parameters })).body).toEqual(
			JSON.parse(payoutFinished),
		);
	});

	test('sent twice: the same event ID; another webhook: another event ID', async () => {
		const [first, again] = [await deliver(payoutFinished), await deliver(payoutFinished)];
		expect(startedItem(again).eventId).toBe(startedItem(first).eventId);
		const other = payoutFinished.replace('po_131', 'po_132');
		expect(startedItem(await deliver(other)).eventId).not.toBe(startedItem(first).eventId);
	});

	test('body that n8n has not read: the trigger reads it', async () => {
		expect(startedItem(await deliver(payoutFinished, { bodyAlreadyRead: false })).sessionId).toBe(
			'ps_131',
		);
	});

	test('ready_to_confirm: the item has confirmInformation for Session: Confirm', async () => {
		const information = { transfer_details: { amount: { amount: 10000, currency: 'rub' } } };
		const body = JSON.stringify({
			...JSON.parse(sessionBody('ready_to_confirm', { next_action: 'confirm' })),
			confirm_information: information,
		});
		expect(startedItem(await deliver(body))).toMatchObject({
			outcome: 'awaitingConfirmation',
			confirmInformation: information,
		});
	});

	test.each([
		['not JSON', 'paid, thanks'],
		['a JSON list', '[{"type":"payment_finished"}]'],
		['JSON null', 'null'],
		['empty', ''],
		['truncated JSON', payoutFinished.slice(0, -1)],
	])('signed body that is %s: refused', async (_, body) => {
		expectRefused(await deliver(body));
	});
});

describe('Events', () => {
	test.each(ALL_EVENTS.filter((type) => type !== 'other'))(
		'%s: starts the workflow only if it is selected',
		async (type) => {
			const body = sessionBody(type);
			expect(startedItem(await deliver(body, { parameters: { events: [type] } }))).toMatchObject({
				event: type,
				sessionId: 'ps_131',
			});
			const others = ALL_EVENTS.filter((event) => event !== type);
			expectIgnored(await deliver(body, { parameters: { events: others } }));
		},
	);

	test.each([
		['unknown type', '{"type":"npd_income_registered","income":{"id":"7"}}'],
		['no type', '{"income":{"id":"7"}}'],
		['type that is a list', '{"type":["payment_finished"],"income":{"id":"7"}}'],
		['type "other"', '{"type":"other","income":{"id":"7"}}'],
	])(
		'%s: starts the workflow only with "other" selected, and without an outcome',
		async (_, body) => {
			expectIgnored(await deliver(body));
			const json = startedItem(await deliver(body, { parameters: { events: ['other'] } }));
			expect(json).toMatchObject({ body: { income: { id: '7' } } });
			expect(json).not.toHaveProperty('income');
			expect(json).not.toHaveProperty('outcome');
		},
	);

	test.each([
		['succeeded', { status: 'accepted' }, { status: 'succeeded' }],
		[
			'failed',
			{ status: 'accepted' },
			{ status: 'failed', error: { code: 'x', description: 'y' } },
		],
		['unknown', { status: 'error' }, { status: 'failed' }],
		['cancelled', { status: 'cancelled' }, { status: 'pending' }],
	])(
		'outcome %s: starts the workflow only if Outcomes is empty or contains it',
		async (outcome, session, payout) => {
			const body = sessionBody('payment_finished', session, payout);
			const deliverWith = (outcomes: string[]) =>
				deliver(body, { parameters: { options: { outcomes } } });
			expect(startedItem(await deliverWith([])).outcome).toBe(outcome);
			expect(startedItem(await deliverWith(['processing', outcome])).outcome).toBe(outcome);
			expectIgnored(await deliverWith(['processing', 'returned']));
		},
	);

	test('payout that was returned: outcome returned, ignored with Outcomes = succeeded', async () => {
		const refunds = [
			{ id: 'rf_1', status: 'accepted', amount_details: { amount: 10000, currency: 'rub' } },
		];
		const session = { status: 'accepted' };
		const body = sessionBody('payment_refunded', session, { status: 'succeeded', refunds });
		expect(startedItem(await deliver(body))).toMatchObject({
			event: 'payment_refunded',
			outcome: 'returned',
			refunds: [{ refundId: 'rf_1', amount: '100.00' }],
		});
		const onlySucceeded = { options: { outcomes: ['succeeded'] } };
		expectIgnored(await deliver(body, { parameters: onlySucceeded }));
	});

	test('event without a readable session: ignored with Outcomes = succeeded', async () => {
		const parameters = { events: ALL_EVENTS, options: { outcomes: ['succeeded'] } };
		for (const session of [undefined, [{ id: 'ps_1', status: 'accepted' }], 'ps_1']) {
			expectIgnored(
				await deliver(JSON.stringify({ type: 'payment_finished', session }), { parameters }),
			);
		}
	});
});

describe('Answer the Bank', () => {
	test.each<[string, object, string]>([
		['not set: onReceived', {}, 'onReceived'],
		['at once: onReceived', { answer: 'atOnce' }, 'onReceived'],
		['when the workflow has ended: lastNode', { answer: 'whenEnded' }, 'lastNode'],
	])('%s', (_name, options, mode) => {
		const parameters = { options: { ...options } };
		const responseMode = responseModeOf({
			loader: fixture.loader,
			nodeName: 'bank131Trigger',
			parameters,
		});
		expect(responseMode.evaluated).toBe(mode);
		if (responseMode.native) expect(responseMode.native).toEqual({ resolved: true, value: mode });
	});

	test('expression: n8n uses onReceived', () => {
		const parameters = { options: { answer: '={{ "when" + "Ended" }}' } };
		const responseMode = responseModeOf({
			loader: fixture.loader,
			nodeName: 'bank131Trigger',
			parameters,
		});
		expect(responseMode.evaluated).toBe('onReceived');
		if (responseMode.native) expect(responseMode.native).toMatchObject({ value: 'onReceived' });
	});
});

describe('hostile bodies', () => {
	test('10,000 nested lists: accepted if signed, else refused', async () => {
		const body = `{"type":"x","a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
		startedItem(await deliver(body, { parameters: { events: ['other'] } }));
		expectRefused(await deliver(body, { signature: 'AAAA' }));
	});

	test('16 MB: accepted if signed, else refused', async () => {
		const body = sessionBody('payment_finished', { filler: 'x'.repeat(16 * 1024 * 1024) });
		expect(startedItem(await deliver(body)).sessionId).toBe('ps_131');
		expectRefused(await deliver(body, { signature: signed('x', bank) }));
	});

	test('keys __proto__ and constructor: no prototype is changed', async () => {
		const poison = '{"polluted":true,"outcome":"succeeded"}';
		const body = `{"type":"payment_finished","__proto__":${poison},"session":{"id":"ps_1","__proto__":${poison},"payout_list":[{"constructor":{"prototype":${poison}}}]}}`;
		const json = startedItem(await deliver(body));
		expect(json.outcome).toBe('processing');
		expect(json.polluted).toBeUndefined();
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

test.each(['checkExists', 'create', 'delete'] as const)(
	'webhook method %s: true, without a request to the bank',
	async (hook) => {
		const credentials = { bank131Api: { bankPublicKey: bank.publicPem } };
		const { result, url } = await callHook({
			loader: fixture.loader,
			nodeName: 'bank131Trigger',
			hook,
			credentials,
		});
		expect(result).toBe(true);
		expect(url).toBe('http://localhost:5678/webhook/wh1/webhook');
	},
);
