/**
 * Sessions whose operations and refunds are not where, or not as, the documents show them: no flow and no reader says
 * succeeded.
 */
import { BankClient } from '../../bank131/client/bankClient.ts';
import { captureSession } from '../../bank131/flows/capture.ts';
import { initiateOperation } from '../../bank131/flows/initiate.ts';
import { createRefund } from '../../bank131/flows/refund/createRefund.ts';
import { RefundClaims } from '../../bank131/flows/refund/refundClaims.ts';
import { sendOperation, startOperation } from '../../bank131/flows/send.ts';
import { confirmChecked } from '../../bank131/flows/confirm.ts';
import { cancelSession, waitForSession } from '../../bank131/flows/sessionActions.ts';
import type { SessionResult } from '../../bank131/flows/sessionResult.ts';
import type { JsonObject } from '../../bank131/lib/json.ts';
import { readSession } from '../../bank131/session/session.ts';
import { sessionAdvice } from '../../nodes/shared/messages/adviceTexts.ts';
import { reasonText } from '../../nodes/shared/messages/reasonTexts.ts';
import { created, plan, processing, ready, runScript, type Step } from '../support/flows.mts';
import { answer, createProgressStore, requestOf, SleepClock } from '../support/tinyBank.mts';

const failed = {
	id: 'po_1',
	status: 'failed',
	amount_details: { amount: 10_000, currency: 'rub' },
	metadata: { reference: 'A-1' },
};
const succeeded = { ...failed, status: 'succeeded' };
const transfer = {
	id: 'pm_1',
	status: 'succeeded',
	amount_details: failed.amount_details,
	payment_details: { type: 'internal_transfer' },
};

const closed = (fields: object): JsonObject => ({
	status: 'ok',
	session: { id: 'ps_1', status: 'accepted', ...fields } as JsonObject,
});

/** Forms of a list of payouts that cannot be read. */
const unreadable: Array<[string, JsonObject]> = [
	['an object with a gap', closed({ payout_list: { 1: failed } })],
	['an object with the key 0', closed({ payout_list: { 0: failed } })],
	['a v1 list as an object', closed({ payments: { 1: failed } })],
	['a single object', closed({ payout_list: failed })],
	['a wrapper', closed({ payout_list: { items: [failed], total: 1 } })],
	['a list in a list', closed({ payout_list: [[failed]] })],
	['the name payouts', closed({ payouts: [failed] })],
	['the name payoutList, as an object', closed({ payoutList: { 2: failed } })],
	['the name transfers', closed({ transfers: [failed] })],
	['the name data with a wrapper', closed({ data: { items: [failed] } })],
	['a name that the status alone follows', closed({ payouts: [{ status: 'failed' }] })],
	['a place beside the session', { ...closed({}), payout_list: [failed] }],
	[
		'an object beside a readable payment',
		closed({ payment_list: [transfer], payouts: { 1: failed } }),
	],
];

/** Forms of the refunds of a succeeded payout that cannot be read. */
const refund = { id: 'rf_1', status: 'accepted', amount_details: failed.amount_details };
const unreadableRefunds: Array<[string, JsonObject]> = [
	['an object with a gap', closed({ payout_list: [{ ...succeeded, refunds: { 1: refund } }] })],
	['a single object', closed({ payout_list: [{ ...succeeded, refunds: refund }] })],
	['a wrapper', closed({ payout_list: [{ ...succeeded, refunds: { items: [refund] } }] })],
	['text', closed({ payout_list: [{ ...succeeded, refunds: 'accepted' }] })],
	['the name refund_list', closed({ payout_list: [{ ...succeeded, refund_list: [refund] }] })],
	['the name returns', closed({ payout_list: [{ ...succeeded, returns: { 1: refund } }] })],
];

const absent: Array<[string, JsonObject]> = [
	['no list', closed({})],
	['an empty list', closed({ payout_list: [] })],
	['null', closed({ payout_list: null })],
	['a succeeded transfer and an empty list', closed({ payment_list: [transfer], payout_list: [] })],
];

describe.each([...unreadable, ...unreadableRefunds])(
	'accepted session, operations as %s',
	(_, body) => {
		test('reader: outcome unknown, with the advice to ask', () => {
			const view = readSession(body)!;
			expect(view).toMatchObject({ outcome: 'unknown', hasUnreadableOperations: true });
			expect(sessionAdvice(view)).toEqual({
				advice: expect.stringContaining('Do not pay again'),
				adviceCode: 'askAboutSession',
			});
		});
	},
);

type Flow = (bank: BankClient) => Promise<SessionResult>;
const context = (bank: BankClient) => ({ bank, progressStore: createProgressStore() });

