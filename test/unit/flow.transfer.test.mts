/** The last checks before a confirmation, against what `confirm_information` shows; and payouts of another amount. */
import type { BankClient } from '../../bank131/client/bankClient.ts';
import type { TransportResult } from '../../bank131/client/transport.ts';
import { initiateOperation } from '../../bank131/flows/initiate.ts';
import { sendOperation } from '../../bank131/flows/send.ts';
import { confirmChecked } from '../../bank131/flows/confirm.ts';
import { parseObject, type JsonObject } from '../../bank131/lib/json.ts';
import type { Money } from '../../bank131/values/money.ts';
import { reasonText } from '../../nodes/shared/messages/reasonTexts.ts';
import { adviceText } from '../../nodes/shared/messages/adviceTexts.ts';
import {
	created,
	lost,
	paid,
	plan,
	processing,
	ready,
	runScript,
	session,
	type Step,
} from '../support/flows.mts';
import { answer, createProgressStore, requestOf } from '../support/tinyBank.mts';

const ACCOUNT = '40817810400003869535';
const OTHER = '40817810900000013101';

const context = (bank: BankClient) => ({ bank, progressStore: createProgressStore() });
const sendToAccount = async (bank: BankClient) =>
	await sendOperation({ ...requestOf('A-1'), account: ACCOUNT }, plan, context(bank));

const pending = session('in_progress', {}, { status: 'pending' });

/** A response with this `confirm_information` beside its session. */
function withInformation(response: TransportResult, information: JsonObject) {
	const text = 'text' in response ? response.text : '';
	return answer({ ...parseObject(text), confirm_information: information });
}

/** The session that awaits a confirmation. */
const readyWith = (information: JsonObject) => withInformation(ready, information);
const pendingWith = (information: JsonObject) => withInformation(pending, information);

const account = (number: string): JsonObject => ({
	type: 'bank_account',
	bank_account: { system_type: 'ru', ru: { account: number, bik: '044525974' } },
});
const rubles = (amount: unknown): JsonObject => ({ amount: { amount, currency: 'rub' } }) as never;

describe.each<[string, JsonObject, string]>([
	['another amount', { transfer_details: rubles(9_900) }, 'amountMismatch'],
	['more than was asked for', { transfer_details: rubles(10_001) }, 'amountMismatch'],
	['another amount as text', { transfer_details: rubles('9900') }, 'amountMismatch'],
	[
		'another account (v2)',
		{ transfer_details: { payout_details: account(OTHER) } },
		'accountMismatch',
	],
	[
		'another account (v1)',
		{ transfer_details: { payment_method: account(OTHER) } },
		'accountMismatch',
	],
	[
		'another account, not wrapped',
		{ transfer_details: { payout_details: { account: OTHER } } },
		'accountMismatch',
	],
	[
		'another account of the recipient',
		{
			transfer_details: { payout_details: account(ACCOUNT), recipient: { account_number: OTHER } },
		},
		'accountMismatch',
	],
	[
		'another account in account_details',
		{ account_details: { recipient: { account_number: OTHER } } },
		'accountMismatch',
	],
])('confirm_information shows %s', (_what, information, code) => {
	test('Send: not confirmed, and the message shows no whole account', async () => {
		const steps: Step[] = [
			['create', created],
			['start', processing],
			['status', readyWith(information)],
		];
		const result = await runScript(steps, sendToAccount);
		expect(result).toMatchObject({ outcome: 'awaitingConfirmation', reason: { code } });
		const { message, advice } = reasonText(result.reason!);
		expect(message).toMatch(/^Not confirmed: the bank shows /);
		expect(`${message} ${advice}`).not.toMatch(/\d{20}/);
	});
});

