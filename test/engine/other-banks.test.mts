/** Payouts at banks that answer otherwise where the public texts are silent (profiles of the sandbox). */
import type { INodeParameters } from 'n8n-workflow';

import { settingsOfProfile } from '../../sandbox/config/profiles.mts';
import { useFixture } from '../support/engineFixture.mts';
import { agentLimits, callModes, callTool, describeWithLimits, fromAI } from '../support/agent.mts';
import { errorOf, hintsOf } from '../support/engine.mts';
import { expectNotPaid, expectPaidOnce, paidFor, requestsTo } from '../support/ledger.mts';
import { CARD, payAll, rowsOf, sendToAccount, sendToCard, type Row } from '../support/payouts.mts';
import { continueError, continueRegular, jsonOf, runOperation } from '../support/runOperation.mts';

const fixture = useFixture();

const useProfile = (names: string) => fixture.sandbox.set(settingsOfProfile(names));
const loseAnswers = (path: string, times = 1) =>
	fixture.sandbox.faults.add({ kind: 'resetAfter', match: { path }, times });

/** A row for each kind of Reference that a form of metadata changes. */
const rowsWithReferences = (...references: string[]): Row[] =>
	rowsOf('x', references.length).map((row, index) => ({ ...row, ref: references[index] }));
const references = ['000123', 'Zahlung & Co <7>', 'Выплата-А①', 'payroll-2026-11-24/000777'];

describe.each([
	'metadataCut',
	'metadataLowerCase',
	'metadataHtmlEscaped',
	'metadataNfkc',
	'metadataNumber',
	'metadataText',
	'metadataAbsent',
])('profile %s', (profile) => {
	beforeEach(() => useProfile(profile));

	test('Send, the answers to the starts are lost: succeeded, paid once, with our Reference', async () => {
		const rows = rowsWithReferences(...references);
		loseAnswers('start/payout', rows.length);
		const run = await payAll(fixture, rows);
		expect(jsonOf(run)).toEqual(
			references.map((reference) => expect.objectContaining({ reference, outcome: 'succeeded' })),
		);
		expectPaidOnce(fixture.sandbox, rows);
	});

	test('Retry On Fail runs the rows again: succeeded, paid once, nothing is rejected', async () => {
		const rows = rowsWithReferences(...references);
		fixture.sandbox.faults.add({
			kind: 'resetBefore',
			match: { path: 'session/confirm', nth: 1 },
			times: 4,
		});
		const node = { retryOnFail: true, maxTries: 3, onError: 'stopWorkflow' } as const;
		const run = await payAll(fixture, rows, { node });
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(references.map(() => 'succeeded'));
		expectPaidOnce(fixture.sandbox, rows);
	});

	test('another execution: duplicate, paid once', async () => {
		const rows = rowsWithReferences(...references);
		await payAll(fixture, rows, { executionId: '1' });
		const second = await payAll(fixture, rows, { executionId: '2' });
		expect(jsonOf(second).map(({ outcome }) => outcome)).toEqual(references.map(() => 'duplicate'));
		expectPaidOnce(fixture.sandbox, rows);
	});

	test('Initiate: succeeded, paid once', async () => {
		fixture.sandbox.set({ autoConfirm: true });
		const rows = rowsWithReferences(...references);
		const run = await payAll(fixture, rows, { parameters: { operation: 'initiate' } });
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(references.map(() => 'succeeded'));
		expectPaidOnce(fixture.sandbox, rows);
	});
});

test.each([
	['of our amount', '100', true],
	['of another amount', '300', false],
])(
	'profile metadataAbsent, Start in the session of a payout %s: unknown, no data of a payout that is not ours',
	async (_of, amount, isShown) => {
		useProfile('metadataAbsent');
		const { id } = fixture.sandbox.sessions.create(2, 'collateral', false, {});
		const toCard = { ...sendToCard, cardNumber: CARD, recipientName: 'Иванов Иван' };
		const inSession = { ...toCard, operation: 'start', sessionId: id };
		const other = { ...inSession, amount, reference: 'B-2' };
		await runOperation(fixture, 'payout', 'start', other);
		const ours = { ...inSession, amount: '100', reference: 'A-1' };
		const run = await runOperation(fixture, 'payout', 'start', ours, { node: continueError });
		const [{ error }] = jsonOf(run, 1);
		const asked = { reference: 'A-1', amount: '100.00', amountMinorUnits: 100_00 };
		expect(error).toMatchObject({ outcome: 'unknown', sessionId: id, ...asked });
		for (const field of ['payoutId', 'payoutStatus', 'cardLast4', 'finishedAt'])
			expect([field, field in error]).toEqual([field, isShown]);
		expectNotPaid(fixture.sandbox, ['A-1']);
		expect(paidFor(fixture.sandbox, 'B-2')).toHaveLength(1);
	},
);

