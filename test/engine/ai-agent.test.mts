/**
 * The node as a tool of an AI agent: no money moves unless a user allowed it in the node, and never more than the
 * limits.
 */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import { jsonOf } from '../support/runOperation.mts';
import { CARD, payAll, rowsOf } from '../support/payouts.mts';
import { expectNotPaid, paidFor, requestsTo } from '../support/ledger.mts';
import {
	agentLimits,
	callModes,
	callTool,
	describeWithLimits,
	fromAI,
	isN8n185,
	outcomesOf,
	rejectedWith,
	runAgent,
	type Arguments,
} from '../support/agent.mts';
import { errorOf } from '../support/engine.mts';
import { waitUntil } from '../support/timing.mts';

const fixture = useFixture();

const { objectContaining, stringContaining } = expect;

/** `Payout: Send` whose reference, amount and card the model fills in. */
const send: INodeParameters = {
	resource: 'payout',
	operation: 'send',
	reference: fromAI('reference'),
	amount: fromAI('amount'),
	payoutMethod: 'cardNumber',
	cardNumber: fromAI('card'),
	recipientName: 'Иванов Иван Иванович',
};

const OTHER_CARD = '5555555555554444';
const DECLINED_CARD = '4242420000000026';

const payment = (reference: string, amount: string, card = CARD): Arguments => ({
	reference,
	amount,
	card,
});

