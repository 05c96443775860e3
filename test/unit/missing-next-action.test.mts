/**
 * Sessions without `next_action`: a payout that is pending can be confirmed, and the type of an event says what to do.
 */
import { createPublicKey } from 'node:crypto';

import { BankClient } from '../../bank131/client/bankClient.ts';
import { captureSession } from '../../bank131/flows/capture.ts';
import type { CompletionPlan } from '../../bank131/flows/confirmAndWait.ts';
import { sendOperation } from '../../bank131/flows/send.ts';
import { confirmChecked } from '../../bank131/flows/confirm.ts';
import { waitForSession } from '../../bank131/flows/sessionActions.ts';
import type { JsonObject } from '../../bank131/lib/json.ts';
import { readSession } from '../../bank131/session/session.ts';
import { readWebhook, withPendingActionOf } from '../../bank131/webhooks/webhook.ts';
import {
	created,
	paid,
	plan,
	processing,
	ready,
	runScript,
	session,
	type Step,
} from '../support/flows.mts';
import {
	answer,
	createProgressStore,
	refusal,
	requestOf,
	SleepClock,
} from '../support/tinyBank.mts';
import { bankKey, sessionBody, signed } from '../support/webhooks.mts';

const pending = session('in_progress', {}, { status: 'pending' });
const tooEarly = refusal('session_wrong_state');
const context = (bank: BankClient) => ({ bank, progressStore: createProgressStore() });

describe('Send, the payout is pending and the session has no next_action', () => {
	const send =
		(how: CompletionPlan = plan) =>
		async (bank: BankClient) =>
			await sendOperation(requestOf('A-1'), how, context(bank));

	test.each<[string, Step[]]>([
		[
			'after a check',
			[
				['start', processing],
				['status', pending],
				['confirm', pending],
				['status', pending],
				['status', paid],
			],
		],
		[
			'at once',
			[
				['start', pending],
				['status', pending],
				['confirm', processing],
				['status', paid],
			],
		],
		[
			'before the bank is ready, then with next_action',
			[
				['start', processing],
				['status', pending],
				['confirm', tooEarly],
				['status', pending],
				['status', pending],
				['status', ready],
				['confirm', processing],
				['status', paid],
			],
		],
		[
			'in a project that confirms by itself',
			[
				['start', processing],
				['status', pending],
				['confirm', tooEarly],
				['status', processing],
				['status', paid],
			],
		],
	])('%s: outcome succeeded', async (_, steps) => {
		const result = await runScript([['create', created], ...steps], send());
		expect(result).toMatchObject({ outcome: 'succeeded' });
		expect(result.reason).toBeUndefined();
	});

	test('Leave for Approval: outcome awaitingConfirmation', async () => {
		const manual: CompletionPlan = { confirm: 'manual', waitFor: 'ready', timeLimitMs: 60_000 };
		const steps: Step[] = [
			['create', created],
			['start', processing],
			['status', pending],
		];
		expect((await runScript(steps, send(manual))).outcome).toBe('awaitingConfirmation');
	});

	test('another amount: not confirmed', async () => {
		const amount_details = { amount: 10_001, currency: 'rub' };
		const other = session('in_progress', {}, { status: 'pending', amount_details });
		const steps: Step[] = [
			['create', created],
			['start', processing],
			['status', other],
		];
		expect((await runScript(steps, send())).reason?.code).toBe('amountMismatch');
	});
});

describe('Session: Confirm and Wait', () => {
	const confirm = async (bank: BankClient) =>
		await confirmChecked({ sessionId: 'ps_1' }, context(bank));
	const wait = (untilFinal: boolean) => async (bank: BankClient) =>
		await waitForSession('ps_1', { untilFinal, timeLimitMs: 60_000 }, bank);

	test.each<[string, string, Step[]]>([
		[
			'the response is pending',
			'processing',
			[
				['status', pending],
				['confirm', pending],
			],
		],
		[
			'the response is paid',
			'succeeded',
			[
				['status', pending],
				['confirm', paid],
			],
		],
		[
			'the first request is lost',
			'processing',
			[
				['status', pending],
				['confirm', { failure: 'lost', message: 'reset' }],
				['status', pending],
				['confirm', pending],
			],
		],
	])('Confirm, %s: outcome %s', async (_, outcome, steps) => {
		expect((await runScript(steps, confirm)).outcome).toBe(outcome);
	});

	test('Confirm, the payout is in_progress: an error, no confirmation is sent', async () => {
		expect(await runScript([['status', processing]], confirm)).toMatchObject({
			outcome: 'processing',
			reason: { code: 'notAwaitingConfirmation' },
		});
	});

	test('Confirm, refused as too early, then tried again: the second attempt sends the confirmation', async () => {
		const progressStore = createProgressStore();
		const confirmAgain = async (bank: BankClient) =>
			await confirmChecked({ sessionId: 'ps_1' }, { bank, progressStore });
		const refusedSteps: Step[] = [
			['status', pending],
			['confirm', tooEarly],
			['status', pending],
		];
		expect((await runScript(refusedSteps, confirmAgain)).reason?.code).toBe('refused');
		const acceptedSteps: Step[] = [
			['status', pending],
			['confirm', pending],
		];
		expect(await runScript(acceptedSteps, confirmAgain)).toMatchObject({ outcome: 'processing' });
	});

	test('Confirm, lost and then refused as too early, then tried again: no confirmation is sent', async () => {
		const progressStore = createProgressStore({ sessionId: 'ps_1', step: 'confirming' });
		const confirmAgain = async (bank: BankClient) =>
			await confirmChecked({ sessionId: 'ps_1' }, { bank, progressStore });
		const withNextAction: Step[] = [
			['status', ready],
			['confirm', tooEarly],
			['status', pending],
		];
		await runScript(withNextAction, confirmAgain);
		expect(await runScript([['status', pending]], confirmAgain)).toMatchObject({
			outcome: 'processing',
		});
	});

	test('Confirm of a split payment whose payment is not paid: an error', async () => {
		const payment_list = [{ id: 'pm_1', status: 'pending', payment_details: { type: 'card' } }];
		const split = session('in_progress', { payment_list }, { status: 'pending' });
		expect(await runScript([['status', split]], confirm)).toMatchObject({
			outcome: 'processing',
			reason: { code: 'notAwaitingConfirmation' },
		});
	});

	test('Wait until ready: ends with awaitingConfirmation', async () => {
		const steps: Step[] = [
			['status', processing],
			['status', pending],
		];
		expect((await runScript(steps, wait(false))).outcome).toBe('awaitingConfirmation');
		expect((await runScript([['status', pending]], wait(false))).outcome).toBe(
			'awaitingConfirmation',
		);
	});

	test('Wait until final: goes on', async () => {
		const steps: Step[] = [
			['status', pending],
			['status', pending],
			['status', paid],
		];
		expect((await runScript(steps, wait(true))).outcome).toBe('succeeded');
	});
});

