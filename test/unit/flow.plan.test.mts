/** Send: saved progress, resumed attempts, confirmation plans and time limits. */
import type { BankClient } from '../../bank131/client/bankClient.ts';
import type { CompletionPlan } from '../../bank131/flows/confirmAndWait.ts';
import { initiateOperation } from '../../bank131/flows/initiate.ts';
import type { ProgressStore } from '../../bank131/flows/progress.ts';
import { sendOperation } from '../../bank131/flows/send.ts';
import {
	busy,
	created,
	declined,
	fourTimes,
	lost,
	paid,
	plan,
	processing,
	ready,
	runScript,
	scriptedBank,
	session,
	type Step,
} from '../support/flows.mts';
import { createProgressStore, refusal, requestOf } from '../support/tinyBank.mts';

describe('send', () => {
	const send =
		(progressStore: ProgressStore = createProgressStore(), how: CompletionPlan = plan) =>
		async (bank: BankClient) =>
			await sendOperation(requestOf('A-1'), how, { bank, progressStore });

	test('a payout that succeeds: its progress is saved before each step', async () => {
		const progressStore = createProgressStore();
		await runScript(
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
	])(
		'a start that is %s: the progress is back at `created`, and the next attempt ends the same',
		async (_name, start) => {
			const progressStore = createProgressStore();
			const first = await runScript(
				[['create', created], start, ['status', created]],
				send(progressStore),
			);
			expect(progressStore.load()).toMatchObject({ sessionId: 'ps_1', step: 'created' });
			const second = await runScript([start, ['status', created]], send(progressStore));
			expect(second.outcome).toBe(first.outcome);
		},
	);

	test.each<[string, 'starting' | 'confirming', string, Step[]]>([
		[
			'the session is empty',
			'starting',
			'succeeded',
			[
				['status', created],
				['start', paid],
			],
		],
		[
			'the session holds the payout',
			'starting',
			'succeeded',
			[
				['status', ready],
				['confirm', paid],
			],
		],
		['the session is paid', 'confirming', 'succeeded', [['status', paid]]],
		[
			'the confirmation did not arrive',
			'confirming',
			'succeeded',
			[
				['status', ready],
				['confirm', paid],
			],
		],
		['the session cannot be read', 'starting', 'unknown', fourTimes(['status', lost])],
		['the payout was declined', 'confirming', 'failed', [['status', declined]]],
	])('resumed, %s, after step %s: the outcome is %s', async (_name, step, outcome, steps) => {
		const result = await runScript(steps, send(createProgressStore({ sessionId: 'ps_1', step })));
		expect(result.outcome).toBe(outcome);
	});

	test.each<[CompletionPlan['confirm'], CompletionPlan['waitFor'], string, Step[]]>([
		['manual', 'started', 'processing', [['start', processing]]],
		[
			'manual',
			'ready',
			'awaitingConfirmation',
			[
				['start', processing],
				['status', ready],
			],
		],
		[
			'manual',
			'final',
			'succeeded',
			[
				['start', processing],
				['status', ready],
				['status', paid],
			],
		],
		[
			'automatic',
			'confirmed',
			'processing',
			[
				['start', ready],
				['confirm', processing],
			],
		],
	])(
		'%s confirmation, wait for %s: the outcome is %s',
		async (confirm, waitFor, outcome, steps) => {
			const how = { confirm, waitFor, timeLimitMs: 60_000 };
			const result = await runScript(
				[['create', created], ...steps],
				send(createProgressStore(), how),
			);
			expect(result.outcome).toBe(outcome);
		},
	);

	test('the bank shows another amount: not confirmed, with the reason', async () => {
		const other = session(
			'in_progress',
			{ next_action: 'confirm' },
			{ status: 'pending', amount_details: { amount: 1_000_000, currency: 'rub' } },
		);
		const result = await runScript(
			[
				['create', created],
				['start', other],
			],
			send(),
		);
		expect(result).toMatchObject({ outcome: 'awaitingConfirmation' });
		expect(result.reason).toEqual({
			code: 'amountMismatch',
			actual: { minorUnits: 1_000_000, currency: 'rub' },
			expected: { minorUnits: 10_000, currency: 'rub' },
		});
	});

	test('the time limit is reached while processing: the outcome is processing', async () => {
		const { bank, clock } = scriptedBank([
			['create', created],
			['start', processing],
			...Array.from({ length: 50 }, (): Step => ['status', processing]),
		]);
		const result = await send()(bank);
		expect(result.outcome).toBe('processing');
		expect(result.advice).toEqual({ code: 'confirmLater' });
		expect(clock.time).toBe(60_000);
	});

	test('the session cannot be read until the time limit: the outcome is unknown', async () => {
		const steps = Array.from({ length: 200 }, (): Step => ['status', lost]);
		const { bank } = scriptedBank([['create', created], ['start', processing], ...steps]);
		const result = await send()(bank);
		expect(result).toMatchObject({ outcome: 'unknown', sessionId: 'ps_1' });
	});

	test('HTTP 429 with Retry-After: the next attempt waits so long', async () => {
		const { bank, clock } = scriptedBank([
			['create', created],
			['start', busy],
			['start', paid],
		]);
		await send()(bank);
		expect(clock.time).toBe(7000);
	});

	test('a cancelled run: no further request is sent', async () => {
		const { bank, clock, remaining } = scriptedBank([
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
		const result = await send()(bank);
		expect(result.outcome).toBe('processing');
		expect(remaining).toHaveLength(1);
	});
});

test('an accepted payout whose session still shows created: the outcome is processing', async () => {
	const manual: CompletionPlan = { confirm: 'manual', waitFor: 'started', timeLimitMs: 0 };
	const started = await runScript(
		[
			['create', created],
			['start', created],
		],
		async (bank) =>
			await sendOperation(requestOf('A-1'), manual, { bank, progressStore: createProgressStore() }),
	);
	expect(started.outcome).toBe('processing');
	const shortPlan: CompletionPlan = { ...plan, waitFor: 'confirmed', timeLimitMs: 300 };
	const late = await runScript(
		[
			['init', created],
			['status', created],
		],
		async (bank) =>
			await initiateOperation(requestOf('A-1'), shortPlan, {
				bank,
				progressStore: createProgressStore(),
			}),
	);
	expect(late).toMatchObject({
		outcome: 'processing',
		advice: { code: 'confirmLater' },
	});
});
