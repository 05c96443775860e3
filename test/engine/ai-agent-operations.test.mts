/** What an AI agent may do with each operation, what it is told, and where the form shows the limits. */
import type { INode, INodeParameters, INodeType } from 'n8n-workflow';

import {
	asTool,
	callFromWebhook,
	fromAI,
	isOldest,
	on,
	outcomesOf,
	refused,
	runAgent,
	tell,
	ways,
	withLimits,
} from '../support/agent.mts';
import {
	CARD,
	expectNotPaid,
	jsonOf,
	openBench,
	paidFor,
	payAll,
	requestsTo,
	rowsOf,
	runOperation,
	type Bench,
	type Loose,
} from '../support/bank131.mts';
import { wf } from '../support/engine.mts';
import { registeredOperations } from '../support/recorder.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench();
});
afterAll(async () => await bench.sandbox.stop());
beforeEach(() => bench.sandbox.reset());
afterEach(() => bench.sandbox.set({ autoConfirm: false, hold: false }));

const { stringContaining, stringMatching } = expect;

describe.each(ways)('called by %s', (way) => {
	withLimits('a session that waits for a confirmation', () => {
		const confirm: INodeParameters = {
			resource: 'session',
			operation: 'confirm',
			sessionId: fromAI('session'),
			expectedAmount: fromAI('amount'),
		};

		async function waiting(ref: string, amount: string): Promise<string> {
			const parameters = { confirmation: 'manual', waitFor: 'ready' };
			const run = await payAll(bench, [{ ...rowsOf('w', 1)[0], ref, amount }], { parameters });
			return jsonOf(run)[0].sessionId;
		}

		test('is confirmed for the amount that it holds, within the maximum', async () => {
			const session = await waiting('wait-1', '100');
			const silent = { resource: 'session', operation: 'confirm', sessionId: session, ...on(100) };
			expect(await tell(bench, { way, calls: [[{}]], parameters: silent })).toEqual([
				refused('Expected Amount is empty'),
			]);
			const calls = [
				[{ session, amount: '' }],
				[{ session, amount: '99' }],
				[{ session, amount: '101' }],
				[{ session, amount: '100' }],
				[{ session, amount: '100' }],
			];
			const told = await tell(bench, { way, calls, parameters: { ...confirm, ...on(100) } });
			expect(told.slice(0, 3)).toEqual([
				refused('Expected Amount: The expression gives nothing'),
				refused('Not confirmed: the bank shows 100.00 RUB, 99.00 RUB was asked for'),
				refused('101.00 RUB is above the maximum'),
			]);
			await bench.sandbox.idle();
			expect(told[3]).toMatchObject({ sessionId: session, reference: 'wait-1' });
			expect(requestsTo(bench.sandbox, 'session/confirm')).toHaveLength(1);
			expect(paidFor(bench.sandbox, 'wait-1')).toHaveLength(1);
		});

		test('above the maximum stays where it is, whatever the model says', async () => {
			const session = await waiting('wait-2', '5000');
			const calls = ['5000', '100', ''].map((amount) => [{ session, amount }]);
			const told = await tell(bench, { way, calls, parameters: { ...confirm, ...on(100) } });
			expect(outcomesOf(told)).toEqual(['rejected', 'rejected', 'rejected']);
			expect(requestsTo(bench.sandbox, 'session/confirm')).toEqual([]);
			expectNotPaid(bench.sandbox, ['wait-2']);
		});

		test('is not cancelled by an agent unless somebody switched that on', async () => {
			const session = await waiting('wait-3', '100');
			const cancel = { resource: 'session', operation: 'cancel', sessionId: session };
			const off = await tell(bench, { way, calls: [[{}]], parameters: cancel });
			expect(off).toEqual([refused('AI agents may not do this: cancel a session')]);
			expect(requestsTo(bench.sandbox, 'session/cancel')).toEqual([]);
			const parameters = { ...cancel, agentMoney: true };
			const allowed = await tell(bench, { way, calls: [[{}]], parameters });
			expect(allowed[0].outcome).toMatch(/^(cancelled|processing)$/);
			expect(requestsTo(bench.sandbox, 'session/cancel')).toHaveLength(1);
		});
	});

	withLimits('money of a payer', () => {
		const card = {
			reference: fromAI('reference'),
			amount: fromAI('amount'),
			payerReference: 'user-42',
			paymentMethod: 'cardNumber',
			cardNumber: CARD,
			expirationMonth: '12',
			expirationYear: '30',
		};

		async function paid(amount: string, more: INodeParameters = {}): Promise<Loose> {
			bench.sandbox.set({ autoConfirm: true });
			const parameters = { ...card, reference: `payer-${amount}`, amount, ...more };
			const run = await runOperation(bench, 'payment', 'initiateAndWait', parameters);
			return jsonOf(run)[0];
		}

		test('is taken up to the maximum', async () => {
			bench.sandbox.set({ autoConfirm: true });
			const parameters = { resource: 'payment', operation: 'initiateAndWait', ...card, ...on(100) };
			const calls = [
				[{ reference: 'take-1', amount: '101' }],
				[{ reference: 'take-2', amount: '100' }],
				[{ reference: 'take-3', amount: '100' }],
			];
			const told = await tell(bench, { way, calls, parameters });
			expect(outcomesOf(told)).toEqual(['rejected', 'succeeded', 'rejected']);
			expect(requestsTo(bench.sandbox, 'session/init/payment/sync')).toHaveLength(1);
		});

		test('is refunded for an amount that was said, up to the maximum, once', async () => {
			const { sessionId: session } = await paid('300');
			const refund = (reference: string, amount: string) => [{ session, reference, amount }];
			const parameters = {
				resource: 'refund',
				operation: 'create',
				sessionId: fromAI('session'),
				reference: fromAI('reference'),
				refundAmount: fromAI('amount'),
				...on(100, 150),
			};
			const told = await tell(bench, {
				way,
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
			expect(told.map(({ error, refund: made }) => error?.message ?? made.amount)).toEqual([
				'Amount to Refund: The expression gives nothing',
				stringContaining('above the maximum of 100.00 RUB'),
				'90.00',
				'90.00',
				stringContaining('at the bank already, as "refund-1"'),
				stringContaining('Together with the 90.00 RUB of earlier calls'),
			]);
			expect(requestsTo(bench.sandbox, 'session/refund')).toHaveLength(1);
		});

		test('in another currency is neither refunded nor captured', async () => {
			const foreign = { additionalFields: { currency: 'USD' } };
			const { sessionId } = await paid('50', foreign);
			const refund = { resource: 'refund', operation: 'create', reference: 'usd-1', sessionId };
			const parameters = { ...refund, refundAmount: '50', ...on(100) };
			expect(await tell(bench, { way, calls: [[{}]], parameters })).toEqual([
				refused('The payment is in USD'),
			]);
			bench.sandbox.set({ hold: true });
			const held = await paid('60', foreign);
			expect(held.outcome).toBe('awaitingCapture');
			const capture = { resource: 'payment', operation: 'capture', sessionId: held.sessionId };
			const told = await tell(bench, {
				way,
				calls: [[{}]],
				parameters: { ...capture, captureAmount: '60', ...on(100) },
			});
			expect(told).toEqual([refused('The payment is in USD')]);
			expect(requestsTo(bench.sandbox, 'session/refund')).toEqual([]);
			expect(requestsTo(bench.sandbox, 'session/capture')).toEqual([]);
		});

		test('that is held is captured for an amount that was said', async () => {
			bench.sandbox.set({ hold: true });
			const { sessionId } = await paid('80');
			const parameters = {
				resource: 'payment',
				operation: 'capture',
				sessionId,
				captureAmount: fromAI('amount'),
				...on(80),
			};
			const calls = [[{ amount: '' }], [{ amount: '81' }], [{ amount: '80' }], [{ amount: '80' }]];
			const told = await tell(bench, { way, calls, parameters });
			expect(told.slice(0, 2)).toEqual([
				refused('Amount to Capture: The expression gives nothing'),
				refused('81.00 RUB is above the maximum'),
			]);
			expect(told[2]).toMatchObject({
				outcome: stringMatching(/^(succeeded|processing)$/),
				amountMinorUnits: 8000,
			});
			expect(requestsTo(bench.sandbox, 'session/capture')[0].body).toMatchObject({
				amount_details: { amount: 8000, currency: 'rub' },
			});
		});
	});
});

describe('each operation', () => {
	/** These decide about money. Everything else reads, or prepares what moves none. */
	const closed = [
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
	];

	test('is closed to agents until somebody opens it, if it decides about money', async () => {
		const found: string[] = [];
		for (const { resource, value } of registeredOperations()) {
			const parameters = { resource, operation: value };
			const [{ error }] = await tell(bench, { parameters, calls: [[{}]] });
			if (error?.message.startsWith('AI agents may not do this'))
				found.push(`${resource}.${value}`);
		}
		expect(found.sort()).toEqual(closed);
	});

	test.each([
		['session', 'initMultiple'],
		['subscription', 'restore'],
	])('%s.%s stays closed: nobody can tell what it would move', async (resource, operation) => {
		const parameters = { resource, operation, reference: 'never-1', ...on(1_000_000) };
		const told = await tell(bench, { parameters, calls: [[{}]] });
		expect(told).toEqual([refused('AI agents may not do this')]);
		expect(bench.sandbox.requests).toEqual([]);
	});
});

describe('the form', () => {
	const shownFor = (parameters: INodeParameters, isTool = true): string[] => {
		const plain = bench.loader.getNode('bank131').type as INodeType;
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

	test('has the limits only as a tool, and only where money is decided about', () => {
		const send = { resource: 'payout', operation: 'send' };
		expect(shownFor(send, false)).toEqual([]);
		expect(shownFor({ resource: 'balance', operation: 'get' })).toEqual([]);
		const off = isOldest ? [] : ['agentNotice', 'agentMoney'];
		const limits = isOldest ? [] : [...off, 'agentMaximum', 'agentTotal'];
		expect(shownFor(send)).toEqual(off);
		expect(shownFor({ ...send, agentMoney: true })).toEqual(limits);
		expect(shownFor({ resource: 'session', operation: 'cancel', agentMoney: true })).toEqual(off);
		const multiple = { resource: 'session', operation: 'initMultiple' };
		expect(shownFor(multiple)).toEqual(isOldest ? [] : ['agentClosedNotice']);
	});

	test('is off at first, and tells the model what the tool does', async () => {
		const parameters = { resource: 'session', operation: 'get', sessionId: fromAI('session') };
		const { tool } = await runAgent(bench, { parameters, calls: [] });
		expect(tool).toMatchObject({ name: 'Bank_131_Tool', fields: ['session'] });
		expect(tool.description).toMatch(/Bank 131/);
		const money = asTool(bench.loader.getNode('bank131').type as INodeType)
			.description.properties.filter(({ name }) => name === 'agentMoney')
			.map((one) => one.default);
		expect(new Set(money)).toEqual(new Set([false]));
	});
});

withLimits('what goes back to the model', () => {
	const send = {
		resource: 'payout',
		operation: 'send',
		reference: fromAI('reference'),
		amount: '10',
		payoutMethod: 'cardNumber',
		cardNumber: fromAI('card'),
		recipientName: 'Иванов Иван Иванович',
		...on(100, 1000),
	};

	test('has no card number in it, nor has what n8n keeps for the next call', async () => {
		const { told, run } = await runAgent(bench, {
			parameters: send,
			options: { simplify: false },
			calls: [
				[{ reference: 'secret-1', card: CARD }],
				[{ reference: 'secret-2', card: CARD }],
				[{ reference: 'secret-3', card: '4242424242424241x' }],
			],
		});
		expect(told[0][0]).toMatchObject({
			outcome: 'succeeded',
			session: { id: told[0][0].sessionId },
		});
		const kept = run.data.executionData?.contextData;
		expect(JSON.stringify(kept)).toContain('secret-1');
		for (const text of [JSON.stringify(told), JSON.stringify(kept)]) {
			expect(text).not.toMatch(/4242424242424/);
		}
	});

	test('has no token in it with which somebody could charge', async () => {
		bench.sandbox.set({ autoConfirm: true });
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
		const run = await runOperation(bench, 'payment', 'initiateAndWait', parameters);
		const { recurringToken, sessionId } = jsonOf(run)[0];
		expect(recurringToken).toMatch(/.{8}/);
		for (const options of [{}, { simplify: false }]) {
			const get = { resource: 'session', operation: 'get', sessionId };
			const told = await tell(bench, { parameters: get, options, calls: [[{}]] });
			expect(told[0]).toMatchObject({ sessionId, recurringToken: '***' });
			expect(JSON.stringify(told)).not.toContain(recurringToken);
		}
		// A failure tells what the session holds as well: to an agent, and on the error branch of anybody.
		const cancel = { resource: 'session', operation: 'cancel', sessionId, ...on(0) };
		const told = await tell(bench, { parameters: cancel, calls: [[{}]] });
		const node: Partial<INode> = { onError: 'continueErrorOutput' };
		const failed = await runOperation(bench, 'session', 'cancel', { sessionId }, { node });
		for (const failure of isOldest ? [jsonOf(failed, 1)] : [told, jsonOf(failed, 1)]) {
			expect(JSON.stringify(failure)).toContain('session_wrong_state');
			expect(JSON.stringify(failure)).not.toContain(recurringToken);
		}
	});

	test.each(ways)('a column of the item means what n8n says it means (%s)', async (way) => {
		const told = await tell(bench, {
			way,
			parameters: {
				...send,
				amount: '={{ $json.amount }}',
				cardNumber: CARD,
				additionalFields: { customerReference: fromAI('amount') },
			},
			item: { amount: '11' },
			calls: [[{ reference: 'column-1', amount: '22' }]],
		});
		// Agents of version 3 put what the model says over the item: README and money-safety.md warn of it.
		expect(told[0]).toMatchObject({ amount: way === 'engine' ? '22.00' : '11.00' });
	});

	test('n8n keeps no record for MCP clients: they can read, but move no money', async () => {
		const call = { reference: 'mcp-1', card: CARD };
		const [[money]] = await callFromWebhook(bench, { parameters: send, calls: [[call]] });
		expect(money).toEqual(refused('no limit could be watched'));
		expect(bench.sandbox.requests).toEqual([]);
		const parameters = { resource: 'balance', operation: 'get' };
		const node = { retryOnFail: true };
		const [[balance]] = await callFromWebhook(bench, { parameters, node, calls: [[{}]] });
		expect(balance).toMatchObject({ currency: 'RUB' });
	});
});
