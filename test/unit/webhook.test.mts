import { createHash, createPublicKey } from 'node:crypto';

import { readWebhook, webhookTypes } from '../../bank131/webhooks/webhook.ts';
import { describeEvent } from '../../nodes/Bank131Trigger/describeEvent.ts';
import { sessionAdvice } from '../../nodes/shared/messages/adviceTexts.ts';
import { bankKey, payoutFinished, sessionBody, signed } from '../support/webhooks.mts';

const bank = bankKey();
const keys = [createPublicKey(bank.publicPem)];

async function read(body: string | Buffer) {
	const result = await readWebhook(Buffer.from(body), signed(body, bank), keys);
	if (!result.ok) throw new Error(result.problem.code);
	return result.value;
}

/** The output of the trigger for a webhook body. */
async function described(body: string | Buffer, simplify = true) {
	const event = await read(body);
	return describeEvent(event, simplify, event.session && sessionAdvice(event.session));
}

test('the event id is the SHA-256 of the exact bytes', async () => {
	const sha = createHash('sha256').update(payoutFinished).digest('hex');
	expect((await read(payoutFinished)).eventId).toBe(sha);
	expect((await read(payoutFinished)).eventId).toBe(
		(await read(Buffer.from(payoutFinished))).eventId,
	);
	expect((await read(`${payoutFinished} `)).eventId).not.toBe(sha);
});

const rejectedWith = (code: string) => ({ ok: false, problem: { code } });

test.each([
	['no signature', undefined, 'webhook.noSignature'],
	['an empty signature', '', 'webhook.noSignature'],
	['the signature of another body', signed('{}', bank), 'webhook.invalidSignature'],
])('a webhook with %s is rejected', async (_name, signature, code) => {
	expect(await readWebhook(Buffer.from(payoutFinished), signature, keys)).toEqual(
		rejectedWith(code),
	);
});

test('a webhook is rejected if there is no key to verify it', async () => {
	const bytes = Buffer.from(payoutFinished);
	expect(await readWebhook(bytes, signed(bytes, bank), [])).toEqual(
		rejectedWith('webhook.invalidSignature'),
	);
});

test.each(['', 'payment_finished', '[]', 'null', '"text"', '131', '{"type":'])(
	'the signed body %p is rejected: not a JSON object',
	async (body) => {
		expect(await readWebhook(Buffer.from(body), signed(body, bank), keys)).toEqual(
			rejectedWith('webhook.notJson'),
		);
	},
);

const outcomeByType: Record<string, string> = {
	ready_to_capture: 'awaitingCapture',
	ready_to_confirm: 'awaitingConfirmation',
};

test.each(webhookTypes)('an event %s gives the fields of its session', async (type) => {
	expect(await described(sessionBody(type))).toMatchObject({
		event: type,
		sessionId: 'ps_131',
		outcome: outcomeByType[type] ?? 'processing',
		reference: 'PAY-131',
		amount: '100.00',
	});
});

describe('an event without a session', () => {
	const eventFields = (body: string, type: string) => ({
		event: type,
		eventId: createHash('sha256').update(body).digest('hex'),
	});

	test.each([true, false])(
		'own event, eventId, outcome, reference and amount: output under body only (Simplify %p)',
		async (simplify) => {
			const fields = {
				type: 'nominal_topup',
				event: 'payment_finished',
				eventId: 'chosen by the sender',
				outcome: 'succeeded',
				reference: 'PAY-1',
				amount: '100.00',
				balance: { amount: 5 },
			};
			const body = JSON.stringify(fields);
			expect(await described(body, simplify)).toEqual({
				...eventFields(body, 'nominal_topup'),
				body: fields,
			});
		},
	);

	test.each([
		[
			'card number',
			{ card: { number: '4242424242424242' } },
			{ card: { number: '424242******4242' } },
		],
		['account', { account: '40817810100000270411' }, { account: '40817***0411' }],
		['phone', { payer: { phone: '79680000000' } }, { payer: { phone: '7968***0000' } }],
		['token', [{ token: 'a1b2c3' }], [{ token: '***' }]],
		['card number in a text', { note: 'to 4242 4242 4242 4242' }, { note: 'to 424242******4242' }],
	])('%s in the body: masked', async (_name, data, masked) => {
		const body = JSON.stringify({ type: 'x', data });
		expect(await described(body)).toEqual({
			...eventFields(body, 'x'),
			body: { type: 'x', data: masked },
		});
	});
});

test('without Simplify the output has the whole body', async () => {
	expect(await described(payoutFinished, false)).toMatchObject({
		outcome: 'succeeded',
		body: JSON.parse(payoutFinished),
	});
	expect(await described(payoutFinished)).not.toHaveProperty('body');
});

