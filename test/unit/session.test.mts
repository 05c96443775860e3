/** Every sample of a session in the bank's documents and in the fixtures of the PHP SDK. */
import type { JsonObject } from '../../bank131/lib/json.ts';
import type { Outcome } from '../../bank131/session/outcomes.ts';
import { isClosed, readSession, referenceOf } from '../../bank131/session/session.ts';

const at = '2018-05-27T02:03:00.000000Z';
const dates = { created_at: at, updated_at: at };
const user = { reference: 'user123', contacts: [{ email: 'user@gmail.com' }] };
const rub = (amount: number) => ({ amount, currency: 'rub' });
const visa = { type: 'card', card: { last4: '4242', brand: 'visa' } };

const payout = (status: string, more: JsonObject = {}): JsonObject => ({
	id: 'po_2018',
	status,
	created_at: at,
	customer: user,
	payment_method: visa,
	amount_details: rub(10000),
	metadata: 'good',
	...more,
});

const ok = (session: JsonObject): JsonObject => ({
	status: 'ok',
	session: { id: 'ps_3230', ...dates, ...session },
});

type Case = [name: string, body: JsonObject, outcome: Outcome, expected?: object];

const cases: Case[] = [
	['session/create', ok({ status: 'created' }), 'created'],
	[
		'session/start/payout, v1',
		ok({ status: 'in_progress', payments: [payout('in_progress')] }),
		'processing',
		{
			operation: {
				kind: 'payout',
				operationId: 'po_2018',
				status: 'in_progress',
				amount: { minorUnits: 10000, currency: 'rub' },
				method: 'card',
				card: { last4: '4242', brand: 'visa' },
				customerReference: 'user123',
			},
		},
	],
	[
		'session/start/payout, v2',
		ok({
			status: 'in_progress',
			payout_list: [{ ...payout('in_progress'), payment_method: undefined, payout_details: visa }],
		}),
		'processing',
		{ operation: { operationId: 'po_2018', method: 'card', card: { last4: '4242' } } },
	],
	[
		'session/init/payout by account token (real head of an answer)',
		{
			status: 'ok',
			session: {
				id: 'ps_1694821',
				status: 'in_progress',
				created_at: '2024-02-27T09:25:30.655107Z',
				updated_at: '2024-02-27T09:25:30.753188Z',
				payments: [
					{
						id: 'po_495275',
						status: 'in_progress',
						created_at: '2024-02-27T09:25:30.763145Z',
						payment_method: {
							type: 'bank_account',
							bank_account: {
								system_type: 'ru',
								ru: { token: '3f03ee', full_name: 'Ivanov Ivan Ivanovich', description: 'Payout' },
							},
						},
						amount_details: rub(10000),
						metadata: 'good',
					},
				],
			},
		},
		'processing',
		{ sessionId: 'ps_1694821', operation: { operationId: 'po_495275', method: 'bank_account' } },
	],
	[
		'session/status before the confirmation: payout in_progress',
		ok({ status: 'in_progress', next_action: 'confirm', payments: [payout('in_progress')] }),
		'awaitingConfirmation',
		{ nextAction: 'confirm' },
	],
	[
		'ready_to_confirm: payout pending',
		{
			type: 'ready_to_confirm',
			session: {
				id: 'ps_3230',
				status: 'in_progress',
				next_action: 'confirm',
				...dates,
				payments: [payout('pending')],
			},
		},
		'awaitingConfirmation',
	],
	[
		'session/confirm: payout still pending, nothing to do',
		ok({
			status: 'in_progress',
			payments: [payout('pending', { amount_details: { amount: 10000, currency: 'usd' } })],
		}),
		'processing',
		{ operation: { amount: { minorUnits: 10000, currency: 'usd' } } },
	],
	[
		'session/cancel: still in progress',
		ok({ status: 'in_progress', payments: [payout('pending')] }),
		'processing',
	],
	[
		'payment_finished: succeeded, with fee in capital letters',
		ok({
			status: 'accepted',
			payments: [
				payout('succeeded', {
					finished_at: at,
					amounts: { fee: { merchant_fee: { amount: 10, currency: 'RUB' } } },
					transaction_info: { rrn: '123456789012', auth_code: '123456', fp_message_id: 'A1' },
				}),
			],
		}),
		'succeeded',
		{
			operation: {
				finishedAt: at,
				fee: { minorUnits: 10, currency: 'rub' },
				rrn: '123456789012',
				authCode: '123456',
				fpsMessageId: 'A1',
			},
		},
	],
	[
		'payment_finished: declined',
		ok({
			status: 'cancelled',
			payments: [
				payout('failed', { error: { code: 'declined_by_issuer_bank', description: 'no' } }),
			],
		}),
		'failed',
		{ errorCode: 'declined_by_issuer_bank', errorDescription: 'no' },
	],
	[
		'declined, the session says accepted',
		ok({
			status: 'accepted',
			payments: [payout('failed', { error: { code: 'x', description: 'y' } })],
		}),
		'failed',
	],
	[
		'cancelled by the partner',
		ok({
			status: 'cancelled',
			payments: [
				payout('failed', { error: { code: 'session_cancelled_by_partner', description: 'c' } }),
			],
		}),
		'cancelled',
	],
	[
		'not confirmed in time, the error on the session',
		ok({
			status: 'cancelled',
			error: { code: 'confirm_timeout', description: 'late' },
			payments: [payout('failed')],
		}),
		'cancelled',
		{ errorCode: 'confirm_timeout' },
	],
	['an empty session that was cancelled', ok({ status: 'cancelled' }), 'cancelled'],
	[
		'failed and session error: unknown, not final',
		ok({
			status: 'error',
			error: { code: 'internal_error', description: 'unexpected' },
			payments: [payout('failed')],
		}),
		'unknown',
		{ errorCode: 'internal_error', sessionStatus: 'error' },
	],
	['session error without anything', ok({ status: 'error' }), 'unknown'],
	[
		'payment_refunded: the payout was returned',
		ok({
			status: 'accepted',
			payments: [
				payout('succeeded', {
					refunds: [
						{ id: 'rf_203', status: 'accepted', created_at: at, amount_details: rub(10000) },
					],
				}),
			],
		}),
		'returned',
		{
			operation: {
				refunds: [
					{
						refundId: 'rf_203',
						status: 'accepted',
						amount: { minorUnits: 10000, currency: 'rub' },
					},
				],
			},
		},
	],
	[
		'the second of two payouts was returned',
		ok({
			status: 'accepted',
			payments: [
				payout('succeeded'),
				payout('succeeded', { id: 'po_2', refunds: [{ id: 'rf_1', status: 'accepted' }] }),
			],
		}),
		'returned',
		{ operation: { operationId: 'po_2' } },
	],
	[
		'a return that the bank declined',
		ok({
			status: 'accepted',
			payments: [
				payout('succeeded', {
					refunds: [{ id: 'rf_1', status: 'declined', amount_details: rub(1) }],
				}),
			],
		}),
		'succeeded',
	],
	[
		'the SDK mixes v1 lists with v2 details',
		ok({
			id: 'test_ps_1',
			status: 'in_progress',
			payments: [
				{
					id: 'test_po_1',
					status: 'in_progress',
					created_at: '2020-06-08T11:10:03.618104Z',
					customer: { reference: 'lucky' },
					payout_details: { type: 'card', card: { brand: 'visa', last4: '4242' } },
					fiscalization_details: {
						professional_income_taxpayer: {
							services: [{ name: 'Test', amount_details: rub(1000), quantity: 1 }],
							tax_reference: '123456789012',
							payer_type: 'individual',
						},
					},
					amount_details: rub(1000),
					participant_details: { recipient: { full_name: 'John Doe' } },
				},
			],
		}),
		'processing',
		{ sessionId: 'test_ps_1', operation: { operationId: 'test_po_1', card: { last4: '4242' } } },
	],
	[
		'a receipt of a self-employed person',
		ok({
			status: 'accepted',
			payout_list: [
				payout('succeeded', {
					fiscalization_details: {
						professional_income_taxpayer: {
							services: [],
							tax_reference: '123456789012',
							receipt: { id: 'receipt id', link: 'https://lknpd.nalog.ru/r' },
						},
					},
				}),
			],
		}),
		'succeeded',
		{ operation: { receipt: { id: 'receipt id', link: 'https://lknpd.nalog.ru/r' } } },
	],
	[
		'fiscalization: a payout object without a method',
		ok({
			id: 'ps_2704',
			status: 'in_progress',
			payments: [{ id: 'po_2705', status: 'in_progress', amount_details: rub(15000) }],
		}),
		'processing',
		{ operation: { operationId: 'po_2705', amount: { minorUnits: 15000, currency: 'rub' } } },
	],
	[
		'FPS verification: no amount',
		ok({
			status: 'in_progress',
			payments: [
				{
					id: 'po_31668',
					status: 'in_progress',
					payment_method: {
						type: 'bank_account',
						bank_account: { system_type: 'faster_payment_system_verification' },
					},
				},
			],
		}),
		'processing',
	],
	[
		'confirm_information beside the session',
		{
			...ok({ status: 'in_progress', next_action: 'confirm', payments: [payout('pending')] }),
			confirm_information: { transfer_details: { purpose: 'p' } },
		},
		'awaitingConfirmation',
		{ confirmInformation: { transfer_details: { purpose: 'p' } } },
	],
	[
		'numbers as ids (very old samples)',
		ok({ id: 3230, status: 'created' }),
		'created',
		{ sessionId: '3230' },
	],
	['spelt "canceled" (sister platform)', ok({ status: 'canceled' }), 'cancelled'],
	[
		'an undocumented status',
		ok({ status: 'on_the_moon', payments: [payout('in_progress')] }),
		'processing',
	],
	[
		'empty objects written as lists (PHP)',
		ok({ status: 'created', payments: [], error: [] }),
		'created',
	],
];

