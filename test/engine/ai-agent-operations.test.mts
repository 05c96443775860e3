/** What an AI agent may do with each operation, what it gets back, and where the form shows the limits. */
import type { INode, INodeParameters, INodeType } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import { jsonOf, runOperation } from '../support/runOperation.mts';
import { CARD, payAll, rowsOf } from '../support/payouts.mts';
import { expectNotPaid, paidFor, requestsTo } from '../support/ledger.mts';
import {
	agentLimits,
	asTool,
	callFromWebhook,
	callModes,
	callTool,
	describeWithLimits,
	fromAI,
	isN8n185,
	outcomesOf,
	rejectedWith,
	runAgent,
} from '../support/agent.mts';
import { wf } from '../support/engine.mts';
import { registeredOperations } from '../support/recorder.mts';

const fixture = useFixture();

const { stringContaining, stringMatching } = expect;

describe.each(callModes)('tool called by %s', (mode) => {
	describeWithLimits('Session: Confirm and Cancel of a waiting payout', () => {
		const confirm: INodeParameters = {
			resource: 'session',
			operation: 'confirm',
			sessionId: fromAI('session'),
			expectedAmount: fromAI('amount'),
		};

		async function createWaitingPayout(ref: string, amount: string): Promise<string> {
			const parameters = { confirmation: 'manual', waitFor: 'ready' };
			const run = await payAll(fixture, [{ ...rowsOf('w', 1)[0], ref, amount }], { parameters });
			return jsonOf(run)[0].sessionId;
		}

		test('amount of the session, within the maximum: confirmed once; empty or other amounts: rejected', async () => {
			const session = await createWaitingPayout('wait-1', '100');
			const withoutAmount = {
				resource: 'session',
				operation: 'confirm',
				sessionId: session,
				...agentLimits(100),
			};
			expect(await callTool(fixture, { mode, calls: [[{}]], parameters: withoutAmount })).toEqual([
				rejectedWith('Expected Amount is empty'),
			]);
			const calls = [
				[{ session, amount: '' }],
				[{ session, amount: '99' }],
				[{ session, amount: '101' }],
				[{ session, amount: '100' }],
				[{ session, amount: '100' }],
			];
			const results = await callTool(fixture, {
				mode,
				calls,
				parameters: { ...confirm, ...agentLimits(100) },
			});
			expect(results.slice(0, 3)).toEqual([
				rejectedWith('Expected Amount: The expression gives nothing'),
				rejectedWith('Not confirmed: the bank shows 100.00 RUB, you expected 99.00 RUB'),
				rejectedWith('101.00 RUB is above the maximum'),
			]);
			await fixture.sandbox.idle();
			expect(results[3]).toMatchObject({ sessionId: session, reference: 'wait-1' });
			expect(requestsTo(fixture.sandbox, 'session/confirm')).toHaveLength(1);
			expect(paidFor(fixture.sandbox, 'wait-1')).toHaveLength(1);
		});

		test('amount above the maximum: rejected for every amount that the model gives', async () => {
			const session = await createWaitingPayout('wait-2', '5000');
			const calls = ['5000', '100', ''].map((amount) => [{ session, amount }]);
			const results = await callTool(fixture, {
				mode,
				calls,
				parameters: { ...confirm, ...agentLimits(100) },
			});
			expect(outcomesOf(results)).toEqual(['rejected', 'rejected', 'rejected']);
			expect(requestsTo(fixture.sandbox, 'session/confirm')).toEqual([]);
			expectNotPaid(fixture.sandbox, ['wait-2']);
		});

		test('Cancel: rejected with the switch off, cancelled with the switch on', async () => {
			const session = await createWaitingPayout('wait-3', '100');
			const cancel = { resource: 'session', operation: 'cancel', sessionId: session };
			const withSwitchOff = await callTool(fixture, { mode, calls: [[{}]], parameters: cancel });
			expect(withSwitchOff).toEqual([rejectedWith('AI agents may not do this: cancel a session')]);
			expect(requestsTo(fixture.sandbox, 'session/cancel')).toEqual([]);
			const parameters = { ...cancel, agentMoney: true };
			const withSwitchOn = await callTool(fixture, { mode, calls: [[{}]], parameters });
			expect(withSwitchOn[0].outcome).toMatch(/^(cancelled|processing)$/);
			expect(requestsTo(fixture.sandbox, 'session/cancel')).toHaveLength(1);
		});
	});

	describeWithLimits('payments, refunds and captures', () => {
		const card = {
			reference: fromAI('reference'),
			amount: fromAI('amount'),
			payerReference: 'user-42',
			paymentMethod: 'cardNumber',
			cardNumber: CARD,
			expirationMonth: '12',
			expirationYear: '30',
		};

		async function createPayment(amount: string, more: INodeParameters = {}): Promise<Loose> {
			fixture.sandbox.set({ autoConfirm: true });
			const parameters = { ...card, reference: `payer-${amount}`, amount, ...more };
			const run = await runOperation(fixture, 'payment', 'initiateAndWait', parameters);
			return jsonOf(run)[0];
		}

		test('payment: rejected above the maximum, succeeded at the maximum, rejected above the total', async () => {
			fixture.sandbox.set({ autoConfirm: true });
			const parameters = {
				resource: 'payment',
				operation: 'initiateAndWait',
				...card,
				...agentLimits(100),
			};
			const calls = [
				[{ reference: 'take-1', amount: '101' }],
				[{ reference: 'take-2', amount: '100' }],
				[{ reference: 'take-3', amount: '100' }],
			];
			const results = await callTool(fixture, { mode, calls, parameters });
			expect(outcomesOf(results)).toEqual(['rejected', 'succeeded', 'rejected']);
			expect(requestsTo(fixture.sandbox, 'session/init/payment/sync')).toHaveLength(1);
		});

		test('refund: rejected without an amount and above the limits, made once otherwise', async () => {
			const { sessionId: session } = await createPayment('300');
			const refund = (reference: string, amount: string) => [{ session, reference, amount }];
			const parameters = {
				resource: 'refund',
				operation: 'create',
				sessionId: fromAI('session'),
				reference: fromAI('reference'),
				refundAmount: fromAI('amount'),
				...agentLimits(100, 150),
			};
			const results = await callTool(fixture, {
				mode,
				calls: [
					refund('refund-1', ''),
					refund('refund-1', '300'),
					refund('refund-1', '90'),
					refund('refund-1', '90'),
					refund('refund-2', '90'),
					refund('refund-3', '70'),
				],
				parameters,
			});
			expect(results.map(({ error, refund: created }) => error?.message ?? created.amount)).toEqual(
				[
					'Amount to Refund: The expression gives nothing',
					stringContaining('above the maximum of 100.00 RUB'),
					'90.00',
					'90.00',
					stringContaining('at the bank already, as "refund-1"'),
					stringContaining('Together with the 90.00 RUB of earlier calls'),
				],
			);
			expect(requestsTo(fixture.sandbox, 'session/refund')).toHaveLength(1);
		});

		test('refund and capture of a payment in USD: rejected, no request is sent', async () => {
			const foreign = { additionalFields: { currency: 'USD' } };
			const { sessionId } = await createPayment('50', foreign);
			const refund = { resource: 'refund', operation: 'create', reference: 'usd-1', sessionId };
			const parameters = { ...refund, refundAmount: '50', ...agentLimits(100) };
			expect(await callTool(fixture, { mode, calls: [[{}]], parameters })).toEqual([
				rejectedWith('The payment is in USD'),
			]);
			fixture.sandbox.set({ hold: true });
			const held = await createPayment('60', foreign);
			expect(held.outcome).toBe('awaitingCapture');
			const capture = { resource: 'payment', operation: 'capture', sessionId: held.sessionId };
			const results = await callTool(fixture, {
				mode,
				calls: [[{}]],
				parameters: { ...capture, captureAmount: '60', ...agentLimits(100) },
			});
			expect(results).toEqual([rejectedWith('The payment is in USD')]);
			expect(requestsTo(fixture.sandbox, 'session/refund')).toEqual([]);
			expect(requestsTo(fixture.sandbox, 'session/capture')).toEqual([]);
		});

		test('capture: rejected without an amount or above the maximum, captured otherwise', async () => {
			fixture.sandbox.set({ hold: true });
			const { sessionId } = await createPayment('80');
			const parameters = {
				resource: 'payment',
				operation: 'capture',
				sessionId,
				captureAmount: fromAI('amount'),
				...agentLimits(80),
			};
			const calls = [[{ amount: '' }], [{ amount: '81' }], [{ amount: '80' }], [{ amount: '80' }]];
			const results = await callTool(fixture, { mode, calls, parameters });
			expect(results.slice(0, 2)).toEqual([
				rejectedWith('Amount to Capture: The expression gives nothing'),
				rejectedWith('81.00 RUB is above the maximum'),
			]);
			expect(results[2]).toMatchObject({
				outcome: stringMatching(/^(succeeded|processing)$/),
				amountMinorUnits: 8000,
			});
			expect(requestsTo(fixture.sandbox, 'session/capture')[0].body).toMatchObject({
				amount_details: { amount: 8000, currency: 'rub' },
			});
		});
	});
});