describe('from a settlement or escrow account, and a response shows no confirm_information', () => {
	const request = { ...requestOf('A-1'), needsConfirmInformation: true };
	const send = async (bank: BankClient) => await sendOperation(request, plan, context(bank));
	const initiate = async (bank: BankClient) =>
		await initiateOperation(request, plan, context(bank));
	const isLeftToTheEvent = {
		outcome: 'awaitingConfirmation',
		advice: { code: 'confirmFromEvent' },
	};
	const shown = (amount: number) => readyWith({ transfer_details: rubles(amount) });

	test('nor does the session: Send does not confirm', async () => {
		const steps: Step[] = [
			['create', created],
			['start', ready],
			['status', ready],
		];
		const result = await runScript(steps, send);
		expect(result).toMatchObject(isLeftToTheEvent);
	});

	test('and the session shows an empty one: Send does not confirm', async () => {
		const steps: Step[] = [
			['create', created],
			['start', ready],
			['status', readyWith({})],
		];
		expect(await runScript(steps, send)).toMatchObject(isLeftToTheEvent);
	});

	test('and the session cannot be read: Send does not confirm', async () => {
		const steps: Step[] = [
			['create', created],
			['start', processing],
			['status', ready],
			...Array.from({ length: 4 }, (): Step => ['status', lost]),
		];
		const result = await runScript(steps, send);
		expect(result).toMatchObject(isLeftToTheEvent);
	});

	test('nor does the session: Initiate and Wait does not confirm', async () => {
		const steps: Step[] = [
			['init', ready],
			['status', ready],
		];
		const result = await runScript(steps, initiate);
		expect(result).toMatchObject(isLeftToTheEvent);
	});

	test('but the session does: Send confirms', async () => {
		const steps: Step[] = [
			['create', created],
			['start', ready],
			['status', shown(10_000)],
			['confirm', paid],
		];
		expect((await runScript(steps, send)).outcome).toBe('succeeded');
	});

	test('but the session shows another amount: Send does not confirm', async () => {
		const steps: Step[] = [
			['create', created],
			['start', ready],
			['status', shown(9_900)],
		];
		const result = await runScript(steps, send);
		expect(result).toMatchObject({
			outcome: 'awaitingConfirmation',
			reason: { code: 'amountMismatch' },
		});
	});

	test('and another run has confirmed it: Send reports what the bank did', async () => {
		const steps: Step[] = [
			['create', created],
			['start', ready],
			['status', paid],
		];
		const result = await runScript(steps, send);
		expect(result.outcome).toBe('succeeded');
		expect(result.advice?.code).not.toBe('confirmFromEvent');
	});

	test('and no next_action either, until it is ready: Send waits, and confirms what is shown', async () => {
		const steps: Step[] = [
			['create', created],
			['start', pending],
			['status', pending],
			['status', pendingWith({ transfer_details: rubles(10_000) })],
			['confirm', paid],
		];
		expect((await runScript(steps, send)).outcome).toBe('succeeded');
	});

	test('and never a next_action: Send waits until the time limit, and does not confirm', async () => {
		const steps: Step[] = [
			['create', created],
			['start', pending],
			['status', pending],
			['status', pending],
		];
		const short = { ...plan, timeLimitMs: 1_000 };
		const result = await runScript(
			steps,
			async (bank) => await sendOperation(request, short, context(bank)),
		);
		expect(result).toMatchObject({ outcome: 'processing', advice: { code: 'confirmLater' } });
	});

	test('and a read lags behind: Send waits, and does not confirm', async () => {
		const steps: Step[] = [
			['create', created],
			['start', ready],
			['status', processing],
			['status', ready],
			['status', ready],
		];
		const result = await runScript(steps, send);
		expect(result).toMatchObject(isLeftToTheEvent);
	});
});

test.each<[string, JsonObject]>([
	[
		'the same amount and account',
		{
			transfer_details: {
				...rubles(10_000),
				payout_details: account(ACCOUNT),
				recipient: { account_number: ACCOUNT },
			},
		},
	],
	[
		'an amount in another currency',
		{ transfer_details: { amount: { amount: 125, currency: 'usd' } } },
	],
	['a masked account', { transfer_details: { payout_details: account('40817***3101') } }],
	[
		'the sender with another account',
		{
			transfer_details: { customer: { account_number: OTHER } },
			account_details: { sender: { account_number: OTHER } },
		},
	],
	['no amount', { transfer_details: { purpose: 'Payout' } }],
	['nothing', {}],
	['an amount that is not a whole number', { transfer_details: rubles('99,00') }],
])('confirm_information shows %s: Send confirms', async (_what, information) => {
	const steps: Step[] = [
		['create', created],
		['start', readyWith(information)],
		['confirm', paid],
	];
	expect((await runScript(steps, sendToAccount)).outcome).toBe('succeeded');
});

