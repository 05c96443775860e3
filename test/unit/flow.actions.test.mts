/** Confirm, cancel and wait for a session. */
import type { BankClient } from '../../bank131/client/bankClient.ts';
import type { ProgressStore } from '../../bank131/flows/progress.ts';
import { sendOperation } from '../../bank131/flows/send.ts';
import { confirmChecked } from '../../bank131/flows/confirm.ts';
import { cancelSession, waitForSession } from '../../bank131/flows/sessionActions.ts';
import { reasonText } from '../../nodes/shared/messages/reasonTexts.ts';
import {
	created,
	declined,
	foreign,
	fourTimes,
	lost,
	paid,
	plan,
	processing,
	ready,
	runScript,
	session,
	type Step,
} from '../support/flows.mts';
import { answer, createProgressStore, refusal, requestOf } from '../support/tinyBank.mts';

describe('confirm', () => {
	const confirm =
		(minorUnits?: number, progressStore: ProgressStore = createProgressStore(), currency = 'rub') =>
		async (bank: BankClient) =>
			await confirmChecked(
				{
					sessionId: 'ps_1',
					expected: minorUnits === undefined ? undefined : { minorUnits, currency },
				},
				{ bank, progressStore },
			);
	const confirming = () => createProgressStore({ sessionId: 'ps_1', step: 'confirming' });
	const withoutAmount = session('in_progress', { next_action: 'confirm' });

	test.each<[string, string, Step[], ReturnType<typeof confirm>]>([
		[
			'awaits confirmation',
			'processing',
			[
				['status', ready],
				['confirm', processing],
			],
			confirm(),
		],
		[
			'awaits confirmation, accepted with the state before the start',
			'processing',
			[
				['status', ready],
				['confirm', created],
			],
			confirm(),
		],
		[
			'awaits confirmation, refused, and the bank shows the state before the start',
			'awaitingConfirmation',
			[
				['status', ready],
				['confirm', refusal('invalid_request')],
				['status', created],
			],
			confirm(),
		],
		[
			'awaits confirmation, the expected amount',
			'processing',
			[
				['status', ready],
				['confirm', processing],
			],
			confirm(10_000),
		],
		['awaits confirmation, another amount', 'rejected', [['status', ready]], confirm(10_001)],
		[
			'awaits confirmation, another currency',
			'rejected',
			[['status', ready]],
			confirm(10_000, createProgressStore(), 'usd'),
		],
		[
			'awaits confirmation, shows no amount',
			'rejected',
			[['status', withoutAmount]],
			confirm(10_000),
		],
		['still processing', 'processing', [['status', processing]], confirm()],
		['nothing started', 'rejected', [['status', created]], confirm()],
		['already paid', 'succeeded', [['status', paid]], confirm()],
		['already declined', 'failed', [['status', declined]], confirm()],
		['cannot be read', 'rejected', fourTimes(['status', lost]), confirm()],
		[
			'cannot be read after a lost confirmation',
			'unknown',
			fourTimes(['status', lost]),
			confirm(undefined, confirming()),
		],
		[
			'resumed, still processing',
			'processing',
			[['status', processing]],
			confirm(10_000, confirming()),
		],
		[
			'resumed, the confirmation did not arrive',
			'succeeded',
			[
				['status', ready],
				['confirm', paid],
			],
			confirm(10_000, confirming()),
		],
	])('%s: the outcome is %s', async (_name, outcome, steps, confirmWith) => {
		const result = await runScript(steps, confirmWith);
		expect(result.outcome).toBe(outcome);
		if (outcome === 'rejected') {
			expect(reasonText(result.reason!).message).toContain('Not confirmed');
		}
	});
});