describe('operations', () => {
	/**
	 * Operations that move money, decide about it, or return a secret. All others read, or prepare data without moving
	 * money.
	 */
	const closedWithoutSwitch = [
		'payment.capture',
		'payment.initiate',
		'payment.initiateAndWait',
		'payment.sberPayPush',
		'payment.start',
		'payout.initiate',
		'payout.send',
		'payout.start',
		'receipt.create',
		'recurringToken.disable',
		'refund.create',
		'session.cancel',
		'session.confirm',
		'session.initMultiple',
		'subscription.cancel',
		'subscription.restore',
		'token.tokenizeAccount',
		'token.tokenizeCard',
	];

	test('switch off: exactly the operations that decide about money or return a secret are rejected', async () => {
		const rejected: string[] = [];
		for (const { resource, value } of registeredOperations()) {
			const parameters = { resource, operation: value };
			const [{ error }] = await callTool(fixture, { parameters, calls: [[{}]] });
			if (error?.message.startsWith('AI agents may not do this'))
				rejected.push(`${resource}.${value}`);
		}
		expect(rejected.sort()).toEqual(closedWithoutSwitch);
	});

	test.each([
		['session', 'initMultiple'],
		['subscription', 'restore'],
	])(
		'%s.%s with the switch on: rejected, because its amount is not known in advance',
		async (resource, operation) => {
			const parameters = { resource, operation, reference: 'never-1', ...agentLimits(1_000_000) };
			const results = await callTool(fixture, { parameters, calls: [[{}]] });
			expect(results).toEqual([rejectedWith('AI agents may not do this')]);
			expect(fixture.sandbox.requests).toEqual([]);
		},
	);
});