test('confirm_information shows the account of the bank for a payout to a card: Send confirms', async () => {
	const information = { transfer_details: { recipient: { account_number: OTHER } } };
	const steps: Step[] = [
		['create', created],
		['start', readyWith(information)],
		['confirm', paid],
	];
	const send = async (bank: BankClient) =>
		await sendOperation(requestOf('A-1'), plan, context(bank));
	expect((await runScript(steps, send)).outcome).toBe('succeeded');
});

describe('Session: Confirm with Expected Amount', () => {
	const expected = { minorUnits: 10_000, currency: 'rub' };
	const confirmWith = (information?: JsonObject) => async (bank: BankClient) =>
		await confirmChecked({ sessionId: 'ps_1', expected, information }, context(bank));

	test.each<[string, Step[], JsonObject | undefined]>([
		['the session', [['status', readyWith({ transfer_details: rubles(9_900) })]], undefined],
		['the event', [['status', ready]], { transfer_details: rubles(9_900) }],
	])(
		'%s shows another amount of the transfer: not confirmed',
		async (_where, steps, information) => {
			expect(await runScript(steps, confirmWith(information))).toMatchObject({
				outcome: 'rejected',
				reason: { code: 'amountMismatch', actual: { minorUnits: 9_900 } },
			});
		},
	);
});

describe('Session: Confirm of a payout from a settlement or escrow account', () => {
	const expected = { minorUnits: 10_000, currency: 'rub' };
	const confirmWith =
		(confirmation: { expected?: Money; information?: JsonObject }) => async (bank: BankClient) =>
			await confirmChecked({ sessionId: 'ps_1', ...confirmation }, context(bank));
	const information = { transfer_details: rubles(10_000) };
	const nextAction = { next_action: 'confirm' };
	const from = (participants: JsonObject, details: JsonObject = account(ACCOUNT)) =>
		session('in_progress', nextAction, {
			payout_details: details,
			participant_details: participants,
		});
	const settlement: JsonObject = { sender: { account: '40702810300200000013' } };
	const payments: JsonObject = [
		{ id: 'pm_1', status: 'succeeded', payment_details: { type: 'internal_transfer' } },
	] as never;
	const toPhone: JsonObject = {
		type: 'bank_account',
		bank_account: { system_type: 'faster_payment_system', faster_payment_system: {} },
	};
	const byTransfer = session('in_progress', { ...nextAction, payment_list: payments }, {});

	const hiding: Array<[string, TransportResult]> = [
		['the settlement account of the sender', from(settlement)],
		['the beneficiary of the sender', from({ sender: { beneficiary_id: '7727406020' } })],
		['the beneficiary beside the recipient', from({ recipient: { beneficiary_id: '1' } })],
		['FPS from an escrow account', from({ sender: { beneficiary_id: '1' } }, toPhone)],
		['a transfer between own accounts', byTransfer],
	];

	test.each(hiding)('the session shows %s, and nothing shows the transfer', async (_, response) => {
		const steps: Step[] = [['status', response]];
		const result = await runScript(steps, confirmWith({ expected }));
		expect(result).toMatchObject({ outcome: 'rejected', reason: { code: 'transferNotShown' } });
		const shownEmpty: Step[] = [['status', withInformation(response, {})]];
		expect(await runScript(shownEmpty, confirmWith({ expected }))).toMatchObject({
			reason: { code: 'transferNotShown' },
		});
	});

	test.each(hiding)('the session shows %s: confirmed with the event', async (_, response) => {
		for (const shown of [response, withInformation(response, {})]) {
			const steps: Step[] = [
				['status', shown],
				['confirm', paid],
			];
			const result = await runScript(steps, confirmWith({ expected, information }));
			expect(result.outcome).toBe('succeeded');
		}
	});

	test.each<[string, TransportResult, { expected?: Money }]>([
		['without Expected Amount', from(settlement), {}],
		['by FPS from the settlement account', from(settlement, toPhone), { expected }],
		['from a settlement account that the session does not name', from({}), { expected }],
		['from the collateral account', from({ recipient: { full_name: 'A' } }), { expected }],
		['that the session shows', withInformation(from(settlement), information), { expected }],
	])('%s: confirmed without the event', async (_, response, confirmation) => {
		const steps: Step[] = [
			['status', response],
			['confirm', paid],
		];
		expect((await runScript(steps, confirmWith(confirmation))).outcome).toBe('succeeded');
	});
});