test.each(cases.map(([name, body, outcome, expected]) => [name, outcome, body, expected] as const))(
	'%s: the outcome is %s',
	(_name, outcome, body, expected = {}) => {
		const view = readSession(body)!;
		expect(view).toMatchObject({
			outcome,
			sessionStatus: (body.session as JsonObject).status,
			...expected,
		});
		expect(view.raw).toBe(body.session);
		const final = ['succeeded', 'returned', 'failed', 'cancelled'].includes(outcome);
		expect(isClosed(view)).toBe(final || view.sessionStatus === 'error');
	},
);

/** The exact renames of the bank's page "Format". */
const toV2 = (value: unknown): unknown => {
	const names: Record<string, string> = {
		payment_method: 'payout_details',
		payments: 'payout_list',
		acquiring_payments: 'payment_list',
	};
	if (Array.isArray(value)) return value.map(toV2);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [names[key] ?? key, toV2(inner)]),
	);
};

test.each(cases)('%s: the v2 spelling gives the same session', (_name, body) => {
	const { raw: v1, ...first } = readSession(body)!;
	const { raw: v2, ...second } = readSession(toV2(body) as JsonObject)!;
	expect(second).toEqual(first);
	expect(v2).toEqual(toV2(v1));
});

test.each<[string, JsonObject]>([
	['nothing', {}],
	['no session', { status: 'ok' }],
	['a session without an id', { status: 'ok', session: { status: 'created' } }],
	['a session that is a list', { session: [] }],
	['a session that is text', { session: 'ps_1' }],
])('%s: no session is read', (_name, body) => {
	expect(readSession(body)).toBeUndefined();
});