describe('a response about another session', () => {
	const another = answer({
		status: 'ok',
		session: {
			id: 'ps_2',
			status: 'accepted',
			payout_list: [{ id: 'po_2', status: 'succeeded' }],
		},
	});

	test('in start, confirm and status: treated as a lost response', async () => {
		const steps: Step[] = [
			['create', created],
			['start', another],
			['status', ready],
			['confirm', another],
			['status', another],
			['status', paid],
		];
		const result = await runScript(
			steps,
			async (bank) =>
				await sendOperation(requestOf('A-1'), plan, { bank, progressStore: createProgressStore() }),
		);
		expect(result).toMatchObject({ outcome: 'succeeded', sessionId: 'ps_1' });
	});

	test('in create, with another reference: nothing is started or confirmed in it', async () => {
		const result = await runScript(
			fourTimes(['create', foreign({ next_action: 'confirm' }, { status: 'pending' })]),
			async (bank) =>
				await sendOperation(requestOf('A-1'), plan, { bank, progressStore: createProgressStore() }),
		);
		expect(result).toMatchObject({ outcome: 'rejected' });
	});

	test('in create, without a reference, and it holds another payout: unknown, not confirmed, not reported as ours', async () => {
		const steps: Step[] = [
			['create', created],
			['start', refusal('session_wrong_state')],
			['status', foreign({ next_action: 'confirm' }, { status: 'pending' })],
		];
		const progressStore = createProgressStore();
		const send = async (bank: BankClient) =>
			await sendOperation(requestOf('A-1'), plan, { bank, progressStore });
		for (const attempt of [steps, steps.slice(1)]) {
			const result = await runScript(attempt, send);
			expect(result).toMatchObject({ outcome: 'unknown', reason: { code: 'startUnknown' } });
			expect(result.view).toBeUndefined();
		}
	});

	test('in every status response: nothing is confirmed', async () => {
		const result = await runScript(
			fourTimes(['status', another]),
			async (bank) =>
				await confirmChecked({ sessionId: 'ps_1' }, { bank, progressStore: createProgressStore() }),
		);
		expect(result).toMatchObject({
			outcome: 'rejected',
			sessionId: 'ps_1',
			reason: {
				code: 'sessionNotRead',
				action: 'confirm',
				cause: { code: 'otherSession', sessionId: 'ps_2' },
			},
		});
		expect(result.view).toBeUndefined();
	});
});

test('a confirmation that the bank accepts and never shows: the outcome is unknown, with the reason', async () => {
	const emptyResponse = answer({ status: 'ok' });
	const steps: Step[] = [
		['status', ready],
		...[1, 2, 3, 4].flatMap((): Step[] => [
			['confirm', emptyResponse],
			['status', ready],
		]),
	];
	const result = await runScript(
		steps,
		async (bank) =>
			await confirmChecked({ sessionId: 'ps_1' }, { bank, progressStore: createProgressStore() }),
	);
	expect(result).toMatchObject({ outcome: 'unknown', reason: { code: 'effectNotShown' } });
});

describe('cancel', () => {
	const cancelled = session(
		'cancelled',
		{},
		{ status: 'failed', error: { code: 'session_cancelled_by_partner' } },
	);
	const cancel = async (bank: BankClient) => await cancelSession('ps_1', bank);

	test.each<[string, string, boolean, Step[]]>([
		['accepted', 'processing', false, [['cancel', processing]]],
		['nothing started', 'cancelled', false, [['cancel', session('cancelled')]]],
		[
			'response lost, cancelled',
			'cancelled',
			false,
			[
				['cancel', lost],
				['status', cancelled],
			],
		],
		[
			'response lost, being processed',
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
			'response lost, the request did not arrive',
			'processing',
			false,
			[
				['cancel', lost],
				['status', ready],
				['cancel', processing],
			],
		],
		[
			'already paid',
			'succeeded',
			true,
			[
				['cancel', refusal('session_wrong_state')],
				['status', paid],
			],
		],
		['cannot be read', 'unknown', true, [['cancel', lost], ...fourTimes(['status', lost])]],
	])('%s: the outcome is %s', async (_name, outcome, fails, steps) => {
		const result = await runScript(steps, cancel);
		expect(result.outcome).toBe(outcome);
		expect(result.reason !== undefined).toBe(fails);
	});
});

test('wait: a lost first response is retried until the time limit, a refusal throws', async () => {
	const wait = (ms: number) => async (bank: BankClient) =>
		await waitForSession('ps_1', { untilFinal: true, timeLimitMs: ms }, bank);
	const unreachable = [...fourTimes(['status', lost]), ...fourTimes(['status', lost])];
	expect((await runScript([...unreachable, ['status', paid]], wait(60_000))).outcome).toBe(
		'succeeded',
	);
	await expect(runScript(fourTimes(['status', lost]), wait(0))).rejects.toMatchObject({
		reason: { code: 'noResponse', message: 'reset' },
	});
	const unknownSession = runScript([['status', refusal('invalid_request')]], wait(60_000));
	await expect(unknownSession).rejects.toMatchObject({ code: 'invalid_request' });
});

test('wait: ends when ready, when final, at the time limit, or unknown when it cannot be read', async () => {
	const wait = (final: boolean, ms: number) => async (bank: BankClient) =>
		await waitForSession('ps_1', { untilFinal: final, timeLimitMs: ms }, bank);
	expect(
		(
			await runScript(
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
			await runScript(
				[
					['status', ready],
					['status', paid],
				],
				wait(true, 60_000),
			)
		).outcome,
	).toBe('succeeded');
	expect((await runScript([['status', processing]], wait(true, 0))).outcome).toBe('processing');
	expect(
		(await runScript([['status', processing], ...fourTimes(['status', lost])], wait(true, 100)))
			.outcome,
	).toBe('unknown');
});