describe('form', () => {
	const shownFor = (parameters: INodeParameters, isTool = true): string[] => {
		const plain = fixture.loader.getNode('bank131').type as INodeType;
		const { description } = isTool ? asTool(plain) : plain;
		const node = { id: '1', name: 'x', type: '', typeVersion: 1, position: [0, 0], parameters };
		const filled = wf.NodeHelpers.getNodeParameters(
			description.properties,
			parameters,
			true,
			false,
			node as INode,
			description,
		)!;
		return description.properties
			.filter((one) => wf.NodeHelpers.displayParameter(filled, one, node as INode, description))
			.map(({ name }) => name)
			.filter((name) => name.startsWith('agent'));
	};

	test('limits: shown only for a tool, and only for operations that decide about money', () => {
		const send = { resource: 'payout', operation: 'send' };
		expect(shownFor(send, false)).toEqual([]);
		expect(shownFor({ resource: 'balance', operation: 'get' })).toEqual([]);
		const switchFields = isN8n185 ? [] : ['agentNotice', 'agentMoney'];
		const limits = isN8n185 ? [] : [...switchFields, 'agentMaximum', 'agentTotal'];
		expect(shownFor(send)).toEqual(switchFields);
		expect(shownFor({ ...send, agentMoney: true })).toEqual(limits);
		expect(shownFor({ resource: 'session', operation: 'cancel', agentMoney: true })).toEqual(
			switchFields,
		);
		const multiple = { resource: 'session', operation: 'initMultiple' };
		expect(shownFor(multiple)).toEqual(isN8n185 ? [] : ['agentClosedNotice']);
		const tokenize = { resource: 'token', operation: 'tokenizeCard' };
		expect(shownFor(tokenize)).toEqual(isN8n185 ? [] : ['agentSecretNotice']);
	});

	test('switch: off by default; the tool has a description and the fields of the model', async () => {
		const parameters = { resource: 'session', operation: 'get', sessionId: fromAI('session') };
		const { tool } = await runAgent(fixture, { parameters, calls: [] });
		expect(tool).toMatchObject({ name: 'Bank_131_Tool', fields: ['session'] });
		expect(tool.description).toMatch(/Bank 131/);
		const money = asTool(fixture.loader.getNode('bank131').type as INodeType)
			.description.properties.filter(({ name }) => name === 'agentMoney')
			.map((one) => one.default);
		expect(new Set(money)).toEqual(new Set([false]));
	});
});