const flows: Array<[string, (last: JsonObject) => Step[], Flow]> = [
	[
		'Send',
		(last) => [
			['create', created],
			['start', processing],
			['status', ready],
			['confirm', processing],
			['status', answer(last)],
		],
		async (bank) => await sendOperation(requestOf('A-1'), plan, context(bank)),
	],
	[
		'Send, in the response to the start',
		(last) => [
			['create', created],
			['start', answer(last)],
		],
		async (bank) => await sendOperation(requestOf('A-1'), plan, context(bank)),
	],
	[
		'Start',
		(last) => [
			['start', processing],
			['status', answer(last)],
		],
		async (bank) => await startOperation(requestOf('A-1'), 'ps_1', plan, context(bank)),
	],
	[
		'Initiate',
		(last) => [['init', answer(last)]],
		async (bank) => await initiateOperation(requestOf('A-1'), plan, context(bank)),
	],
	[
		'Confirm',
		(last) => [
			['status', ready],
			['confirm', answer(last)],
		],
		async (bank) => await confirmChecked({ sessionId: 'ps_1' }, context(bank)),
	],
];

describe.each(flows)('%s', (_name, steps, flow) => {
	test.each([...unreadable, ...absent, ...unreadableRefunds])(
		'closed session with %s: outcome unknown, the reason names the payout',
		async (_form, body) => {
			const result = await runScript(steps(body), flow);
			expect(result.outcome).toBe('unknown');
			expect(reasonText(result.reason!).message).toContain('does not show the payout');
			expect(reasonText(result.reason!).advice).toMatch(/^Do not pay again/);
		},
	);

	test('closed session with the succeeded payout in a list: outcome succeeded', async () => {
		const result = await runScript(steps(closed({ payout_list: [succeeded] })), flow);
		expect(result).toMatchObject({ outcome: 'succeeded' });
		expect(result.reason).toBeUndefined();
	});
});

describe('readers that do not know what was asked', () => {
	test.each<[string, JsonObject]>([
		['nothing else', closed({})],
		['an empty list', closed({ payout_list: [] })],
		[
			'participants and metadata',
			closed({ participant_details: { recipient: {} }, metadata: { id: '1', status: 'x' } }),
		],
		['the payout details of an FPS check', closed({ payout_details: { type: 'bank_account' } })],
		['an empty object of refunds', closed({ payout_list: [{ ...succeeded, refunds: {} }] })],
		[
			'metadata of another name',
			closed({ payout_list: [{ ...succeeded, paymentMetadata: { parentSessionId: 'ps_0' } }] }),
		],
		[
			'fields that no document names',
			closed({ tags: ['a'], risk: { score: 1 }, owner: { id: 'u_1' } }),
		],
	])('accepted session with %s: outcome succeeded', (_, body) => {
		expect(readSession(body)).toMatchObject({
			outcome: 'succeeded',
			hasUnreadableOperations: false,
		});
	});

	const error = { code: 'operation_rejected', description: 'Rejected' };
	test.each<[string, JsonObject, string]>([
		['an error', closed({ error }), 'unknown'],
		['an error and an empty list', closed({ error, payout_list: [] }), 'unknown'],
		['an empty error', closed({ error: {} }), 'succeeded'],
		['an empty error as a list', closed({ error: [] }), 'succeeded'],
	])('accepted session with %s and no operation: %s', (_, body, outcome) => {
		expect(readSession(body)).toMatchObject({ outcome });
	});

	const refusedCancel = answer(
		{ status: 'error', error: { code: 'session_wrong_state', description: 'closed' } },
		400,
	);
	test.each<[string, Flow, Step[]]>([
		[
			'Confirm',
			async (bank) => await confirmChecked({ sessionId: 'ps_1' }, context(bank)),
			[['status', answer(closed({}))]],
		],
		[
			'Cancel',
			async (bank) => await cancelSession('ps_1', bank),
			[
				['cancel', refusedCancel],
				['status', answer(closed({}))],
			],
		],
	])('%s of a session that is closed and shows no operation: unknown', async (_, flow, steps) => {
		expect(await runScript(steps, flow)).toMatchObject({ outcome: 'unknown' });
	});

	test.each(unreadable)(
		'Wait for an accepted session with %s: unknown at once',
		async (_, body) => {
			const result = await runScript(
				[['status', answer(body)]],
				async (bank) =>
					await waitForSession('ps_1', { untilFinal: true, timeLimitMs: 60_000 }, bank),
			);
			expect(result.outcome).toBe('unknown');
		},
	);
});

test.each<[string, JsonObject, string]>([
	['its payout', closed({ payout_list: [succeeded] }), 'unknown'],
	['no operation', closed({}), 'unknown'],
	['payments as an object', closed({ payment_list: { 1: transfer } }), 'unknown'],
	['the payment', closed({ payment_list: [transfer] }), 'succeeded'],
])('Capture, the session shows only %s: outcome %#', async (_, body, outcome) => {
	const bank = new BankClient(
		async () => await Promise.resolve(answer(body)),
		'v2',
		new SleepClock(),
	);
	const result = await captureSession('ps_1', {}, context(bank));
	expect(result.outcome).toBe(outcome);
	expect(result.reason?.code).toBe(outcome === 'unknown' ? 'operationNotShown' : undefined);
});