test('the Reference in another form is output as bankReference', async () => {
	useProfile('metadataLowerCase');
	const [json] = jsonOf(await payAll(fixture, rowsWithReferences('PAY-7')));
	expect(json).toMatchObject({ reference: 'PAY-7', bankReference: 'pay-7' });
	useProfile('standard');
	const [same] = jsonOf(await payAll(fixture, rowsWithReferences('PAY-8')));
	expect(same).not.toHaveProperty('bankReference');
});

describe('profile refusedStartUsesKey', () => {
	beforeEach(() => useProfile('refusedStartUsesKey'));
	const refusedRows = () => rowsOf('used', 2).map((row) => ({ ...row, amount: '100.02' }));
	const parameters = { operation: 'send' };

	test.each(['send', 'initiate'])(
		'%s, Retry On Fail, Continue: rejected with the first code',
		async (operation) => {
			const node = { ...continueError, retryOnFail: true, maxTries: 3 };
			const run = await payAll(fixture, refusedRows(), { node, parameters: { operation } });
			expect(jsonOf(run)).toEqual([]);
			expect(jsonOf(run, 1).map(({ error }) => error)).toEqual([
				expect.objectContaining({ outcome: 'rejected', errorCode: 'routing_internal_error' }),
				expect.objectContaining({ outcome: 'rejected', errorCode: 'routing_internal_error' }),
			]);
			expectNotPaid(fixture.sandbox, ['used-1', 'used-2']);
		},
	);

	test('Retry On Fail, Stop Workflow: the run fails and names the first code', async () => {
		const node = { onError: 'stopWorkflow', retryOnFail: true, maxTries: 3 } as const;
		const run = await payAll(fixture, refusedRows(), { node, parameters });
		expect(errorOf(run)?.description).toContain('routing_internal_error');
		expect(errorOf(run)?.description).toContain('The key may be used up');
	});

	test('another execution: duplicate, because nothing tells why the key is used', async () => {
		const rows = refusedRows();
		await payAll(fixture, rows, { node: continueError, executionId: '1' });
		const run = await payAll(fixture, rows, { node: continueRegular, executionId: '2' });
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate']);
	});
});

describe('profile keysAnswered', () => {
	beforeEach(() => useProfile('keysAnswered'));

	test('another execution: unknown in an empty session of its own, four starts, paid once', async () => {
		const rows = rowsOf('again', 1);
		const [first] = jsonOf(await payAll(fixture, rows, { executionId: '1' }));
		const run = await payAll(fixture, rows, { node: continueError, executionId: '2' });
		const [{ error }] = jsonOf(run, 1);
		expect(error).toMatchObject({ outcome: 'unknown', reference: 'again-1' });
		expect(error.sessionId).not.toBe(first.sessionId);
		expect(requestsTo(fixture.sandbox, 'session/start/payout')).toHaveLength(1 + 4);
		expectPaidOnce(fixture.sandbox, rows);
	});

	test('the answer to the start is lost: succeeded, paid once', async () => {
		const rows = rowsOf('lost', 2);
		loseAnswers('start/payout', rows.length);
		const run = await payAll(fixture, rows);
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
		expectPaidOnce(fixture.sandbox, rows);
	});

	test('Initiate in another execution: the payout of the first one, paid once', async () => {
		fixture.sandbox.set({ autoConfirm: true });
		const rows = rowsOf('init', 1);
		const settings = { parameters: { operation: 'initiate' } };
		const [first] = jsonOf(await payAll(fixture, rows, { ...settings, executionId: '1' }));
		const [second] = jsonOf(await payAll(fixture, rows, { ...settings, executionId: '2' }));
		expect(second).toMatchObject({ outcome: 'succeeded', sessionId: first.sessionId });
		expectPaidOnce(fixture.sandbox, rows);
	});
});

describe('a start refused with a code of no list', () => {
	const withOutcome = (outcome: string): INodeParameters => ({
		additionalFields: { metadata: JSON.stringify({ sandbox: outcome }) },
	});

	test('booked later: Send says succeeded, paid once', async () => {
		fixture.sandbox.set({ lateBookingMs: 700 });
		const rows = rowsOf('later', 3);
		const run = await payAll(fixture, rows, { parameters: withOutcome('unclearThenBooked') });
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'succeeded'));
		expectPaidOnce(fixture.sandbox, rows);
	});

	test('never booked: Send says rejected, with the code, and that the key may be used up', async () => {
		const rows = rowsOf('never', 2);
		const parameters = withOutcome('unclear');
		const run = await payAll(fixture, rows, { parameters, node: continueError });
		for (const { error } of jsonOf(run, 1)) {
			expect(error).toMatchObject({
				outcome: 'rejected',
				errorCode: 'service_timeout',
				advice: expect.stringContaining('The key may be used up'),
			});
		}
		expectNotPaid(fixture.sandbox, ['never-1', 'never-2']);
	});

	test('Initiate says unknown, with the code, and is not sent again', async () => {
		const rows = rowsOf('init', 1);
		const parameters = { ...withOutcome('unclearThenBooked'), operation: 'initiate' };
		const node = { ...continueError, retryOnFail: true, maxTries: 3 };
		const run = await payAll(fixture, rows, { parameters, node });
		expect(jsonOf(run, 1)[0].error).toMatchObject({
			outcome: 'unknown',
			errorCode: 'request_in_progress',
		});
		const starts = fixture.sandbox.requests.filter(({ path }) => path.endsWith('init/payout'));
		expect(starts).toHaveLength(1);
	});
});

