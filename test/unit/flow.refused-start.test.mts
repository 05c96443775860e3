/** Starts that are refused: the key may be used up, and a code that is not documented may be followed by a booking. */
import type { BankClient } from '../../bank131/client/bankClient.ts';
import { initiateOperation } from '../../bank131/flows/initiate.ts';
import type { TransportResult } from '../../bank131/client/transport.ts';
import type { Progress, ProgressStore } from '../../bank131/flows/progress.ts';
import { createRefund } from '../../bank131/flows/refund/createRefund.ts';
import { RefundClaims } from '../../bank131/flows/refund/refundClaims.ts';
import type { JsonObject } from '../../bank131/lib/json.ts';
import { sendOperation } from '../../bank131/flows/send.ts';
import { confirmChecked } from '../../bank131/flows/confirm.ts';
import { cancelSession } from '../../bank131/flows/sessionActions.ts';
import { adviceText } from '../../nodes/shared/messages/adviceTexts.ts';
import {
	busy,
	created,
	fourTimes,
	lost,
	paid,
	plan,
	processing,
	ready,
	respondingBank,
	runScript,
	session,
	type Step,
} from '../support/flows.mts';
import { answer, createProgressStore, refusal, requestOf } from '../support/tinyBank.mts';

const keyExists = refusal('idempotency_key_already_exists');
const wrongState = refusal('session_wrong_state');

const send =
	(progressStore: ProgressStore = createProgressStore()) =>
	async (bank: BankClient) =>
		await sendOperation(requestOf('A-1'), plan, { bank, progressStore });
const initiate =
	(progressStore: ProgressStore = createProgressStore()) =>
	async (bank: BankClient) =>
		await initiateOperation(requestOf('A-1'), plan, { bank, progressStore });

const refund =
	(progressStore: ProgressStore = createProgressStore()) =>
	async (bank: BankClient) =>
		await createRefund(
			{ sessionId: 'ps_1', reference: 'R-1' },
			{ bank, progressStore, claims: new RefundClaims() },
		);

/** A session with a paid payment of 100 rubles, and with a refund of it. */
const paidPayment = (made?: JsonObject): TransportResult =>
	session('accepted', {
		payment_list: [
			{
				id: 'pay_1',
				status: 'succeeded',
				amount_details: { amount: 10_000, currency: 'rub' },
				...(made && { refunds: [made] }),
			},
		],
	});

/** A refund with this response, after which the session shows no refund. */
const refundTry = (response: TransportResult): Step[] => [
	['status', paidPayment()],
	['refund', response],
	...fourTimes(['status', paidPayment()]),
];

describe.each(['insufficient_wallet_balance', 'routing_internal_error', 'invalid_request'])(
	'the bank uses up the key of a start that it refuses with %s',
	(code) => {
		const keyMayBeUsedUp = {
			outcome: 'rejected',
			error: { code },
			advice: { code: 'keyMayBeUsedUp' },
		};
		const refused = () =>
			createProgressStore({ sessionId: 'ps_1', step: 'created', refusedCode: code });

		test('Send: the next attempts are rejected with the first code', async () => {
			const progressStore = createProgressStore();
			const first: Step[] = [
				['create', created],
				['start', refusal(code)],
				['status', created],
			];
			expect(await runScript(first, send(progressStore))).toMatchObject({
				outcome: 'rejected',
				error: { code, description: `said ${code}` },
			});
			for (let attempt = 2; attempt <= 3; attempt++) {
				const next: Step[] = [
					['start', keyExists],
					['status', created],
				];
				expect(await runScript(next, send(progressStore))).toMatchObject(keyMayBeUsedUp);
				expect(progressStore.load()).toMatchObject({ step: 'created', refusedCode: code });
			}
		});

		test('Send: the next attempt is accepted, if the key counts as not used', async () => {
			const progressStore = refused();
			expect(await runScript([['start', paid]], send(progressStore))).toMatchObject({
				outcome: 'succeeded',
			});
		});

		test('Send: HTTP 429 in between, then its own key: rejected with the first code', async () => {
			const progressStore = refused();
			const between: Step[] = [...fourTimes(['start', busy]), ['status', created]];
			expect((await runScript(between, send(progressStore))).outcome).toBe('rejected');
			const next: Step[] = [
				['start', keyExists],
				['status', created],
			];
			expect(await runScript(next, send(progressStore))).toMatchObject(keyMayBeUsedUp);
		});

		test('Send: a lost start in between leaves it open', async () => {
			const progressStore = refused();
			const steps: Step[] = [
				['start', lost],
				['status', created],
				...Array.from({ length: 3 }, (): Step[] => [
					['start', keyExists],
					['status', created],
					['status', created],
				]).flat(),
			];
			expect((await runScript(steps, send(progressStore))).outcome).toBe('unknown');
			expect(progressStore.load()).toEqual({ sessionId: 'ps_1', step: 'starting' });
		});

		test('Initiate: the next attempt is rejected with the first code', async () => {
			const progressStore = createProgressStore();
			expect(await runScript([['init', refusal(code)]], initiate(progressStore))).toMatchObject({
				outcome: 'rejected',
			});
			expect(await runScript([['init', keyExists]], initiate(progressStore))).toMatchObject(
				keyMayBeUsedUp,
			);
		});

		test('Refund: the next attempts are rejected with the first code', async () => {
			const progressStore = createProgressStore();
			const first: Step[] = [
				['status', paidPayment()],
				['refund', refusal(code)],
			];
			expect(await runScript(first, refund(progressStore))).toMatchObject({
				outcome: 'rejected',
				error: { code, description: `said ${code}` },
			});
			for (let attempt = 2; attempt <= 3; attempt++) {
				expect(await runScript(refundTry(keyExists), refund(progressStore))).toMatchObject(
					keyMayBeUsedUp,
				);
				expect(progressStore.load()).toMatchObject({ step: 'created', refusedCode: code });
			}
		});

		test('Refund: the next attempt is accepted, if the key counts as not used', async () => {
			const made = paidPayment({
				id: 'rf_1',
				status: 'accepted',
				amount_details: { amount: 10_000, currency: 'rub' },
			});
			const steps: Step[] = [
				['status', paidPayment()],
				['refund', made],
			];
			expect((await runScript(steps, refund(refused()))).outcome).toBe('refunded');
		});

		test('Refund: a lost request in between leaves it open', async () => {
			const progressStore = refused();
			expect((await runScript(refundTry(lost), refund(progressStore))).outcome).toBe('unknown');
			const next: Step[] = [['status', paidPayment()]];
			expect((await runScript(next, refund(progressStore))).outcome).toBe('unknown');
		});

		test.each([
			['the session cannot be read', fourTimes(['status', lost])],
			[
				'the refunds cannot be read',
				fourTimes(['status', paidPayment('a text' as unknown as JsonObject)]),
			],
			[
				'a refund of another amount has come',
				fourTimes(['status', paidPayment({ id: 'rf_1', amount_details: { amount: 3000 } })]),
			],
		] satisfies Array<[string, Step[]]>)(
			'Refund: the key is used, %s: unknown',
			async (_, reads) => {
				const steps: Step[] = [['status', paidPayment()], ['refund', keyExists], ...reads];
				expect((await runScript(steps, refund(refused()))).outcome).toBe('unknown');
			},
		);
	},
);