describe('the outcome of a session that is incomplete or contradicts its event', () => {
	const paid = { status: 'succeeded' };
	const accepted = { status: 'accepted' };
	const rub = (amount: number) => ({ amount, currency: 'rub' });
	const returned = { id: 'rf_1', status: 'accepted', amount_details: rub(10000) };

	test.each<[string, string, Record<string, unknown>, Record<string, unknown>, string]>([
		['a paid payout', 'payment_finished', accepted, paid, 'succeeded'],
		['payouts as an object', 'payment_finished', { ...accepted, payout_list: paid }, {}, 'unknown'],
		['payouts as text', 'payment_finished', { ...accepted, payout_list: 'x' }, {}, 'unknown'],
		[
			'payouts in a list of a list',
			'payment_finished',
			{ ...accepted, payout_list: [[paid]] },
			{},
			'unknown',
		],
		[
			'a v1 list that cannot be read',
			'payment_finished',
			{ ...accepted, payout_list: undefined, payments: { 0: paid } },
			{},
			'unknown',
		],
		[
			'refunds as an object',
			'payment_refunded',
			accepted,
			{ ...paid, refunds: { status: 'accepted' } },
			'unknown',
		],
		['refunds as text', 'payment_finished', accepted, { ...paid, refunds: 'accepted' }, 'unknown'],
		['a return that is not listed', 'payment_refunded', accepted, paid, 'returned'],
		[
			'a return without a readable amount',
			'payment_refunded',
			accepted,
			{ ...paid, refunds: [{ id: 'rf_1', status: 'accepted', amount_details: { amount: '100' } }] },
			'returned',
		],
		[
			'a return that did not go through',
			'payment_refunded',
			accepted,
			{ ...paid, refunds: [{ id: 'rf_1', status: 'in_progress' }] },
			'succeeded',
		],
		[
			'a refund that is not listed',
			'payment_refunded',
			{ ...accepted, payout_list: undefined, payment_list: [paid] },
			{},
			'unknown',
		],
		[
			'a refund of one of two payments',
			'payment_refunded',
			{
				...accepted,
				payout_list: undefined,
				payment_list: [paid, { ...paid, refunds: [{ id: 'rf_1', status: 'in_progress' }] }],
			},
			{},
			'succeeded',
		],
		['a status as a list', 'payment_finished', { status: ['accepted'] }, paid, 'succeeded'],
		[
			'both statuses as lists',
			'payment_finished',
			{ status: ['accepted'] },
			{ status: ['succeeded'] },
			'processing',
		],
		['a payout status as an object', 'payment_finished', accepted, { status: {} }, 'processing'],
		['a null payout', 'payment_finished', { ...accepted, payout_list: [null] }, {}, 'unknown'],
		[
			'one of two payouts failed',
			'payment_finished',
			{ ...accepted, payout_list: [paid, { status: 'failed' }] },
			{},
			'failed',
		],
		[
			'the second of two payouts was returned',
			'payment_finished',
			{ ...accepted, payout_list: [paid, { ...paid, refunds: [returned] }] },
			{},
			'returned',
		],
	])('%s (%s)', async (_, type, session, payout, outcome) => {
		expect((await described(sessionBody(type, session, payout))).outcome).toBe(outcome);
	});

	test('a payment without its refund: the advice says that money went back to the payer', async () => {
		const session = { id: 'ps_1', ...accepted, payment_list: [{ id: 'pm_1', ...paid }] };
		const output = await described(JSON.stringify({ type: 'payment_refunded', session }));
		expect(output).toMatchObject({ outcome: 'unknown' });
		expect(output.advice).toMatch(/^Some of this payment was refunded/);
	});

	test.each([
		['all of the payment', 'card', 10000, 'refunded', undefined],
		['a part of the payment', 'card', 100, 'succeeded', undefined],
		['the transfer that a card payout was paid by', 'internal_transfer', 10000, 'returned', /new/],
	])(
		'the session has a payout and a refund of %s: outcome and advice',
		async (_, method, amount, outcome, advice) => {
			const payment = {
				...paid,
				payment_details: { type: method },
				amount_details: rub(10000),
				refunds: [{ ...returned, amount_details: rub(amount) }],
			};
			const both = { ...accepted, payment_list: [payment] };
			const output = await described(sessionBody('payment_refunded', both, paid));
			expect(output.outcome).toBe(outcome);
			expect(output.advice).toEqual(advice && expect.stringMatching(advice));
		},
	);

	test.each([
		['failed', { status: 'failed' }],
		['returned', { ...paid, refunds: [returned] }],
	])('one of two payouts %s: the advice is to pay only the rest', async (outcome, other) => {
		const session = { ...accepted, payout_list: [paid, other] };
		const output = await described(sessionBody('payment_finished', session));
		expect(output).toMatchObject({ outcome, advice: expect.stringContaining('only the rest') });
		const alone = await described(sessionBody('payment_finished', accepted, other));
		expect(alone.advice).toContain('use a new Reference');
	});

	test.each([
		['in_progress', 'actionRequired', 'https://qr.example/1'],
		['succeeded', 'processing', undefined],
	])(
		'action_required for a session with a payout, payment %s: outcome %s',
		async (status, outcome, link) => {
			const interaction = { type: 'redirect', redirect: { url: 'https://qr.example/1' } };
			const payment = { id: 'pm_1', status, customer_interaction: interaction };
			const output = await described(sessionBody('action_required', { payment_list: [payment] }));
			expect(output).toMatchObject({ outcome, sessionId: 'ps_131' });
			expect(output.redirectUrl).toBe(link);
		},
	);

	test.each([
		['text with a fraction', '"150050.00"'],
		['text with an exponent', '"15e4"'],
		['text with blanks', '" 150050 "'],
		['text with groups', '"150 050"'],
		['text with a leading zero', '"0150050"'],
		['text with a sign', '"+150050"'],
		['text that is too large to be exact', '"9007199254740993"'],
		['text of other digits', '"١٥٠"'],
		['empty text', '""'],
		['a fraction', '150050.5'],
		['too large to be exact', '9007199254740993'],
		['an object', '{"amount":150050}'],
		['null', 'null'],
	])('an amount that is %s is omitted', async (_, amount) => {
		const output = await described(payoutFinished.replace('"amount":150050', `"amount":${amount}`));
		expect(output).toMatchObject({ outcome: 'succeeded', sessionId: 'ps_131' });
		expect(output).not.toHaveProperty('amount');
		expect(output).not.toHaveProperty('amountMinorUnits');
	});

	test.each([
		['150050', '1500.50'],
		['0', '0.00'],
		['5', '0.05'],
		['9007199254740991', '90071992547409.91'],
	])('an amount that is the text %s is read', async (text, amount) => {
		const output = await described(payoutFinished.replace('"amount":150050', `"amount":"${text}"`));
		expect(output).toMatchObject({ amount, amountMinorUnits: Number(text), currency: 'RUB' });
	});

	test.each([
		['a list', [{ id: 'ps_131', status: 'accepted' }]],
		['text', 'ps_131'],
		['null', null],
		['an object without an id', { status: 'accepted', payout_list: [paid] }],
		['an object with a list as id', { id: ['ps_131'], status: 'accepted' }],
	])('a session that is %s gives no outcome', async (_, session) => {
		const output = await described(JSON.stringify({ type: 'payment_finished', session }));
		expect(output).not.toHaveProperty('outcome');
		expect(output).toMatchObject({ event: 'payment_finished', body: { session } });
	});
});