describeWithLimits('result for the model', () => {
	const send = {
		resource: 'payout',
		operation: 'send',
		reference: fromAI('reference'),
		amount: '10',
		payoutMethod: 'cardNumber',
		cardNumber: fromAI('card'),
		recipientName: 'Иванов Иван Иванович',
		...agentLimits(100, 1000),
	};

	test('results and node context: no card number', async () => {
		const { results, run } = await runAgent(fixture, {
			parameters: send,
			options: { simplify: false },
			calls: [
				[{ reference: 'secret-1', card: CARD }],
				[{ reference: 'secret-2', card: CARD }],
				[{ reference: 'secret-3', card: '4242424242424241x' }],
			],
		});
		expect(results[0][0]).toMatchObject({
			outcome: 'succeeded',
			session: { id: results[0][0].sessionId },
		});
		const context = run.data.executionData?.contextData;
		expect(JSON.stringify(context)).toContain('secret-1');
		for (const text of [JSON.stringify(results), JSON.stringify(context)]) {
			expect(text).not.toMatch(/4242424242424/);
		}
	});

	test('recurring token: masked for an agent, and in error items', async () => {
		fixture.sandbox.set({ autoConfirm: true });
		const parameters: INodeParameters = {
			reference: 'token-1',
			amount: '50',
			payerReference: 'user-42',
			paymentMethod: 'cardNumber',
			cardNumber: CARD,
			expirationMonth: '12',
			expirationYear: '30',
			additionalFields: { makeRecurring: true },
		};
		const run = await runOperation(fixture, 'payment', 'initiateAndWait', parameters);
		const { recurringToken, sessionId } = jsonOf(run)[0];
		expect(recurringToken).toMatch(/.{8}/);
		for (const options of [{}, { simplify: false }]) {
			const get = { resource: 'session', operation: 'get', sessionId };
			const results = await callTool(fixture, { parameters: get, options, calls: [[{}]] });
			expect(results[0]).toMatchObject({ sessionId, recurringToken: '***' });
			expect(JSON.stringify(results)).not.toContain(recurringToken);
		}
		// An error item has the data of the session too, for an agent and on the error output.
		const cancel = { resource: 'session', operation: 'cancel', sessionId, ...agentLimits(0) };
		const results = await callTool(fixture, { parameters: cancel, calls: [[{}]] });
		const node: Partial<INode> = { onError: 'continueErrorOutput' };
		const failed = await runOperation(fixture, 'session', 'cancel', { sessionId }, { node });
		for (const failure of isN8n185 ? [jsonOf(failed, 1)] : [results, jsonOf(failed, 1)]) {
			expect(JSON.stringify(failure)).toContain('session_wrong_state');
			expect(JSON.stringify(failure)).not.toContain(recurringToken);
		}
	});

	test.each(callModes)(
		"$json.amount that the model sets too (%s): the item's value with invoke, the model's with engine",
		async (mode) => {
			const results = await callTool(fixture, {
				mode,
				parameters: {
					...send,
					amount: '={{ $json.amount }}',
					cardNumber: CARD,
					additionalFields: { customerReference: fromAI('amount') },
				},
				item: { amount: '11' },
				calls: [[{ reference: 'column-1', amount: '22' }]],
			});
			// Agents of version 3 replace columns of the item with values of the model. money-safety.md warns about it.
			expect(results[0]).toMatchObject({ amount: mode === 'engine' ? '22.00' : '11.00' });
		},
	);

	test('MCP client, for which n8n has no node context: reads succeed, payouts are rejected', async () => {
		const call = { reference: 'mcp-1', card: CARD };
		const [[money]] = await callFromWebhook(fixture, { parameters: send, calls: [[call]] });
		expect(money).toEqual(rejectedWith('no limit could be watched'));
		expect(fixture.sandbox.requests).toEqual([]);
		const parameters = { resource: 'balance', operation: 'get' };
		const node = { retryOnFail: true };
		const [[balance]] = await callFromWebhook(fixture, { parameters, node, calls: [[{}]] });
		expect(balance).toMatchObject({ currency: 'RUB' });
	});
});