test('Refund: the key exists, and no refund of this execution was refused: unknown, also in the next attempt', async () => {
	const progressStore = createProgressStore();
	const first = await runScript(refundTry(keyExists), refund(progressStore));
	const second = await runScript([['status', paidPayment()]], refund(progressStore));
	expect([first.outcome, second.outcome]).toEqual(['unknown', 'unknown']);
});

test('the key exists, and no start of this execution was refused: duplicate, also in the next attempt', async () => {
	const progressStore = createProgressStore();
	const steps: Step[] = [
		['start', keyExists],
		['status', created],
	];
	const first = await runScript([['create', created], ...steps], send(progressStore));
	const second = await runScript(steps, send(progressStore));
	expect([first.outcome, second.outcome]).toEqual(['duplicate', 'duplicate']);
});

test.each(['a text with a number 4242424242424242', '', 'x'.repeat(65)])(
	'the code "%s" is not stored',
	async (code) => {
		const saved: Progress[] = [];
		const progressStore = createProgressStore();
		const save = progressStore.save;
		progressStore.save = (progress) => {
			saved.push(progress);
			save(progress);
		};
		const { bank } = respondingBank((method) => (method === 'start' ? refusal(code) : created));
		await send(progressStore)(bank);
		expect(JSON.stringify(saved)).not.toContain('4242');
		expect(saved.every(({ refusedCode = '' }) => /^\w{0,64}$/.test(refusedCode))).toBe(true);
	},
);

/** What the bank may say although it books the payout a moment later. */
const openRefusals = [
	['service_timeout', refusal('service_timeout')],
	['request_in_progress', refusal('request_in_progress')],
	['a code in another case', refusal('Internal_Error')],
	['a code of an object', refusal('constructor')],
	['status error without a code', answer({ status: 'error' })],
	['an error with a description only', answer({ status: 'error', error: { description: 'busy' } })],
] as const;

