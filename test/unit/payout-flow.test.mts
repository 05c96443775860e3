import fc from 'fast-check';
import { BankClient } from '../../bank131/client/bankClient.ts';
import type { WireAnswer } from '../../bank131/client/transport.ts';
import type { CompletionPlan } from '../../bank131/flows/confirmAndWait.ts';
import { initiateRequest } from '../../bank131/flows/initiate.ts';
import type { ProgressStore } from '../../bank131/flows/progress.ts';
import { sendRequest, startRequest } from '../../bank131/flows/send.ts';
import {
	cancelSession,
	confirmChecked,
	waitForSession,
} from '../../bank131/flows/sessionActions.ts';
import type { SessionResult } from '../../bank131/flows/sessionResult.ts';
import { reasonText } from '../../nodes/shared/messages/reasons.ts';
import type { JsonObject } from '../../bank131/lib/json.ts';
import {
	answer,
	fates,
	memoryOf,
	refusal,
	requestOf,
	SleepClock,
	TinyBank,
	type Fate,
} from '../support/tinyBank.mts';

const plan: CompletionPlan = { confirm: 'automatic', waitFor: 'final', timeLimitMs: 60_000 };

const session = (status: string, fields: JsonObject = {}, payout?: JsonObject): WireAnswer =>
	answer({
		status: 'ok',
		session: {
			id: 'ps_1',
			status,
			...fields,
			...(payout && {
				payout_list: [
					{
						id: 'po_1',
						amount_details: { amount: 10_000, currency: 'rub' },
						metadata: { reference: 'A-1' },
						...payout,
					},
				],
			}),
		},
	});

const created = session('created');
const processing = session('in_progress', {}, { status: 'in_progress' });
const ready = session('in_progress', { next_action: 'confirm' }, { status: 'pending' });
const paid = session('accepted', {}, { status: 'succeeded' });
const declined = session(
	'cancelled',
	{},
	{ status: 'failed', error: { code: 'declined_by_issuer_bank', description: 'no' } },
);
const doubtful = session(
	'error',
	{ error: { code: 'internal_error', description: 'unexpected' } },
	{ status: 'failed' },
);
const foreign = (fields: JsonObject, payout: JsonObject) =>
	session('in_progress', fields, { ...payout, metadata: { reference: 'B-2' } });
const lost: WireAnswer = { failure: 'lost', message: 'reset' };
const notSent: WireAnswer = { failure: 'notSent', message: 'no connection' };
const gatewayTimeout = answer({ error: { code: 'RequestTimeout', message: 'slow' } }, 408);
const busy: WireAnswer = { httpStatus: 429, text: '', retryAfter: '7' };

type Step = [method: 'create' | 'start' | 'status' | 'confirm' | 'cancel' | 'init', WireAnswer];

/** A bank that gives exactly these answers to exactly these requests. */
function scripted(steps: Step[]) {
	const left = [...steps];
	const clock = new SleepClock();
	const bank = new BankClient(
		async ({ path }) => {
			const next = left.shift();
			if (!next) throw new Error(`nobody expected ${path}`);
			expect(path).toContain(`session/${next[0]}`);
			return next[1];
		},
		'v2',
		clock,
	);
	return { bank, clock, left };
}

async function play(
	steps: Step[],
	act: (bank: BankClient) => Promise<SessionResult>,
): Promise<SessionResult> {
	const { bank, left } = scripted(steps);
	const end = await act(bank);
	expect(left.map(([method]) => method)).toEqual([]);
	return end;
}

const four = (step: Step): Step[] => [step, step, step, step];