describe('the bank pays another amount', () => {
	test('confirmed by itself: advice names both amounts, the summary counts what is shown', async () => {
		useProfile('feeDeducted');
		fixture.sandbox.set({ autoConfirm: true });
		const run = await payAll(fixture, rowsOf('fee', 2));
		expect(jsonOf(run)[0]).toMatchObject({
			outcome: 'succeeded',
			amount: '100.99',
			advice: expect.stringContaining('100.99 RUB instead of 101.00 RUB'),
		});
		expect(hintsOf(run)[0].message).toContain('Money moved in this run: 202.98 RUB');
	});

	test('to be confirmed: not confirmed, nothing is paid', async () => {
		useProfile('feeDeducted');
		const run = await payAll(fixture, rowsOf('ask', 1), { node: continueError });
		expect(jsonOf(run, 1)[0].error).toMatchObject({ outcome: 'awaitingConfirmation' });
		expectNotPaid(fixture.sandbox, ['ask-1']);
	});

	test.each([
		['otherAmountToConfirm', 'the bank shows'],
		['otherAccountToConfirm', 'the bank shows the account 40817***'],
	])(
		'profile %s, from the settlement account: not confirmed, nothing is paid',
		async (profile, message) => {
			useProfile(profile);
			const parameters = { ...sendToAccount, reference: 'T-1', payFrom: 'settlement' };
			const run = await runOperation(fixture, 'payout', 'send', parameters, {
				node: continueError,
			});
			const [{ error }] = jsonOf(run, 1);
			expect(error).toMatchObject({
				outcome: 'awaitingConfirmation',
				message: expect.stringContaining(message),
			});
			expect(`${error.message} ${error.advice}`).not.toMatch(/\d{20}/);
			expectNotPaid(fixture.sandbox, ['T-1']);
		},
	);

	const toCard: INodeParameters = {
		amount: '100',
		payoutMethod: 'cardNumber',
		cardNumber: CARD,
		recipientName: 'Иванов Иван',
		transferPurpose: 'Transfer under agreement 131',
	};
	const sourceAccount = '40702810300200000013';
	const fromSettlement = { payFrom: 'settlement', sourceAccount };
	const fromEscrow = { payFrom: 'escrow', sourceAccount, beneficiaryInn: '7727406020' };

	/** Sends a payout, and returns its item with `confirm_information` of the event Ready to Confirm. */
	const sendHidden = async (parameters: INodeParameters) => {
		const run = await runOperation(fixture, 'payout', 'send', { ...parameters, reference: 'T-1' });
		const [item] = jsonOf(run);
		const event = fixture.sandbox.buildWebhook('ready_to_confirm', String(item.sessionId));
		return { item, confirmInformation: JSON.parse(event).confirm_information as INodeParameters };
	};
	const confirmWith = async (sessionId: unknown, confirmInformation?: INodeParameters) => {
		const parameters = { sessionId: String(sessionId), expectedAmount: '100' };
		const options = confirmInformation && { confirmInformation };
		const settings = { options, node: continueError };
		return await runOperation(fixture, 'session', 'confirm', parameters, settings);
	};

	test.each<[string, string, INodeParameters]>([
		['otherAmountToConfirm', 'settlement account to a card', { ...toCard, ...fromSettlement }],
		['otherAmountToConfirm', 'escrow account to a card', { ...toCard, ...fromEscrow }],
		[
			'otherAmountToConfirm',
			'settlement account to an account',
			{ ...sendToAccount, ...fromSettlement },
		],
		['otherAmountToConfirm', 'escrow account to an account', { ...sendToAccount, ...fromEscrow }],
		[
			'otherAccountToConfirm',
			'settlement account to an account',
			{ ...sendToAccount, ...fromSettlement },
		],
		['otherAccountToConfirm', 'escrow account to an account', { ...sendToAccount, ...fromEscrow }],
	])(
		'profile %s, shown in webhooks only, from the %s: not confirmed, not even with the event',
		async (profile, _route, parameters) => {
			useProfile(`confirmInformationInWebhooks+${profile}`);
			const { item, confirmInformation } = await sendHidden(parameters);
			expect(item).toMatchObject({
				outcome: 'awaitingConfirmation',
				adviceCode: 'confirmFromEvent',
			});
			const confirmed = await confirmWith(item.sessionId, confirmInformation);
			expect(jsonOf(confirmed, 1)[0].error).toMatchObject({ outcome: 'rejected' });
			expectNotPaid(fixture.sandbox, ['T-1']);
			expect(jsonOf(await confirmWith(item.sessionId), 1)[0].error).toMatchObject({
				outcome: 'rejected',
				adviceCode: 'transferNotShown',
				message: expect.stringContaining("does not show the bank's transfer"),
			});
			await fixture.sandbox.idle();
			expectNotPaid(fixture.sandbox, ['T-1']);
		},
	);

	test.each<[string, INodeParameters]>([
		['Sender Details', { senderDetails: { account: sourceAccount } }],
		[
			'Recipient Details, of a beneficiary,',
			{ recipientDetails: { beneficiary_id: '7727406020' } },
		],
	])(
		'from the collateral account, an account in %s: rejected with Expected Amount, confirmed without',
		async (_where, details) => {
			const { item } = await sendHidden({ ...toCard, ...details, confirmation: 'manual' });
			const { sessionId } = item;
			const [{ error }] = jsonOf(await confirmWith(sessionId), 1);
			expect(error).toMatchObject({ outcome: 'rejected', adviceCode: 'transferNotShown' });
			expectNotPaid(fixture.sandbox, ['T-1']);
			await runOperation(fixture, 'session', 'confirm', { sessionId: String(sessionId) });
			await fixture.sandbox.idle();
			expect(paidFor(fixture.sandbox, 'T-1')).toMatchObject([{ amount: 100_00 }]);
		},
	);

	test.each<[string, INodeParameters]>([
		['settlement account to a card', { ...toCard, ...fromSettlement }],
		['settlement account to an account', { ...sendToAccount, ...fromSettlement }],
		['escrow account to a card', { ...toCard, ...fromEscrow }],
		['escrow account to an account', { ...sendToAccount, ...fromEscrow }],
	])(
		'confirm_information in webhooks only, from the %s: confirmed with the event, paid once',
		async (_route, parameters) => {
			useProfile('confirmInformationInWebhooks');
			const { item, confirmInformation } = await sendHidden(parameters);
			expect(item).toMatchObject({ adviceCode: 'confirmFromEvent' });
			expectNotPaid(fixture.sandbox, ['T-1']);
			const confirmed = await confirmWith(item.sessionId, confirmInformation);
			expect(jsonOf(confirmed)[0].outcome).toMatch(/^(processing|succeeded)$/);
			await fixture.sandbox.idle();
			expect(paidFor(fixture.sandbox, 'T-1')).toMatchObject([{ amount: 100_00 }]);
		},
	);
});