test.each<[unknown, string | undefined]>([
	[{ reference: 'A-1' }, 'A-1'],
	[{ reference: 7 }, '7'],
	['{"reference":"A-1"}', 'A-1'],
	['{"reference":', undefined],
	['good', undefined],
	[null, undefined],
	[{}, undefined],
	[['A-1'], undefined],
])('the metadata %p: the reference is %p', (metadata, reference) => {
	const body = ok({
		status: 'in_progress',
		payments: [payout('pending', { metadata } as JsonObject)],
	});
	expect(referenceOf(readSession(body)!)).toBe(reference);
});

test.each([10000, '10000'])('the amount %p: 10000 minor units are read', (amount) => {
	const body = ok({
		status: 'in_progress',
		payments: [payout('pending', { amount_details: { amount, currency: 'rub' } as JsonObject })],
	});
	expect(readSession(body)!.operation).toMatchObject({ amount: { minorUnits: 10_000 } });
});

test.each([1.5, '100.00', null, 1e300])('the amount %p: no amount is read', (amount) => {
	const body = ok({
		status: 'in_progress',
		payments: [payout('pending', { amount_details: { amount, currency: 'rub' } as JsonObject })],
	});
	expect(readSession(body)!.operation).toMatchObject({ amount: undefined });
});

test.each([
	['confirm_timeout', 'cancelled'],
	['session_cancelled_by_partner', 'cancelled'],
	['confirm_time_is_over', 'failed'],
	['cancelled_by_operator', 'failed'],
	['', 'failed'],
])('cancelled with the code %p: outcome %s, no money moved', (code, outcome) => {
	const error = { code, description: 'why' };
	const view = readSession(
		ok({ status: 'cancelled', error, payout_list: [payout('failed', { error })] }),
	);
	expect(view).toMatchObject({ outcome, operation: { status: 'failed' } });
	expect(isClosed(view!)).toBe(true);
});