describe('bodies with keys that are special in JavaScript', () => {
	const poison = '{"polluted":true,"outcome":"succeeded","status":"succeeded"}';

	test.each([
		['at the top', `{"__proto__":${poison},"constructor":{"prototype":${poison}},"type":"x"}`],
		['in the session', `{"type":"payment_finished","session":{"id":"ps_1","__proto__":${poison}}}`],
		[
			'in the payout',
			`{"type":"payment_finished","session":{"id":"ps_1","status":"accepted","payout_list":[{"__proto__":${poison},"constructor":${poison}}]}}`,
		],
		[
			'in the metadata',
			`{"type":"payment_finished","session":{"id":"ps_1","status":"in_progress","payout_list":[{"metadata":{"__proto__":${poison},"hasOwnProperty":1}}]}}`,
		],
		[
			'in metadata written as text',
			`{"type":"payment_finished","session":{"id":"ps_1","status":"in_progress","payout_list":[{"metadata":${JSON.stringify(`{"__proto__":${poison}}`)}}]}}`,
		],
	])('__proto__ %s does not change the output', async (_, body) => {
		for (const simplify of [true, false]) {
			const output = await described(body, simplify);
			expect(output.outcome).not.toBe('succeeded');
			expect(output.polluted).toBeUndefined();
			expect(Object.getPrototypeOf(output)).toBe(Object.prototype);
			JSON.stringify(output);
		}
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
		'the type %s is passed on',
		async (type) => {
			expect((await described(JSON.stringify({ type }))).event).toBe(type);
		},
	);
});

describe('extreme bodies', () => {
	const depth = 10_000;
	const nested = '['.repeat(depth) + ']'.repeat(depth);

	test.each([
		['in the body', `{"type":"payment_finished","x":${nested}}`],
		['in the session', `{"type":"payment_finished","session":{"id":"ps_1","x":${nested}}}`],
		[
			'in the metadata',
			`{"type":"x","session":{"id":"ps_1","payout_list":[{"metadata":${nested}}]}}`,
		],
		['as objects', `{"type":"x","a":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`],
	])('10,000 levels of nesting %s are read', async (_, body) => {
		expect((await described(body)).eventId).toHaveLength(64);
		expect((await described(body, false)).eventId).toHaveLength(64);
	});

	test('a body of 16 MB is read', async () => {
		const body = sessionBody('payment_finished', { filler: 'я'.repeat(8 * 1024 * 1024) });
		expect(Buffer.byteLength(body)).toBeGreaterThan(16 * 1024 * 1024);
		expect(await described(body)).toMatchObject({ sessionId: 'ps_131' });
	});

	test('a body with bytes that are not UTF-8 is read', async () => {
		const body = Buffer.concat([
			Buffer.from('{"type":"x","note":"'),
			Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
			Buffer.from('"}'),
		]);
		expect((await described(body)).event).toBe('x');
	});
});