describeWithLimits('an AI agent', () => {
	const send: INodeParameters = {
		...sendToCard,
		reference: fromAI('reference'),
		amount: fromAI('amount'),
		cardNumber: fromAI('card'),
		recipientName: 'Иванов Иван Иванович',
		...agentLimits(1000, 1000),
	};
	const call = (reference: string, card = CARD) => ({ reference, amount: '600', card });
	const OTHER_CARD = '5555555555554444';

	test.each(callModes)(
		'metadata is not shown, the answer is lost (%s): the amount stays spent',
		async (mode) => {
			useProfile('metadataAbsent');
			loseAnswers('start/payout');
			const calls = [[call('agent-1')], [call('agent-2')], [call('agent-3', OTHER_CARD)]];
			const results = await callTool(fixture, { mode, parameters: send, calls });
			expect(results[0]).toMatchObject({ outcome: 'succeeded' });
			for (const { error } of results.slice(1)) expect(error.outcome).toBe('rejected');
			expect(paidFor(fixture.sandbox, 'agent-1')).toHaveLength(1);
			expectNotPaid(fixture.sandbox, ['agent-2', 'agent-3']);
		},
	);

	test.each(callModes)(
		'a code of no list, booked after the last look (%s): the amount stays spent',
		async (mode) => {
			fixture.sandbox.set({ lateBookingMs: 12_000 });
			const parameters = {
				...send,
				additionalFields: { metadata: JSON.stringify({ sandbox: 'unclearThenBooked' }) },
			};
			const calls = [[call('late-1')], [call('late-2', OTHER_CARD)]];
			const results = await callTool(fixture, { mode, parameters, calls });
			expect(results[0].error).toMatchObject({
				outcome: 'rejected',
				errorCode: 'request_in_progress',
			});
			expect(results[1].error.message).toContain('of earlier calls');
		},
	);
});