describe('Session: Confirm of a payout to an account', () => {
	const shown = (number: string) =>
		session('in_progress', { next_action: 'confirm' }, { payout_details: account(number) });
	const shownWith = (number: string, information: JsonObject) => {
		const step = shown(number);
		const body = parseObject('text' in step ? step.text : '');
		return answer({ ...body, confirm_information: information });
	};
	const confirmWith = (information?: JsonObject) => async (bank: BankClient) =>
		await confirmChecked({ sessionId: 'ps_1', information }, context(bank));
	const toOther = { transfer_details: { recipient: { account_number: OTHER } } };

	test.each<[string, Step, JsonObject | undefined]>([
		['the session', ['status', shownWith(ACCOUNT, toOther)], undefined],
		[
			'the session, in account_details,',
			['status', shownWith(ACCOUNT, { account_details: { recipient: { account_number: OTHER } } })],
			undefined,
		],
		['the event', ['status', shown(ACCOUNT)], toOther],
	])(
		'%s shows another account of the transfer: not confirmed',
		async (_where, step, information) => {
			expect(await runScript([step], confirmWith(information))).toMatchObject({
				outcome: 'rejected',
				reason: { code: 'accountMismatch', actual: OTHER, expected: ACCOUNT },
			});
		},
	);

	test.each<[string, string, JsonObject]>([
		['the same account', ACCOUNT, { transfer_details: { payout_details: account(ACCOUNT) } }],
		['another one, but the payout shows its account masked', '40817***9535', toOther],
	])('confirm_information shows %s: confirmed', async (_what, number, information) => {
		const steps: Step[] = [
			['status', shownWith(number, information)],
			['confirm', paid],
		];
		expect((await runScript(steps, confirmWith())).outcome).toBe('succeeded');
	});
});

describe('the bank confirms by itself, and shows another amount', () => {
	const other = { amount_details: { amount: 9_700, currency: 'rub' } };
	const paidOther = session('accepted', {}, { status: 'succeeded', ...other });

	test.each<[string, Step[], string, boolean]>([
		['in the answer to the start', [['start', paidOther]], 'succeeded', true],
		[
			'later',
			[
				['start', processing],
				['status', paidOther],
			],
			'succeeded',
			true,
		],
	])('%s: the advice says so', async (_when, steps, outcome, isPaid) => {
		const send = async (bank: BankClient) =>
			await sendOperation(requestOf('A-1'), plan, context(bank));
		const result = await runScript([['create', created], ...steps], send);
		const actual = { minorUnits: 9_700, currency: 'rub' };
		expect(result).toMatchObject({ outcome, advice: { code: 'otherAmountPaid', actual, isPaid } });
		expect(adviceText(result.advice)).toContain('97.00 RUB instead of 100.00 RUB');
	});

	test('Initiate: the advice says so', async () => {
		const initiate = async (bank: BankClient) =>
			await initiateOperation(requestOf('A-1'), plan, context(bank));
		expect(await runScript([['init', paidOther]], initiate)).toMatchObject({
			outcome: 'succeeded',
			advice: { code: 'otherAmountPaid' },
		});
	});

	test('declined: the advice is about the refusal', async () => {
		const declined = session('cancelled', {}, { status: 'failed', ...other });
		const initiate = async (bank: BankClient) =>
			await initiateOperation(requestOf('A-1'), plan, context(bank));
		const result = await runScript([['init', declined]], initiate);
		expect(result.outcome).toBe('failed');
		expect(result.advice).toBeUndefined();
	});
});