describe.each(openRefusals)('start refused with %s', (_name, openRefusal) => {
	test('Send, booked a moment later: succeeded', async () => {
		const steps: Step[] = [
			['create', created],
			['start', openRefusal],
			['status', created],
			['status', ready],
			['confirm', paid],
		];
		expect((await runScript(steps, send())).outcome).toBe('succeeded');
	});

	test('Send, the next try meets its own key, and the session shows it late: succeeded', async () => {
		const steps: Step[] = [
			['create', created],
			['start', openRefusal],
			['status', created],
			...keyUsedTries(3),
			['status', created],
			['status', created],
			['status', paid],
		];
		expect((await runScript(steps, send())).outcome).toBe('succeeded');
	});

	test.each([
		['the same again', openRefusal],
		['its own key', keyExists],
	])('Send, the next tries meet %s, and the session stays empty: rejected', async (_next, next) => {
		const progressStore = createProgressStore();
		const result = await runWhileEmpty(openRefusal, next, progressStore);
		expect(result).toMatchObject({
			outcome: 'rejected',
			advice: { code: 'keyMayBeUsedUp' },
			sessionId: 'ps_1',
		});
		// An agent's amount is not given back for this step.
		expect(progressStore.load()).toMatchObject({ step: 'starting' });
	});

	test('Send, another execution pays the Reference meanwhile: one is rejected and sent to the report, paid once', async () => {
		let isKeyUsed = false;
		let payouts = 0;
		const other = respondingBank((method) => {
			if (method !== 'start') return created;
			if (isKeyUsed) return keyExists;
			isKeyUsed = true;
			payouts++;
			return paid;
		});
		let otherOutcome: string | undefined;
		let starts = 0;
		const { bank } = respondingBank((method) => {
			if (method !== 'start') return created;
			starts++;
			if (starts === 1) return openRefusal;
			return isKeyUsed ? keyExists : paid;
		});
		bank.pause = async () => {
			otherOutcome ??= (await send()(other.bank)).outcome;
		};
		const result = await send()(bank);
		expect([otherOutcome, result.outcome, payouts]).toEqual(['succeeded', 'rejected', 1]);
		expect(adviceText(result.advice)).toMatch(/key may be used up.*the report/);
	});

	test.each([
		['a lost response', lost],
		['session_wrong_state', wrongState],
		['internal_error', refusal('internal_error')],
	])('Send, the next tries meet %s, and the session stays empty: unknown', async (_next, next) => {
		const result = await runWhileEmpty(openRefusal, next, createProgressStore());
		expect(result).toMatchObject({ outcome: 'unknown', sessionId: 'ps_1' });
	});

	test('Send, then a refusal that excludes a payout: rejected', async () => {
		const steps: Step[] = [
			['create', created],
			['start', openRefusal],
			['status', created],
			['status', created],
			['start', refusal('invalid_request')],
			['status', created],
		];
		expect(await runScript(steps, send())).toMatchObject({
			outcome: 'rejected',
			error: { code: 'invalid_request' },
		});
	});

	test('Send, the session cannot be read: unknown', async () => {
		const steps: Step[] = [
			['create', created],
			['start', openRefusal],
			...fourTimes(['status', lost]),
		];
		expect((await runScript(steps, send())).outcome).toBe('unknown');
	});

	test('Initiate: unknown with the code; never sent again', async () => {
		const progressStore = createProgressStore();
		const first = await runScript([['init', openRefusal]], initiate(progressStore));
		expect(first).toMatchObject({ outcome: 'unknown', error: { code: expect.any(String) } });
		expect((await runScript([], initiate(progressStore))).outcome).toBe('unknown');
	});

	test('Session: Confirm, carried out a moment later: processing', async () => {
		const steps: Step[] = [
			['status', ready],
			['confirm', openRefusal],
			['status', ready],
			['confirm', wrongState],
			['status', processing],
		];
		expect((await runScript(steps, confirm)).outcome).toBe('processing');
	});

	test('Session: Confirm, never carried out: unknown, with the reason', async () => {
		const tries = fourTimes(['confirm', openRefusal]).flatMap((step): Step[] => [
			step,
			['status', ready],
		]);
		expect(await runScript([['status', ready], ...tries], confirm)).toMatchObject({
			outcome: 'unknown',
			reason: { code: 'uncertainRefusal' },
		});
	});

	test('Session: Cancel, carried out a moment later: cancelled', async () => {
		const cancelled = session('cancelled', { error: { code: 'session_cancelled_by_partner' } });
		const steps: Step[] = [
			['cancel', openRefusal],
			['status', ready],
			['cancel', wrongState],
			['status', cancelled],
		];
		const cancel = async (bank: BankClient) => await cancelSession('ps_1', bank);
		expect((await runScript(steps, cancel)).outcome).toBe('cancelled');
	});

	test('Refund: Create: never rejected', async () => {
		expect((await runScript(refundTry(openRefusal), refund())).outcome).toBe('unknown');
	});
});

const confirm = async (bank: BankClient) =>
	await confirmChecked({ sessionId: 'ps_1' }, { bank, progressStore: createProgressStore() });

const keyUsedTries = (count: number): Step[] =>
	Array.from({ length: count }, (): Step[] => [
		['status', created],
		['start', keyExists],
		['status', created],
	]).flat();

/** Send with a first response to the start, the same response to all later ones, and a session that stays empty. */
async function runWhileEmpty(
	first: Step[1],
	next: Step[1],
	progressStore: ProgressStore,
): ReturnType<typeof sendOperation> {
	let starts = 0;
	const { bank } = respondingBank((method) => {
		if (method !== 'start') return created;
		starts++;
		return starts === 1 ? first : next;
	});
	const result = await send(progressStore)(bank);
	expect(starts).toBe(4);
	return result;
}