test.each([
	['an object', { refunds: { 1: refund } }],
	['a single object', { refunds: refund }],
	['the name returns', { returns: [refund] }],
	['a wrapper', { refunds: { items: [refund] } }],
])('Refund, earlier refunds as %s: nothing is sent, outcome unknown', async (_, fields) => {
	const body = closed({ payment_list: [{ ...transfer, ...fields }] });
	const result = await runScript(
		[['status', answer(body)]],
		async (bank) =>
			await createRefund(
				{ sessionId: 'ps_1', reference: 'R-1' },
				{ ...context(bank), claims: new RefundClaims() },
			),
	);
	expect(result).toMatchObject({ outcome: 'unknown', reason: { code: 'refundsUnreadable' } });
	expect(reasonText(result.reason!).message).toContain('nothing was sent');
});

describe('card payout from a settlement or escrow account', () => {
	const open = (fields: JsonObject) =>
		answer({ status: 'ok', session: { id: 'ps_1', status: 'in_progress', ...fields } });
	const pending = { ...failed, status: 'pending' };
	const done = closed({ payment_list: [transfer], payout_list: [succeeded] });
	const rest: Step[] = [
		['status', open({ next_action: 'confirm', payment_list: [transfer], payout_list: [pending] })],
		['confirm', open({ payment_list: [transfer], payout_list: [failed] })],
		['status', answer(done)],
	];

	test.each<[string, JsonObject]>([
		['an empty list of payouts', { payment_list: [transfer], payout_list: [] }],
		['no list of payouts', { payment_list: [transfer] }],
		['v1 names', { acquiring_payments: [transfer], payments: [] }],
		['a transfer without its method', { payment_list: [{ ...transfer, payment_details: {} }] }],
	])(
		'Send, the transfer succeeded, %s: goes on, confirms, outcome succeeded',
		async (_, fields) => {
			const send: Flow = async (bank) => await sendOperation(requestOf('A-1'), plan, context(bank));
			const inStatus = await runScript(
				[['create', created], ['start', processing], ['status', open(fields)], ...rest],
				send,
			);
			const inStart = await runScript(
				[['create', created], ['start', open(fields)], ...rest],
				send,
			);
			expect([inStatus.outcome, inStart.outcome]).toEqual(['succeeded', 'succeeded']);
		},
	);

	test('Initiate, the transfer succeeded and no payout is shown: goes on', async () => {
		const result = await runScript(
			[['init', open({ payment_list: [transfer] })], ...rest],
			async (bank) => await initiateOperation(requestOf('A-1'), plan, context(bank)),
		);
		expect(result.outcome).toBe('succeeded');
	});

	test('the session waits for the confirmation and shows only the transfer: confirmed', async () => {
		const waiting = open({ next_action: 'confirm', payment_list: [transfer], payout_list: [] });
		const result = await runScript(
			[
				['create', created],
				['start', waiting],
				['confirm', answer(done)],
			],
			async (bank) => await sendOperation(requestOf('A-1'), plan, context(bank)),
		);
		expect(result.outcome).toBe('succeeded');
	});

	test('Wait: goes on while the session is open and shows only the transfer', async () => {
		const result = await runScript(
			[
				['status', open({ payment_list: [transfer] })],
				['status', open({ payment_list: [transfer], payout_list: [] })],
				['status', answer(done)],
			],
			async (bank) => await waitForSession('ps_1', { untilFinal: true, timeLimitMs: 60_000 }, bank),
		);
		expect(result.outcome).toBe('succeeded');
	});

	test('a closed session with only the transfer, a payment of its own: readers say succeeded', () => {
		expect(readSession(closed({ payment_list: [transfer] }))!.outcome).toBe('succeeded');
	});
});

describe('amounts as text', () => {
	const asText = (amount: string, status = 'pending') =>
		answer({
			status: 'ok',
			session: {
				id: 'ps_1',
				status: 'in_progress',
				next_action: 'confirm',
				payout_list: [{ ...failed, status, amount_details: { amount, currency: 'rub' } }],
			},
		});
	const confirm: Flow = async (bank) =>
		await confirmChecked(
			{ sessionId: 'ps_1', expected: { minorUnits: 10_000, currency: 'rub' } },
			context(bank),
		);

	test('Confirm, the session shows "10000": confirmed', async () => {
		const paid = answer(closed({ payout_list: [succeeded] }));
		const steps: Step[] = [
			['status', asText('10000')],
			['confirm', paid],
		];
		expect((await runScript(steps, confirm)).outcome).toBe('succeeded');
	});

	test.each(['10001', '100.00', '1e4', '10 000'])(
		'Confirm, the session shows "%s": not confirmed',
		async (amount) => {
			const result = await runScript([['status', asText(amount)]], confirm);
			expect(result).toMatchObject({ outcome: 'rejected', reason: { code: 'amountMismatch' } });
		},
	);

	test('a refund of the payment as text is counted', () => {
		const body = closed({
			payment_list: [
				{
					...transfer,
					amount_details: { amount: '10000', currency: 'rub' },
					refunds: [{ ...refund, amount_details: { amount: '10000', currency: 'rub' } }],
				},
			],
		});
		expect(readSession(body)!.outcome).toBe('refunded');
	});
});