test.each([
	['all', {}],
	['a part', { minorUnits: 4000 }],
])(
	'Capture %s of a payment in a session without next_action: outcome processing',
	async (_, amount) => {
		const payment = {
			id: 'pm_1',
			status: 'pending',
			amount_details: { amount: 10_000, currency: 'rub' },
		};
		const body = {
			status: 'ok',
			session: { id: 'ps_1', status: 'in_progress', payment_list: [payment] },
		};
		const bank = new BankClient(
			async () => await Promise.resolve(answer(body)),
			'v2',
			new SleepClock(),
		);
		const result = await captureSession('ps_1', amount, context(bank));
		expect(result.outcome).toBe('processing');
		expect(result.reason).toBeUndefined();
	},
);

describe('events whose session has no next_action', () => {
	const bank = bankKey();
	const keys = [createPublicKey(bank.publicPem)];
	const outcomeOf = async (body: string) => {
		const event = await readWebhook(Buffer.from(body), signed(body, bank), keys);
		return event.ok ? event.value.session?.outcome : undefined;
	};

	test.each<[string, JsonObject, JsonObject, string]>([
		['ready_to_confirm', {}, { status: 'pending' }, 'awaitingConfirmation'],
		['ready_to_confirm', {}, { status: 'in_progress' }, 'awaitingConfirmation'],
		['ready_to_capture', {}, { status: 'pending' }, 'awaitingCapture'],
		['ready_to_capture', { next_action: 'confirm' }, {}, 'awaitingConfirmation'],
		['ready_to_confirm', { status: 'accepted' }, { status: 'succeeded' }, 'succeeded'],
		['ready_to_confirm', { status: 'cancelled' }, { status: 'failed' }, 'failed'],
		['ready_to_confirm', { status: 'error' }, { status: 'failed' }, 'unknown'],
		['payment_finished', {}, { status: 'pending' }, 'processing'],
	])('%s, session %j, payout %j: outcome %s', async (type, sessionFields, payout, outcome) => {
		expect(await outcomeOf(sessionBody(type, sessionFields, payout))).toBe(outcome);
	});

	test.each([
		['ready_to_confirm', 'in_progress', 1, 'awaitingConfirmation'],
		['ready_to_capture', 'in_progress', 1, 'awaitingCapture'],
		['ready_to_confirm', 'in_progress', 2, 'processing'],
		['payment_finished', 'in_progress', 1, 'processing'],
	])(
		'%s of 10:00:01, the session read later shows the payout %s at 10:00:0%d: outcome %s',
		(type, status, second, outcome) => {
			const viewOf = (at: number, operation: string) => {
				const updated_at = `2026-11-21T10:00:0${at}Z`;
				return readSession(JSON.parse(sessionBody(type, { updated_at }, { status: operation })))!;
			};
			const read = viewOf(second, status);
			expect(withPendingActionOf(type, read, viewOf(1, status))?.outcome).toBe(outcome);
			const otherStatus = withPendingActionOf(type, read, viewOf(1, 'pending'));
			expect(otherStatus?.outcome).toBe('processing');
		},
	);

	test.each([
		['ready_to_confirm', 'pending', 'awaitingConfirmation'],
		['ready_to_capture', 'pending', 'awaitingCapture'],
		['ready_to_confirm', 'in_progress', 'processing'],
		['payment_finished', 'pending', 'processing'],
	])('%s, the session read later shows the payout %s: outcome %s', (type, status, outcome) => {
		const body = JSON.parse(sessionBody(type, {}, { status })) as JsonObject;
		expect(withPendingActionOf(type, readSession(body))?.outcome).toBe(outcome);
	});
});