describe.each(callModes)('tool called by %s', (mode) => {
	const pay = async (parameters: INodeParameters, calls: Arguments[][], more: object = {}) =>
		await callTool(fixture, { mode, calls, parameters: { ...send, ...parameters }, ...more });

	describe('Let AI Agents Move Money is off', () => {
		test.each<[string, INodeParameters, string]>([
			['by default', {}, 'AI agents may not do this: send a payout'],
			['switched off', { agentMoney: false, agentMaximum: 1000 }, 'AI agents may not do this'],
		])('%s: rejected, no request is sent', async (_name, parameters, message) => {
			const results = await pay(parameters, [[payment('no-1', '10')]]);
			expect(results).toEqual([rejectedWith(message)]);
			expect(results[0].error.description).toContain('Let AI Agents Move Money');
			expect(fixture.sandbox.requests).toEqual([]);
		});

		test('Session: Get, which only reads: succeeded', async () => {
			const [row] = rowsOf('read', 1);
			const { sessionId } = jsonOf(await payAll(fixture, [row]))[0];
			const parameters = { resource: 'session', operation: 'get', sessionId: fromAI('session') };
			const results = await callTool(fixture, {
				mode,
				parameters,
				calls: [[{ session: sessionId }]],
			});
			expect(results).toEqual([objectContaining({ outcome: 'succeeded', reference: row.ref })]);
		});

		test('operation chosen by the model: rejected, no request is sent', async () => {
			const parameters = { operation: fromAI('operation') };
			const results = await pay(parameters, [[{ ...payment('no-2', '10'), operation: 'send' }]]);
			// n8n 1.123 does not evaluate an expression in the field Operation.
			expect(results[0].error.message).toMatch(
				/^(AI agents may not do this|There is no operation)/,
			);
			expect(fixture.sandbox.requests).toEqual([]);
		});

		test('On Error = stopWorkflow: the agent gets the message, no request is sent', async () => {
			const parameters = { ...send };
			const node = { onError: 'stopWorkflow' as const };
			const calls = [[payment('no-3', '10')]];
			const { results, run } = await runAgent(fixture, { mode, parameters, calls, node });
			const message = mode === 'engine' ? errorOf(run)?.message : String(results[0]);
			expect(message).toContain(isN8n185 ? 'a person must switch on' : 'AI agents may not do this');
			expect(fixture.sandbox.requests).toEqual([]);
		});
	});

	describeWithLimits('Let AI Agents Move Money is on', () => {
		test('amount equal to the maximum: paid once', async () => {
			const results = await pay(agentLimits(1000), [[payment('yes-1', '1000.00')]]);
			expect(results[0]).toMatchObject({ outcome: 'succeeded', reference: 'yes-1' });
			expect(paidFor(fixture.sandbox, 'yes-1').map(({ amount }) => amount)).toEqual([100_000]);
		});

		test('amount one kopeck above the maximum: rejected with an explanation, no request is sent', async () => {
			const results = await pay(agentLimits(1000), [[payment('above-1', '1000.01')]]);
			expect(results).toEqual([rejectedWith('1000.01 RUB is above the maximum of 1000.00 RUB')]);
			expect(results[0].error).toMatchObject({
				reference: 'above-1',
				description: stringContaining('Do not split the amount'),
			});
			expect(fixture.sandbox.requests).toEqual([]);
		});

		test.each<[string, INodeParameters, string]>([
			['empty maximum', { agentMoney: true }, '"Maximum Amount (Rubles)" is not set'],
			['negative maximum', agentLimits(-5), '"Maximum Amount (Rubles)" is not set'],
			[
				'maximum that is not a number',
				agentLimits('a lot' as Loose),
				'"Maximum Amount (Rubles)" is not set',
			],
			['negative total', agentLimits(100, -1), '"Maximum Total (Rubles)" is not set'],
		])('%s: rejected, no request is sent', async (_name, parameters, message) => {
			expect(await pay(parameters, [[payment('no-4', '10')]])).toEqual([rejectedWith(message)]);
			expect(fixture.sandbox.requests).toEqual([]);
		});

		test.each<[string, string, unknown, unknown]>([
			['agentMoney', 'Let AI Agents Move Money', "={{ $fromAI('go', '', 'boolean') }}", true],
			['agentMoney', 'Let AI Agents Move Money', '={{ true }}', true],
			['agentMaximum', 'Maximum Amount (Rubles)', "={{ $fromAI('go', '', 'number') }}", 1e6],
			['agentMaximum', 'Maximum Amount (Rubles)', '={{ $json.limit }}', 1e6],
			['agentMaximum', 'Maximum Amount (Rubles)', { value: "={{ $fromAI('go') }}" }, '1000000'],
			['agentTotal', 'Maximum Total (Rubles)', "={{ $fromAI('go', '', 'number') }}", 1e6],
		])(
			'%s (%s) as the expression %p: rejected, no request is sent',
			async (name, label, value, go) => {
				const parameters = { ...agentLimits(1000), [name]: value } as INodeParameters;
				const calls = [[{ ...payment('no-5', '10'), go, limit: 1e6 }]];
				const results = await pay(parameters, calls, { item: { limit: 1e6 } });
				expect(results).toEqual([rejectedWith(`"${label}" is an expression`)]);
				expect(fixture.sandbox.requests).toEqual([]);
			},
		);

		test('text "true" instead of the boolean: rejected', async () => {
			const results = await pay({ ...agentLimits(1000), agentMoney: 'true' }, [
				[payment('no-6', '10')],
			]);
			expect(results).toEqual([rejectedWith('AI agents may not do this')]);
		});

		test('limits sent by the model: ignored', async () => {
			const extra = {
				agentMoney: true,
				agentMaximum: 1e9,
				agentTotal: 1e9,
				parameters: agentLimits(1e9),
			};
			const results = await pay(agentLimits(100), [[{ ...payment('extra-1', '101'), ...extra }]]);
			expect(results).toEqual([rejectedWith('above the maximum of 100.00 RUB')]);
			expect(fixture.sandbox.requests).toEqual([]);
		});

		test('unit or currency chosen by the model: the maximum stays in rubles, other currencies are rejected', async () => {
			const unit = { options: { amountUnit: fromAI('unit') } };
			const kopecks = [
				{ ...payment('unit-1', '10000'), unit: 'minor' },
				{ ...payment('unit-2', '10000'), unit: 'major' },
				{ ...payment('unit-3', '10001'), unit: 'minor' },
			];
			const results = await pay(
				agentLimits(100),
				kopecks.map((one) => [one]),
				unit,
			);
			expect(outcomesOf(results)).toEqual(['succeeded', 'rejected', 'rejected']);
			const euro = { ...agentLimits(100), additionalFields: { currency: fromAI('currency') } };
			const foreign = await pay(euro, [[{ ...payment('euro-1', '10'), currency: 'EUR' }]]);
			expect(foreign).toEqual([rejectedWith('AI agents may move rubles only')]);
			expectNotPaid(fixture.sandbox, ['unit-2', 'unit-3', 'euro-1']);
		});
	});

	describeWithLimits('repeated calls', () => {
		test('same Reference three times: paid once, each call gets the outcome of that payout', async () => {
			const results = await pay(agentLimits(500), [
				[payment('again-1', '400')],
				[payment('again-1', '400')],
				[payment('again-1', '400')],
			]);
			expect(outcomesOf(results)).toEqual(['succeeded', 'succeeded', 'succeeded']);
			expect(new Set(results.map(({ sessionId }) => sessionId)).size).toBe(1);
			expect(paidFor(fixture.sandbox, 'again-1')).toHaveLength(1);
			expect(requestsTo(fixture.sandbox, 'session/create')).toHaveLength(1);
		});

		test('same Reference with another amount or recipient: rejected', async () => {
			const results = await pay(agentLimits(500, 2000), [
				[payment('again-2', '400')],
				[payment('again-2', '401')],
				[payment('again-2', '400', OTHER_CARD)],
			]);
			expect(results[0].outcome).toBe('succeeded');
			const message = '"again-2" was used in this execution for another amount or recipient';
			expect(results.slice(1)).toEqual([rejectedWith(message), rejectedWith(message)]);
			expect(paidFor(fixture.sandbox, 'again-2')).toHaveLength(1);
		});

		test('new Reference for the same amount and recipient: rejected', async () => {
			const results = await pay(agentLimits(500, 2000), [
				[payment('again-3', '400')],
				[payment('again-3-retry', '400')],
				[payment('again-4', '400', OTHER_CARD)],
			]);
			expect(outcomesOf(results)).toEqual(['succeeded', 'rejected', 'succeeded']);
			expect(results[1]).toEqual(rejectedWith('at the bank already, as "again-3"'));
			expectNotPaid(fixture.sandbox, ['again-3-retry']);
		});

		test('same Reference in another execution: duplicate', async () => {
			for (const outcome of ['succeeded', 'duplicate']) {
				const results = await pay(agentLimits(500), [[payment('again-5', '400')]]);
				expect(outcomesOf(results)).toEqual([outcome]);
			}
			expect(paidFor(fixture.sandbox, 'again-5')).toHaveLength(1);
		});

		test('lost response, then the same Reference: the second call finds the payout, paid once', async () => {
			const match = { path: 'session/status' };
			fixture.sandbox.faults.add({ kind: 'errorBefore', match, times: 30 });
			fixture.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'start/payout' } });
			const first = pay(
				agentLimits(500),
				[[payment('lost-1', '400')], [payment('lost-1', '400')]],
				{
					options: { timeLimit: 2 },
				},
			);
			// Status requests succeed again before the second call.
			const { faults } = fixture.sandbox;
			await waitUntil(() => requestsTo(fixture.sandbox, 'session/status').length >= 4);
			faults.clear();
			const results = await first;
			expect(results[1]).toMatchObject({ outcome: 'succeeded' });
			expect(paidFor(fixture.sandbox, 'lost-1')).toHaveLength(1);
			expect(fixture.sandbox.ledger.paidTwice()).toEqual([]);
		});

		test('lost response with Retry On Fail: one session, paid once', async () => {
			fixture.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'start/payout' } });
			const match = { path: 'session/status' };
			fixture.sandbox.faults.add({ kind: 'errorBefore', match, times: 4 });
			const node = { retryOnFail: true, maxTries: 5, onError: 'stopWorkflow' as const };
			const results = await pay(agentLimits(500), [[payment('retry-1', '400')]], { node });
			expect(results[0]).toMatchObject({
				outcome: 'succeeded',
				sessionId: stringContaining('ps_'),
			});
			expect(requestsTo(fixture.sandbox, 'session/create')).toHaveLength(1);
			expect(paidFor(fixture.sandbox, 'retry-1')).toHaveLength(1);
		});
	});

	describeWithLimits('Maximum Total of one execution', () => {
		test('not set: equals the maximum of one call', async () => {
			const calls = [[payment('sum-1', '60')], [payment('sum-2', '41')], [payment('sum-3', '40')]];
			const results = await pay(agentLimits(100), calls);
			expect(outcomesOf(results)).toEqual(['succeeded', 'rejected', 'succeeded']);
			expect(results[1]).toEqual(
				rejectedWith('Together with the 60.00 RUB of earlier calls this is above the 100.00 RUB'),
			);
			expect(fixture.sandbox.moneyMoved()).toBe(10_000);
		});

		test('six calls: rejected from the call that exceeds the total', async () => {
			const calls = [1, 2, 3, 4, 5, 6].map((n) => [payment(`many-${n}`, `${90 + n}`)]);
			const results = await pay(agentLimits(100, 300), calls);
			expect(outcomesOf(results)).toEqual([
				...['succeeded', 'succeeded', 'succeeded'],
				...['rejected', 'rejected', 'rejected'],
			]);
			expect(fixture.sandbox.moneyMoved()).toBe(27_600);
		});

		test('unknown payouts count; declined and refused payouts do not', async () => {
			const results = await pay(agentLimits(100), [
				[payment('back-1', '100', DECLINED_CARD)],
				[payment('back-2', '100', '4242')],
				[payment('back-3', '100')],
				[payment('back-4', '1')],
			]);
			expect(outcomesOf(results)).toEqual(['failed', 'rejected', 'succeeded', 'rejected']);
			expect(results[1].error.problems[0].field).toBe('Card Number');
			expect(fixture.sandbox.moneyMoved()).toBe(10_000);

			const match = { path: 'start/payout' };
			fixture.sandbox.faults.add({ kind: 'resetBefore', match, times: Infinity });
			const unknown = await pay(agentLimits(100), [
				[payment('unknown-1', '99')],
				[payment('unknown-2', '2')],
			]);
			expect(outcomesOf(unknown)).toEqual(['unknown', 'rejected']);
			expect(unknown[1]).toEqual(rejectedWith('Together with the 99.00 RUB of earlier calls'));
		});

		test('five concurrent calls: one is paid, the others exceed the total', async () => {
			const calls = [1, 2, 3, 4, 5].map((n) => payment(`once-${n}`, `${50 + n}`));
			const results = await pay(agentLimits(100), [calls]);
			expect(outcomesOf(results).sort()).toEqual([
				...Array<string>(4).fill('rejected'),
				'succeeded',
			]);
			expect(fixture.sandbox.ledger.entries).toHaveLength(1);
		});

		test('three concurrent calls with one Reference: paid once, the same result for each', async () => {
			const one = payment('same-1', '100');
			const results = await pay(agentLimits(100), [[one, one, one]]);
			expect(outcomesOf(results)).toEqual(['succeeded', 'succeeded', 'succeeded']);
			expect(new Set(results.map(({ sessionId }) => sessionId)).size).toBe(1);
			expect(requestsTo(fixture.sandbox, 'session/create')).toHaveLength(1);
			expect(paidFor(fixture.sandbox, 'same-1')).toHaveLength(1);
		});

		test('two concurrent calls for the same payout with two References: one is paid', async () => {
			const results = await pay(agentLimits(100, 1000), [
				[payment('two-1', '90'), payment('two-2', '90')],
			]);
			expect(outcomesOf(results).sort()).toEqual(['rejected', 'succeeded']);
			expect(fixture.sandbox.moneyMoved()).toBe(9000);
		});
	});
});
