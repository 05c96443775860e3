/** Start in an existing session, and initiate in one request. */
import type { BankClient } from '../../bank131/client/bankClient.ts';
import { initiateOperation } from '../../bank131/flows/initiate.ts';
import type { ProgressStore } from '../../bank131/flows/progress.ts';
import { startOperation } from '../../bank131/flows/send.ts';
import {
	busy,
	foreign,
	fourTimes,
	gatewayTimeout,
	lost,
	notSent,
	paid,
	plan,
	processing,
	ready,
	runScript,
	session,
	type Step,
} from '../support/flows.mts';
import { answer, createProgressStore, refusal, requestOf } from '../support/tinyBank.mts';

describe('start in a session of another party', () => {
	const start =
		(progressStore: ProgressStore = createProgressStore()) =>
		async (bank: BankClient) =>
			await startOperation(requestOf('A-1'), 'ps_1', plan, { bank, progressStore });

	const waiting = foreign({ next_action: 'confirm' }, { status: 'pending' });

	test.each<[string, string, Step[]]>([
		[
			'the session is empty',
			'succeeded',
			[
				['start', ready],
				['confirm', paid],
			],
		],
		[
			'the session holds another payout',
			'rejected',
			[
				['start', refusal('session_wrong_state')],
				['status', waiting],
			],
		],
		[
			'the response is lost, and the session holds another payout',
			'rejected',
			[
				['start', lost],
				['status', waiting],
			],
		],
		[
			'the response is lost, and the session holds our payout',
			'succeeded',
			[
				['start', lost],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'the response is lost, and the session holds a payout without a reference',
			'unknown',
			[
				['start', lost],
				['status', session('in_progress', {}, { status: 'pending', metadata: undefined })],
			],
		],
		[
			'wrong state, and the session holds our payout of an earlier execution',
			'succeeded',
			[
				['start', refusal('session_wrong_state')],
				['status', paid],
			],
		],
		[
			'the session holds our payout, its Reference in fullwidth letters and with another hyphen',
			'succeeded',
			[
				['start', refusal('session_wrong_state')],
				[
					'status',
					session(
						'accepted',
						{},
						{ status: 'succeeded', metadata: { reference: '\uff21\u20111' } },
					),
				],
			],
		],
		[
			'the session holds a payout of a Reference with a Cyrillic А',
			'rejected',
			[
				['start', refusal('session_wrong_state')],
				[
					'status',
					session('accepted', {}, { status: 'succeeded', metadata: { reference: 'А-1' } }),
				],
			],
		],
	])('%s: the outcome is %s', async (_name, outcome, steps) => {
		expect((await runScript(steps, start())).outcome).toBe(outcome);
	});

	describe('the session holds our Reference with another amount: the reason names both', () => {
		const other = { amount_details: { amount: 9_700, currency: 'rub' } };
		const paidOther = session('accepted', {}, { status: 'succeeded', ...other });
		const waitingOther = session(
			'in_progress',
			{ next_action: 'confirm' },
			{ status: 'pending', ...other },
		);

		test.each<[string, string, Step[]]>([
			['paid by an earlier run', 'succeeded', [['start', refusal('session_wrong_state')]]],
			['paid after a lost start', 'succeeded', [['start', lost]]],
			['paid after an unknown code', 'succeeded', [['start', refusal('request_in_progress')]]],
			['to be confirmed, after a lost start', 'awaitingConfirmation', [['start', lost]]],
		])('%s: %s, nothing is confirmed', async (_name, outcome, steps) => {
			const shown = outcome === 'succeeded' ? paidOther : waitingOther;
			expect(await runScript([...steps, ['status', shown]], start())).toMatchObject({
				outcome,
				reason: {
					code: 'otherAmountUnderReference',
					actual: { minorUnits: 9_700, currency: 'rub' },
					expected: { minorUnits: 10_000, currency: 'rub' },
				},
			});
		});
	});

	test('the session holds another payout: the next attempt does not confirm it either', async () => {
		const progressStore = createProgressStore();
		await runScript(
			[
				['start', refusal('session_wrong_state')],
				['status', waiting],
			],
			start(progressStore),
		);
		const again = await runScript(
			[
				['start', refusal('session_wrong_state')],
				['status', waiting],
			],
			start(progressStore),
		);
		expect(again.outcome).toBe('rejected');
		const resumed = createProgressStore({ sessionId: 'ps_1', step: 'starting' });
		expect((await runScript([['status', waiting]], start(resumed))).outcome).toBe('rejected');
	});
});

describe('initiate', () => {
	const initiate =
		(progressStore: ProgressStore = createProgressStore()) =>
		async (bank: BankClient) =>
			await initiateOperation(requestOf('A-1'), plan, { bank, progressStore });

	test.each<[string, string, Step[]]>([
		[
			'accepted and paid',
			'succeeded',
			[
				['init', processing],
				['status', paid],
			],
		],
		['refused', 'rejected', [['init', refusal('invalid_request')]]],
		['refused: key exists', 'duplicate', [['init', refusal('idempotency_key_already_exists')]]],
		['response lost', 'unknown', [['init', lost]]],
		['refused: internal error', 'unknown', [['init', refusal('internal_error')]]],
		['HTTP 502', 'unknown', [['init', { httpStatus: 502, text: '<html>' }]]],
		['HTTP 408 with JSON of a gateway', 'unknown', [['init', gatewayTimeout]]],
		['a response without a session', 'unknown', [['init', answer({ status: 'ok' })]]],
		[
			'a response with the session of another reference',
			'unknown',
			[['init', foreign({ next_action: 'confirm' }, { status: 'pending' })]],
		],
		[
			'HTTP 429, then paid',
			'succeeded',
			[
				['init', busy],
				['init', paid],
			],
		],
		['no connection four times', 'rejected', fourTimes(['init', notSent])],
		[
			'HTTP 429, then the response lost',
			'unknown',
			[
				['init', busy],
				['init', lost],
			],
		],
	])(
		'%s: the outcome is %s; the next attempt sends nothing that may have been accepted',
		async (_name, outcome, steps) => {
			const progressStore = createProgressStore();
			expect((await runScript(steps, initiate(progressStore))).outcome).toBe(outcome);
			if (outcome === 'unknown') {
				expect((await runScript([], initiate(progressStore))).outcome).toBe('unknown');
			}
			if (outcome === 'succeeded') {
				expect((await runScript([['status', paid]], initiate(progressStore))).outcome).toBe(
					'succeeded',
				);
			}
			if (outcome === 'duplicate' || outcome === 'rejected') {
				expect((await runScript(steps, initiate(progressStore))).outcome).toBe(outcome);
			}
		},
	);
});

/** Codes of no list, or ones that leave the result open: the bank may book the start all the same. */
const openCodes = [
	'session_wrong_state',
	'request_in_progress',
	'service_timeout',
	'internal_error',
	'wallet_internal_error',
];
/** What a session shows of its payout if the payout itself cannot be told from another party's. */
const unreadable = [
	['a wrapped list', session('in_progress', { payout_list: { items: [{ status: 'pending' }] } })],
	['no list', session('in_progress')],
	['a payout without metadata', session('in_progress', {}, { status: 'pending', metadata: {} })],
	['a closed session without a payout', session('accepted')],
] as const;

describe.each(openCodes)('a start in a session of another party is refused with %s', (code) => {
	const start = async (bank: BankClient) =>
		await startOperation(requestOf('A-1'), 'ps_1', plan, {
			bank,
			progressStore: createProgressStore(),
		});

	test.each(unreadable)(
		'and the session then shows %s: unknown, not rejected',
		async (_, shown) => {
			const steps: Step[] = [
				['start', refusal(code)],
				['status', shown],
			];
			expect(await runScript(steps, start)).toMatchObject({
				outcome: 'unknown',
				sessionId: 'ps_1',
			});
		},
	);

	test('and the session then shows a payout without metadata and of another amount: unknown, not reported', async () => {
		const other = { metadata: {}, amount_details: { amount: 9_900, currency: 'rub' } };
		const steps: Step[] = [
			['start', refusal(code)],
			['status', session('in_progress', {}, { status: 'pending', ...other })],
		];
		const result = await runScript(steps, start);
		expect(result).toMatchObject({ outcome: 'unknown', sessionId: 'ps_1' });
		expect(result.view).toBeUndefined();
	});

	test('and the session then shows a payout without metadata and of our amount: unknown, reported', async () => {
		const steps: Step[] = [
			['start', refusal(code)],
			['status', session('in_progress', {}, { status: 'pending', metadata: {} })],
		];
		const result = await runScript(steps, start);
		expect(result).toMatchObject({
			outcome: 'unknown',
			view: { operation: { amount: { minorUnits: 10_000 } } },
		});
	});

	test('and the session then shows the payout of another reference: rejected', async () => {
		const steps: Step[] = [
			['start', refusal(code)],
			['status', foreign({}, { status: 'pending' })],
		];
		expect((await runScript(steps, start)).outcome).toBe('rejected');
	});
});

describe.each(['authorization_error', 'insufficient_funds', 'invalid_request'])(
	'a start in a session of another party is refused with %s',
	(code) => {
		test.each(unreadable)('and the session shows %s: rejected', async (_, shown) => {
			const steps: Step[] = [
				['start', refusal(code)],
				['status', shown],
			];
			const start = async (bank: BankClient) =>
				await startOperation(requestOf('A-1'), 'ps_1', plan, {
					bank,
					progressStore: createProgressStore(),
				});
			expect((await runScript(steps, start)).outcome).toBe('rejected');
		});
	},
);

test('initiate a payment in dollars, the bank shows rubles: not confirmed', async () => {
	const dollars = { ...requestOf('A-1'), amount: { minorUnits: 10_000, currency: 'usd' } };
	const payment_list = [
		{ id: 'pm_1', status: 'pending', amount_details: { amount: 10_000, currency: 'rub' } },
	];
	const result = await runScript(
		[['init', session('in_progress', { next_action: 'confirm', payment_list })]],
		async (bank) =>
			await initiateOperation(dollars, plan, { bank, progressStore: createProgressStore() }),
	);
	expect(result).toMatchObject({
		outcome: 'awaitingConfirmation',
		reason: { code: 'amountMismatch', actual: { minorUnits: 10_000, currency: 'rub' } },
	});
});