describe('send: each way through', () => {
	const send =
		(progressStore: ProgressStore = memoryOf(), how: CompletionPlan = plan) =>
		async (bank: BankClient) =>
			await sendRequest(requestOf('A-1'), how, { bank, progressStore });

	const cases: Array<[string, string, Step[]]> = [
		[
			'plain',
			'succeeded',
			[
				['create', created],
				['start', processing],
				['status', ready],
				['confirm', processing],
				['status', paid],
			],
		],
		[
			'everything ready at once',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', paid],
			],
		],
		[
			'auto-confirm',
			'succeeded',
			[
				['create', created],
				['start', processing],
				['status', paid],
			],
		],
		[
			'declined by the checks',
			'failed',
			[
				['create', created],
				['start', processing],
				['status', declined],
			],
		],
		[
			'declined after confirm',
			'failed',
			[
				['create', created],
				['start', ready],
				['confirm', processing],
				['status', declined],
			],
		],
		[
			'session error',
			'unknown',
			[
				['create', created],
				['start', ready],
				['confirm', processing],
				['status', doubtful],
			],
		],
		['create refused', 'rejected', [['create', refusal('authentication_error')]]],
		['create lost four times', 'rejected', four(['create', lost])],
		[
			'create without an id, then with',
			'succeeded',
			[
				['create', answer({ status: 'ok', session: {} })],
				['create', created],
				['start', paid],
			],
		],
		[
			'start refused',
			'rejected',
			[
				['create', created],
				['start', refusal('invalid_request')],
				['status', created],
			],
		],
		[
			'start refused, status refused too',
			'rejected',
			[
				['create', created],
				['start', refusal('authentication_error')],
				['status', refusal('authentication_error')],
			],
		],
		[
			'key known, session empty',
			'duplicate',
			[
				['create', created],
				['start', refusal('idempotency_key_already_exists')],
				['status', created],
			],
		],
		[
			'key known, because a proxy sent it twice',
			'succeeded',
			[
				['create', created],
				['start', refusal('idempotency_key_already_exists')],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'key known, status unreachable',
			'unknown',
			[
				['create', created],
				['start', refusal('idempotency_key_already_exists')],
				...four(['status', lost]),
			],
		],
		[
			'wrong state, but paid',
			'succeeded',
			[
				['create', created],
				['start', refusal('session_wrong_state')],
				['status', paid],
			],
		],
		[
			'wrong state, nothing there',
			'rejected',
			[
				['create', created],
				['start', refusal('session_wrong_state')],
				['status', created],
			],
		],
		[
			'lost, then there',
			'succeeded',
			[
				['create', created],
				['start', lost],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'lost, not there, started again',
			'succeeded',
			[
				['create', created],
				['start', lost],
				['status', created],
				['start', ready],
				['confirm', paid],
			],
		],
		[
			'taken, and the answer does not show the payout yet',
			'succeeded',
			[
				['create', created],
				['start', created],
				['status', created],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'lost, not there, key known: it is ours, in flight',
			'succeeded',
			[
				['create', created],
				['start', lost],
				['status', created],
				['start', refusal('idempotency_key_already_exists')],
				['status', created],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'lost, not there, wrong state: it is ours, in flight',
			'succeeded',
			[
				['create', created],
				['start', lost],
				['status', created],
				['start', refusal('session_wrong_state')],
				['status', created],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'lost, then the status too',
			'unknown',
			[['create', created], ['start', lost], ...four(['status', lost])],
		],
		[
			'internal error, then fine',
			'succeeded',
			[
				['create', created],
				['start', refusal('internal_error')],
				['status', created],
				['status', created],
				['start', paid],
			],
		],
		[
			'another session in the answer',
			'succeeded',
			[
				['create', created],
				['start', answer({ status: 'ok', session: { id: 'ps_9', status: 'in_progress' } })],
				['status', paid],
			],
		],
		['no connection four times', 'rejected', [['create', created], ...four(['start', notSent])]],
		['429 four times', 'rejected', [['create', created], ...four(['start', busy])]],
		[
			'429 at the confirmation',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', busy],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'confirmation lost, taken',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', lost],
				['status', processing],
				['status', paid],
			],
		],
		[
			'confirmation lost, not taken',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', lost],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'confirmation lost, in flight',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', lost],
				['status', ready],
				['confirm', refusal('session_wrong_state')],
				['status', ready],
				['confirm', refusal('session_wrong_state')],
				['status', paid],
			],
		],
		[
			'confirmation refused',
			'awaitingConfirmation',
			[
				['create', created],
				['start', ready],
				['confirm', refusal('invalid_request')],
				['status', ready],
			],
		],
		[
			'confirmation too late',
			'cancelled',
			[
				['create', created],
				['start', ready],
				['confirm', refusal('session_wrong_state')],
				[
					'status',
					session('cancelled', {}, { status: 'failed', error: { code: 'confirm_timeout' } }),
				],
			],
		],
		[
			'confirmation lost, status too',
			'unknown',
			[['create', created], ['start', ready], ['confirm', lost], ...four(['status', lost])],
		],
		[
			'a stale status after the start',
			'succeeded',
			[
				['create', created],
				['start', processing],
				['status', created],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'a stale status after the confirmation',
			'succeeded',
			[
				['create', created],
				['start', ready],
				['confirm', ready],
				['status', ready],
				['status', paid],
			],
		],
		[
			'the bank is away for a while',
			'succeeded',
			[
				['create', created],
				['start', processing],
				...four(['status', lost]),
				['status', ready],
				['confirm', processing],
				...four(['status', lost]),
				['status', paid],
			],
		],
	];

	test.each(cases)('%s: %s', async (_name, outcome, steps) => {
		const end = await play(steps, send());
		expect(end.outcome).toBe(outcome);
		if (['rejected', 'unknown'].includes(outcome) && end.view === undefined) {
			expect(end.reason).toEqual(expect.objectContaining({ code: expect.any(String) }));
		}
	});

	test('what is saved before each step', async () => {
		const progressStore = memoryOf();
		await play(
			[
				['create', created],
				['start', ready],
				['confirm', paid],
			],
			send(progressStore),
		);
		expect(progressStore.saved.map(({ step }) => step)).toEqual([
			'created',
			'starting',
			'confirming',
		]);
	});

	test.each<[string, Step]>([
		['refused', ['start', refusal('invalid_request')]],
		['a duplicate', ['start', refusal('idempotency_key_already_exists')]],
	])('after being %s the next try finds nothing begun', async (_name, start) => {
		const progressStore = memoryOf();
		const first = await play(
			[['create', created], start, ['status', created]],
			send(progressStore),
		);
		expect(progressStore.load()).toEqual({ sessionId: 'ps_1', step: 'created' });
		const second = await play([start, ['status', created]], send(progressStore));
		expect(second.outcome).toBe(first.outcome);
	});

	test.each<[string, 'starting' | 'confirming', Step[], string]>([
		[
			'not there',
			'starting',
			[
				['status', created],
				['start', paid],
			],
			'succeeded',
		],
		[
			'there',
			'starting',
			[
				['status', ready],
				['confirm', paid],
			],
			'succeeded',
		],
		['paid', 'confirming', [['status', paid]], 'succeeded'],
		[
			'confirmation was lost',
			'confirming',
			[
				['status', ready],
				['confirm', paid],
			],
			'succeeded',
		],
		['nobody says', 'starting', four(['status', lost]), 'unknown'],
		['declined', 'confirming', [['status', declined]], 'failed'],
	])('resumed, %s', async (_name, step, steps, outcome) => {
		const end = await play(steps, send(memoryOf({ sessionId: 'ps_1', step })));
		expect(end.outcome).toBe(outcome);
	});

	test.each<[CompletionPlan['confirm'], CompletionPlan['waitFor'], Step[], string]>([
		['manual', 'started', [['start', processing]], 'processing'],
		[
			'manual',
			'ready',
			[
				['start', processing],
				['status', ready],
			],
			'awaitingConfirmation',
		],
		[
			'manual',
			'final',
			[
				['start', processing],
				['status', ready],
				['status', paid],
			],
			'succeeded',
		],
		[
			'automatic',
			'confirmed',
			[
				['start', ready],
				['confirm', processing],
			],
			'processing',
		],
	])('%s confirmation, waits until %s', async (confirm, waitFor, steps, outcome) => {
		const how = { confirm, waitFor, timeLimitMs: 60_000 };
		const end = await play([['create', created], ...steps], send(memoryOf(), how));
		expect(end.outcome).toBe(outcome);
	});

	test('another amount than was asked for is not confirmed, and is a failure', async () => {
		const other = session(
			'in_progress',
			{ next_action: 'confirm' },
			{ status: 'pending', amount_details: { amount: 1_000_000, currency: 'rub' } },
		);
		const end = await play(
			[
				['create', created],
				['start', other],
			],
			send(),
		);
		expect(end).toMatchObject({ outcome: 'awaitingConfirmation' });
		expect(end.reason).toEqual({
			code: 'amountMismatch',
			shown: { minorUnits: 1_000_000, currency: 'rub' },
			expected: { minorUnits: 10_000, currency: 'rub' },
		});
	});

	test('the time limit ends the waiting, not the payout', async () => {
		const { bank, clock } = scripted([
			['create', created],
			['start', processing],
			...Array.from({ length: 50 }, (): Step => ['status', processing]),
		]);
		const end = await send()(bank);
		expect(end.outcome).toBe('processing');
		expect(end.advice).toEqual({ code: 'confirmLater' });
		expect(clock.time).toBe(60_000);
	});

	test('unreadable until the end of the time limit is unknown', async () => {
		const steps = Array.from({ length: 200 }, (): Step => ['status', lost]);
		const { bank } = scripted([['create', created], ['start', processing], ...steps]);
		const end = await send()(bank);
		expect(end).toMatchObject({ outcome: 'unknown', sessionId: 'ps_1' });
	});

	test('Retry-After is kept', async () => {
		const { bank, clock } = scripted([
			['create', created],
			['start', busy],
			['start', paid],
		]);
		await send()(bank);
		expect(clock.time).toBe(7000);
	});

	test('a cancelled run asks no more', async () => {
		const { bank, clock, left } = scripted([
			['create', created],
			['start', processing],
			['status', processing],
			['status', processing],
		]);
		const sleep = clock.sleep;
		clock.sleep = async (ms) => {
			await sleep(ms);
			clock.isStopped = true;
		};
		const end = await send()(bank);
		expect(end.outcome).toBe('processing');
		expect(left).toHaveLength(1);
	});
});

describe('start in a session that somebody else opened', () => {
	const start =
		(progressStore: ProgressStore = memoryOf()) =>
		async (bank: BankClient) =>
			await startRequest(requestOf('A-1'), 'ps_1', plan, { bank, progressStore });

	const waiting = foreign({ next_action: 'confirm' }, { status: 'pending' });

	test.each<[string, string, Step[]]>([
		[
			'empty',
			'succeeded',
			[
				['start', ready],
				['confirm', paid],
			],
		],
		[
			'holds another payout',
			'rejected',
			[
				['start', refusal('session_wrong_state')],
				['status', waiting],
			],
		],
		[
			'holds another payout, first answer lost',
			'rejected',
			[
				['start', lost],
				['status', waiting],
			],
		],
		[
			'ours after all',
			'succeeded',
			[
				['start', lost],
				['status', ready],
				['confirm', paid],
			],
		],
		[
			'lost, and what is there does not say whose it is',
			'unknown',
			[
				['start', lost],
				['status', session('in_progress', {}, { status: 'pending', metadata: undefined })],
			],
		],
		[
			'ours from an earlier execution',
			'succeeded',
			[
				['start', refusal('session_wrong_state')],
				['status', paid],
			],
		],
	])('%s: %s', async (_name, outcome, steps) => {
		expect((await play(steps, start())).outcome).toBe(outcome);
	});

	test('the payout of somebody else is not confirmed by the next try either', async () => {
		const progressStore = memoryOf();
		await play(
			[
				['start', refusal('session_wrong_state')],
				['status', waiting],
			],
			start(progressStore),
		);
		const again = await play(
			[
				['start', refusal('session_wrong_state')],
				['status', waiting],
			],
			start(progressStore),
		);
		expect(again.outcome).toBe('rejected');
		const resumed = memoryOf({ sessionId: 'ps_1', step: 'starting' });
		expect((await play([['status', waiting]], start(resumed))).outcome).toBe('rejected');
	});
});

test('a payout that was taken is not called "created", wherever the waiting ends', async () => {
	const manual: CompletionPlan = { confirm: 'manual', waitFor: 'started', timeLimitMs: 0 };
	const started = await play(
		[
			['create', created],
			['start', created],
		],
		async (bank) =>
			await sendRequest(requestOf('A-1'), manual, { bank, progressStore: memoryOf() }),
	);
	expect(started.outcome).toBe('processing');
	const impatient: CompletionPlan = { ...plan, waitFor: 'confirmed', timeLimitMs: 300 };
	const late = await play(
		[
			['init', created],
			['status', created],
		],
		async (bank) =>
			await initiateRequest(requestOf('A-1'), impatient, { bank, progressStore: memoryOf() }),
	);
	expect(late).toMatchObject({
		outcome: 'processing',
		advice: { code: 'confirmLater' },
	});
});

describe('initiate', () => {
	const initiate =
		(progressStore: ProgressStore = memoryOf()) =>
		async (bank: BankClient) =>
			await initiateRequest(requestOf('A-1'), plan, { bank, progressStore });

	test.each<[string, string, Step[]]>([
		[
			'plain',
			'succeeded',
			[
				['init', processing],
				['status', paid],
			],
		],
		['refused', 'rejected', [['init', refusal('invalid_request')]]],
		['known', 'duplicate', [['init', refusal('idempotency_key_already_exists')]]],
		['lost', 'unknown', [['init', lost]]],
		['internal error', 'unknown', [['init', refusal('internal_error')]]],
		['502', 'unknown', [['init', { httpStatus: 502, text: '<html>' }]]],
		['a gateway in between gives up, in JSON', 'unknown', [['init', gatewayTimeout]]],
		['no session in the answer', 'unknown', [['init', answer({ status: 'ok' })]]],
		[
			'the session of another reference',
			'unknown',
			[['init', foreign({ next_action: 'confirm' }, { status: 'pending' })]],
		],
		[
			'429, then fine',
			'succeeded',
			[
				['init', busy],
				['init', paid],
			],
		],
		['no connection', 'rejected', four(['init', notSent])],
		[
			'429, then lost',
			'unknown',
			[
				['init', busy],
				['init', lost],
			],
		],
	])(
		'%s: %s; the next try does not send what may have been taken',
		async (_name, outcome, steps) => {
			const progressStore = memoryOf();
			expect((await play(steps, initiate(progressStore))).outcome).toBe(outcome);
			if (outcome === 'unknown') {
				expect((await play([], initiate(progressStore))).outcome).toBe('unknown');
			}
			if (outcome === 'succeeded') {
				expect((await play([['status', paid]], initiate(progressStore))).outcome).toBe('succeeded');
			}
			if (outcome === 'duplicate' || outcome === 'rejected') {
				expect((await play(steps, initiate(progressStore))).outcome).toBe(outcome);
			}
		},
	);
});

describe('confirm', () => {
	const confirm =
		(minorUnits?: number, progressStore: ProgressStore = memoryOf(), currency = 'rub') =>
		async (bank: BankClient) =>
			await confirmChecked(
				'ps_1',
				minorUnits === undefined ? undefined : { minorUnits, currency },
				undefined,
				{ bank, progressStore },
			);
	const confirming = () => memoryOf({ sessionId: 'ps_1', step: 'confirming' });
	const withoutAmount = session('in_progress', { next_action: 'confirm' });

	test.each<[string, string, Step[], ReturnType<typeof confirm>]>([
		[
			'ready',
			'processing',
			[
				['status', ready],
				['confirm', processing],
			],
			confirm(),
		],
		[
			'right amount',
			'processing',
			[
				['status', ready],
				['confirm', processing],
			],
			confirm(10_000),
		],
		['wrong amount', 'rejected', [['status', ready]], confirm(10_001)],
		['another currency', 'rejected', [['status', ready]], confirm(10_000, memoryOf(), 'usd')],
		['no amount to compare', 'rejected', [['status', withoutAmount]], confirm(10_000)],
		['not ready', 'rejected', [['status', processing]], confirm()],
		['never started', 'rejected', [['status', created]], confirm()],
		['paid before', 'succeeded', [['status', paid]], confirm()],
		['declined before', 'rejected', [['status', declined]], confirm()],
		['unreadable', 'rejected', four(['status', lost]), confirm()],
		[
			'unreadable after a lost confirmation',
			'unknown',
			four(['status', lost]),
			confirm(undefined, confirming()),
		],
		['resumed', 'processing', [['status', processing]], confirm(10_000, confirming())],
		[
			'resumed, not taken',
			'succeeded',
			[
				['status', ready],
				['confirm', paid],
			],
			confirm(10_000, confirming()),
		],
	])('%s: %s', async (_name, outcome, steps, act) => {
		const end = await play(steps, act);
		expect(end.outcome).toBe(outcome);
		if (outcome === 'rejected') {
			expect(reasonText(end.reason!).message).toContain('Not confirmed');
		}
	});
});

describe('an answer about another session', () => {
	const another = answer({
		status: 'ok',
		session: {
			id: 'ps_2',
			status: 'accepted',
			payout_list: [{ id: 'po_2', status: 'succeeded' }],
		},
	});

	test('is as good as lost', async () => {
		const steps: Step[] = [
			['create', created],
			['start', another],
			['status', ready],
			['confirm', another],
			['status', another],
			['status', paid],
		];
		const end = await play(
			steps,
			async (bank) =>
				await sendRequest(requestOf('A-1'), plan, { bank, progressStore: memoryOf() }),
		);
		expect(end).toMatchObject({ outcome: 'succeeded', sessionId: 'ps_1' });
	});

	test('when one is opened: nothing is started or confirmed in it', async () => {
		const end = await play(
			four(['create', foreign({ next_action: 'confirm' }, { status: 'pending' })]),
			async (bank) =>
				await sendRequest(requestOf('A-1'), plan, { bank, progressStore: memoryOf() }),
		);
		expect(end).toMatchObject({ outcome: 'rejected' });
	});

	test('when one is opened that does not say whose it is: its payout is not told as ours', async () => {
		const steps: Step[] = [
			['create', created],
			['start', refusal('session_wrong_state')],
			['status', foreign({ next_action: 'confirm' }, { status: 'pending' })],
		];
		const end = await play(
			steps,
			async (bank) =>
				await sendRequest(requestOf('A-1'), plan, { bank, progressStore: memoryOf() }),
		);
		expect(end).toMatchObject({ outcome: 'rejected' });
	});

	test('again and again: nothing is confirmed', async () => {
		const end = await play(
			four(['status', another]),
			async (bank) =>
				await confirmChecked('ps_1', undefined, undefined, { bank, progressStore: memoryOf() }),
		);
		expect(end).toMatchObject({
			outcome: 'rejected',
			sessionId: 'ps_1',
			reason: {
				code: 'sessionNotRead',
				action: 'confirm',
				cause: { code: 'otherSession', sessionId: 'ps_2' },
			},
		});
		expect(end.view).toBeUndefined();
	});
});

test('a payment in dollars that the bank shows in rubles is not confirmed', async () => {
	const dollars = { ...requestOf('A-1'), amount: { minorUnits: 10_000, currency: 'usd' } };
	const payment_list = [
		{ id: 'pm_1', status: 'pending', amount_details: { amount: 10_000, currency: 'rub' } },
	];
	const end = await play(
		[['init', session('in_progress', { next_action: 'confirm', payment_list })]],
		async (bank) => await initiateRequest(dollars, plan, { bank, progressStore: memoryOf() }),
	);
	expect(end).toMatchObject({
		outcome: 'awaitingConfirmation',
		reason: { code: 'amountMismatch', shown: { minorUnits: 10_000, currency: 'rub' } },
	});
});

test('a confirmation that the bank takes without showing anything says so in words', async () => {
	const mute = answer({ status: 'ok' });
	const steps: Step[] = [
		['status', ready],
		...[1, 2, 3, 4].flatMap((): Step[] => [
			['confirm', mute],
			['status', ready],
		]),
	];
	const end = await play(
		steps,
		async (bank) =>
			await confirmChecked('ps_1', undefined, undefined, { bank, progressStore: memoryOf() }),
	);
	expect(end).toMatchObject({ outcome: 'unknown', reason: { code: 'effectNotShown' } });
});

describe('cancel', () => {
	const cancelled = session(
		'cancelled',
		{},
		{ status: 'failed', error: { code: 'session_cancelled_by_partner' } },
	);
	const cancel = async (bank: BankClient) => await cancelSession('ps_1', bank);

	test.each<[string, string, boolean, Step[]]>([
		['taken', 'processing', false, [['cancel', processing]]],
		['empty', 'cancelled', false, [['cancel', session('cancelled')]]],
		[
			'lost, done',
			'cancelled',
			false,
			[
				['cancel', lost],
				['status', cancelled],
			],
		],
		[
			'lost, under way',
			'processing',
			false,
			[
				['cancel', lost],
				['status', processing],
				['cancel', refusal('session_wrong_state')],
				['status', processing],
			],
		],
		[
			'lost, not taken',
			'processing',
			false,
			[
				['cancel', lost],
				['status', ready],
				['cancel', processing],
			],
		],
		[
			'paid already',
			'succeeded',
			true,
			[
				['cancel', refusal('session_wrong_state')],
				['status', paid],
			],
		],
		['unreadable', 'unknown', true, [['cancel', lost], ...four(['status', lost])]],
	])('%s: %s', async (_name, outcome, fails, steps) => {
		const end = await play(steps, cancel);
		expect(end.outcome).toBe(outcome);
		expect(end.reason !== undefined).toBe(fails);
	});
});

test('wait: a first look that is lost is forgiven until the time is up, a refusal is not', async () => {
	const wait = (ms: number) => async (bank: BankClient) =>
		await waitForSession('ps_1', true, ms, bank);
	const away = [...four(['status', lost]), ...four(['status', lost])];
	expect((await play([...away, ['status', paid]], wait(60_000))).outcome).toBe('succeeded');
	await expect(play(four(['status', lost]), wait(0))).rejects.toMatchObject({
		reason: { code: 'noAnswer', message: 'reset' },
	});
	const unknownSession = play([['status', refusal('invalid_request')]], wait(60_000));
	await expect(unknownSession).rejects.toMatchObject({ code: 'invalid_request' });
});

test('wait: ready, final, time limit', async () => {
	const wait = (final: boolean, ms: number) => async (bank: BankClient) =>
		await waitForSession('ps_1', final, ms, bank);
	expect(
		(
			await play(
				[
					['status', processing],
					['status', ready],
				],
				wait(false, 60_000),
			)
		).outcome,
	).toBe('awaitingConfirmation');
	expect(
		(
			await play(
				[
					['status', ready],
					['status', paid],
				],
				wait(true, 60_000),
			)
		).outcome,
	).toBe('succeeded');
	expect((await play([['status', processing]], wait(true, 0))).outcome).toBe('processing');
	expect(
		(await play([['status', processing], ...four(['status', lost])], wait(true, 100))).outcome,
	).toBe('unknown');
});

describe('whatever is lost, whenever', () => {
	const fate = fc.oneof(
		{ weight: 3, arbitrary: fc.constant<Fate>('ok') },
		{ weight: 4, arbitrary: fc.constantFrom<Fate>(...fates) },
	);
	const world = fc.record({
		script: fc.array(fate, { maxLength: 40 }),
		autoConfirm: fc.boolean(),
		refusesStarts: fc.boolean(),
		tries: fc.integer({ min: 1, max: 4 }),
		confirm: fc.constantFrom<CompletionPlan['confirm']>('automatic', 'manual'),
		waitFor: fc.constantFrom<CompletionPlan['waitFor']>('final', 'ready', 'confirmed', 'started'),
		/** In which execution each try runs: a new one has no memory. */
		fresh: fc.array(fc.boolean(), { maxLength: 4 }),
	});

	type Flow = (
		how: CompletionPlan,
		bank: BankClient,
		progressStore: ProgressStore,
	) => Promise<SessionResult>;

	const holds = (flow: Flow, hasSession: boolean) =>
		fc.asyncProperty(world, async ({ script, tries, confirm, waitFor, fresh, ...rules }) => {
			const tiny = new TinyBank([...script], rules);
			const bank = new BankClient(tiny.transport, 'v2', new SleepClock());
			let progressStore = memoryOf();
			for (let attempt = 0; attempt < tries; attempt++) {
				if (fresh[attempt]) progressStore = memoryOf();
				const before = tiny.paid.length;
				const end = await flow({ confirm, waitFor, timeLimitMs: 20_000 }, bank, progressStore);
				expect(tiny.booked.length).toBeLessThanOrEqual(1);
				expect(tiny.paid.length).toBeLessThanOrEqual(1);
				if (end.outcome === 'succeeded') expect(tiny.paid).toEqual(['A-1']);
				if (end.outcome === 'awaitingConfirmation') expect(tiny.booked).toEqual(['A-1']);
				if (end.outcome === 'duplicate') expect(tiny.keys.has('A-1')).toBe(true);
				if (confirm === 'manual' && !rules.autoConfirm) expect(tiny.paid).toEqual([]);
				if (end.outcome === 'rejected') {
					// Nothing of this try is at the bank, nor will it be.
					if (before === 0 && attempt === 0) {
						tiny.flush();
						expect(tiny.booked).toEqual([]);
					}
				}
				if (hasSession && end.outcome === 'unknown') expect(end.sessionId).toMatch(/^ps_/);
			}
			tiny.flush();
			expect(tiny.booked.length).toBeLessThanOrEqual(1);
			expect(tiny.paid.length).toBeLessThanOrEqual(1);
			const starts = tiny.requests.filter(({ path }) => /start|init/.test(path));
			expect(new Set(starts.map(({ idempotencyKey }) => idempotencyKey)).size).toBeLessThanOrEqual(
				1,
			);
			const others = tiny.requests.filter(({ path }) => !/start|init/.test(path));
			expect(others.every(({ idempotencyKey }) => idempotencyKey === undefined)).toBe(true);
		});

	test('send books and pays at most once, and says the truth', async () => {
		const flow: Flow = (how, bank, progressStore) =>
			sendRequest(requestOf('A-1'), how, { bank, progressStore });
		await fc.assert(holds(flow, true), { numRuns: 3000 });
	});

	test('initiate books and pays at most once, and says the truth', async () => {
		const flow: Flow = (how, bank, progressStore) =>
			initiateRequest(requestOf('A-1'), how, { bank, progressStore });
		await fc.assert(holds(flow, false), { numRuns: 2000 });
	});

	test('within one execution nothing that went out of sight is sent again by initiate', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fate, { maxLength: 10 }), async (script) => {
				const rules = { autoConfirm: true, refusesStarts: false };
				// Even a bank that forgets its keys gets one request that it could act on.
				const tiny = new TinyBank([...script], rules);
				tiny.keys.has = () => false;
				const bank = new BankClient(tiny.transport, 'v2', new SleepClock());
				const progressStore = memoryOf();
				for (let attempt = 0; attempt < 5; attempt++) {
					await initiateRequest(requestOf('A-1'), plan, { bank, progressStore });
				}
				tiny.flush();
				expect(tiny.paid.length).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 1000 },
		);
	});

	test('within one execution the session alone is lock enough for send', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fate, { maxLength: 30 }), async (script) => {
				const rules = { autoConfirm: true, refusesStarts: false };
				const tiny = new TinyBank([...script], rules);
				tiny.keys.has = () => false;
				const bank = new BankClient(tiny.transport, 'v2', new SleepClock());
				const progressStore = memoryOf();
				for (let attempt = 0; attempt < 5; attempt++) {
					await sendRequest(requestOf('A-1'), plan, { bank, progressStore });
				}
				tiny.flush();
				expect(tiny.paid.length).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 1000 },
		);
	});
});
