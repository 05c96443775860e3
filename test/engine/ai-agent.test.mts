/** The node as a tool of an AI agent: nothing moves unless a person allowed it, and never more than that person said. */
import type { INodeParameters } from 'n8n-workflow';

import {
	fromAI,
	isOldest,
	on,
	outcomesOf,
	refused,
	runAgent,
	tell,
	ways,
	withLimits,
	type Arguments,
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
	type Bench,
	type Loose,
} from '../support/bank131.mts';
import { errorOf } from '../support/engine.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench();
});
afterAll(async () => await bench.sandbox.stop());
beforeEach(() => bench.sandbox.reset());
afterEach(() => bench.sandbox.faults.clear());

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

describe.each(ways)('called by %s', (way) => {
	const pay = async (parameters: INodeParameters, calls: Arguments[][], more: object = {}) =>
		await tell(bench, { way, calls, parameters: { ...send, ...parameters }, ...more });

	describe('while nobody has allowed it', () => {
		test.each<[string, INodeParameters, string]>([
			['as it is', {}, 'AI agents may not do this: send a payout'],
			['switched off', { agentMoney: false, agentMaximum: 1000 }, 'AI agents may not do this'],
		])('nothing is sent: %s', async (_name, parameters, message) => {
			const told = await pay(parameters, [[payment('no-1', '10')]]);
			expect(told).toEqual([refused(message)]);
			expect(told[0].error.description).toContain('Let AI Agents Move Money');
			expect(bench.sandbox.requests).toEqual([]);
		});

		test('what only reads works', async () => {
			const [row] = rowsOf('read', 1);
			const { sessionId } = jsonOf(await payAll(bench, [row]))[0];
			const parameters = { resource: 'session', operation: 'get', sessionId: fromAI('session') };
			const told = await tell(bench, { way, parameters, calls: [[{ session: sessionId }]] });
			expect(told).toEqual([objectContaining({ outcome: 'succeeded', reference: row.ref })]);
		});

		test('an operation that the model chose is no way round', async () => {
			const parameters = { operation: fromAI('operation') };
			const told = await pay(parameters, [[{ ...payment('no-2', '10'), operation: 'send' }]]);
			// n8n 1.123 does not fill in what stands in place of an operation.
			expect(told[0].error.message).toMatch(/^(AI agents may not do this|There is no operation)/);
			expect(bench.sandbox.requests).toEqual([]);
		});

		test('Stop Workflow: the agent is told as well, and nothing is sent', async () => {
			const parameters = { ...send };
			const node = { onError: 'stopWorkflow' as const };
			const calls = [[payment('no-3', '10')]];
			const { told, run } = await runAgent(bench, { way, parameters, calls, node });
			const message = way === 'engine' ? errorOf(run)?.message : String(told[0]);
			expect(message).toContain(isOldest ? 'a person must switch on' : 'AI agents may not do this');
			expect(bench.sandbox.requests).toEqual([]);
		});
	});

	withLimits('switched on', () => {
		test('an amount within the maximum is paid, once', async () => {
			const told = await pay(on(1000), [[payment('yes-1', '1000.00')]]);
			expect(told[0]).toMatchObject({ outcome: 'succeeded', reference: 'yes-1' });
			expect(paidFor(bench.sandbox, 'yes-1').map(({ amount }) => amount)).toEqual([100_000]);
		});

		test('a kopeck above the maximum: nothing is sent, and the agent can say why', async () => {
			const told = await pay(on(1000), [[payment('above-1', '1000.01')]]);
			expect(told).toEqual([refused('1000.01 RUB is above the maximum of 1000.00 RUB')]);
			expect(told[0].error).toMatchObject({
				reference: 'above-1',
				description: stringContaining('Do not split the amount'),
			});
			expect(bench.sandbox.requests).toEqual([]);
		});

		test.each<[string, INodeParameters, string]>([
			['no maximum', { agentMoney: true }, '"Maximum Amount (Rubles)" is not set'],
			['a maximum below zero', on(-5), '"Maximum Amount (Rubles)" is not set'],
			['a maximum that is no number', on('a lot' as Loose), '"Maximum Amount (Rubles)" is not set'],
			['a total that is no number', on(100, -1), '"Maximum Total (Rubles)" is not set'],
		])('%s is no permission', async (_name, parameters, message) => {
			expect(await pay(parameters, [[payment('no-4', '10')]])).toEqual([refused(message)]);
			expect(bench.sandbox.requests).toEqual([]);
		});

		test.each<[string, string, unknown, unknown]>([
			['agentMoney', 'Let AI Agents Move Money', "={{ $fromAI('go', '', 'boolean') }}", true],
			['agentMoney', 'Let AI Agents Move Money', '={{ true }}', true],
			['agentMaximum', 'Maximum Amount (Rubles)', "={{ $fromAI('go', '', 'number') }}", 1e6],
			['agentMaximum', 'Maximum Amount (Rubles)', '={{ $json.limit }}', 1e6],
			['agentMaximum', 'Maximum Amount (Rubles)', { value: "={{ $fromAI('go') }}" }, '1000000'],
			['agentTotal', 'Maximum Total (Rubles)', "={{ $fromAI('go', '', 'number') }}", 1e6],
		])('%s (%s) as %p is refused', async (name, label, value, go) => {
			const parameters = { ...on(1000), [name]: value } as INodeParameters;
			const calls = [[{ ...payment('no-5', '10'), go, limit: 1e6 }]];
			const told = await pay(parameters, calls, { item: { limit: 1e6 } });
			expect(told).toEqual([refused(`"${label}" is an expression`)]);
			expect(bench.sandbox.requests).toEqual([]);
		});

		test('a text in place of the switch is not the switch', async () => {
			const told = await pay({ ...on(1000), agentMoney: 'true' }, [[payment('no-6', '10')]]);
			expect(told).toEqual([refused('AI agents may not do this')]);
		});

		test('what the model sends beside its fields changes no limit', async () => {
			const extra = { agentMoney: true, agentMaximum: 1e9, agentTotal: 1e9, parameters: on(1e9) };
			const told = await pay(on(100), [[{ ...payment('extra-1', '101'), ...extra }]]);
			expect(told).toEqual([refused('above the maximum of 100.00 RUB')]);
			expect(bench.sandbox.requests).toEqual([]);
		});

		test('the maximum is in rubles, whatever unit and currency the model names', async () => {
			const unit = { options: { amountUnit: fromAI('unit') } };
			const kopecks = [
				{ ...payment('unit-1', '10000'), unit: 'minor' },
				{ ...payment('unit-2', '10000'), unit: 'major' },
				{ ...payment('unit-3', '10001'), unit: 'minor' },
			];
			const told = await pay(
				on(100),
				kopecks.map((one) => [one]),
				unit,
			);
			expect(outcomesOf(told)).toEqual(['succeeded', 'rejected', 'rejected']);
			const euro = { ...on(100), additionalFields: { currency: fromAI('currency') } };
			const foreign = await pay(euro, [[{ ...payment('euro-1', '10'), currency: 'EUR' }]]);
			expect(foreign).toEqual([refused('AI agents may move rubles only')]);
			expectNotPaid(bench.sandbox, ['unit-2', 'unit-3', 'euro-1']);
		});
	});

	withLimits('an agent that repeats itself', () => {
		test('the same reference: paid once, and told how that payout stands', async () => {
			const told = await pay(on(500), [
				[payment('again-1', '400')],
				[payment('again-1', '400')],
				[payment('again-1', '400')],
			]);
			expect(outcomesOf(told)).toEqual(['succeeded', 'succeeded', 'succeeded']);
			expect(new Set(told.map(({ sessionId }) => sessionId)).size).toBe(1);
			expect(paidFor(bench.sandbox, 'again-1')).toHaveLength(1);
			expect(requestsTo(bench.sandbox, 'session/create')).toHaveLength(1);
		});

		test('the same reference for another amount or recipient is refused', async () => {
			const told = await pay(on(500, 2000), [
				[payment('again-2', '400')],
				[payment('again-2', '401')],
				[payment('again-2', '400', OTHER_CARD)],
			]);
			expect(told[0].outcome).toBe('succeeded');
			const message = '"again-2" was used in this execution for another amount or recipient';
			expect(told.slice(1)).toEqual([refused(message), refused(message)]);
			expect(paidFor(bench.sandbox, 'again-2')).toHaveLength(1);
		});

		test('a new reference for the same payout is refused', async () => {
			const told = await pay(on(500, 2000), [
				[payment('again-3', '400')],
				[payment('again-3-retry', '400')],
				[payment('again-4', '400', OTHER_CARD)],
			]);
			expect(outcomesOf(told)).toEqual(['succeeded', 'rejected', 'succeeded']);
			expect(told[1]).toEqual(refused('at the bank already, as "again-3"'));
			expectNotPaid(bench.sandbox, ['again-3-retry']);
		});

		test('in another execution the bank refuses the reference', async () => {
			for (const outcome of ['succeeded', 'duplicate']) {
				const told = await pay(on(500), [[payment('again-5', '400')]]);
				expect(outcomesOf(told)).toEqual([outcome]);
			}
			expect(paidFor(bench.sandbox, 'again-5')).toHaveLength(1);
		});

		test('after a lost answer a repeated call finds the payout', async () => {
			const match = { path: 'session/status' };
			bench.sandbox.faults.add({ kind: 'errorBefore', match, times: 30 });
			bench.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'start/payout' } });
			const first = pay(on(500), [[payment('lost-1', '400')], [payment('lost-1', '400')]], {
				options: { timeLimit: 2 },
			});
			// The bank's status is back before the second call.
			const cleared = bench.sandbox.faults;
			const asked = setInterval(() => {
				if (requestsTo(bench.sandbox, 'session/status').length >= 4) cleared.clear();
			}, 20);
			const told = await first.finally(() => clearInterval(asked));
			expect(told[1]).toMatchObject({ outcome: 'succeeded' });
			expect(paidFor(bench.sandbox, 'lost-1')).toHaveLength(1);
			expect(bench.sandbox.ledger.paidTwice()).toEqual([]);
		});

		test('Retry On Fail pays nothing twice', async () => {
			bench.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'start/payout' } });
			const match = { path: 'session/status' };
			bench.sandbox.faults.add({ kind: 'errorBefore', match, times: 4 });
			const node = { retryOnFail: true, maxTries: 5, onError: 'stopWorkflow' as const };
			const told = await pay(on(500), [[payment('retry-1', '400')]], { node });
			expect(told[0]).toMatchObject({ outcome: 'succeeded', sessionId: stringContaining('ps_') });
			expect(requestsTo(bench.sandbox, 'session/create')).toHaveLength(1);
			expect(paidFor(bench.sandbox, 'retry-1')).toHaveLength(1);
		});
	});

	withLimits('the total of one execution', () => {
		test('is the maximum of one call unless the user says more', async () => {
			const calls = [[payment('sum-1', '60')], [payment('sum-2', '41')], [payment('sum-3', '40')]];
			const told = await pay(on(100), calls);
			expect(outcomesOf(told)).toEqual(['succeeded', 'rejected', 'succeeded']);
			expect(told[1]).toEqual(
				refused('Together with the 60.00 RUB of earlier calls this is above the 100.00 RUB'),
			);
			expect(bench.sandbox.moneyMoved()).toBe(10_000);
		});

		test('holds over many calls', async () => {
			const calls = [1, 2, 3, 4, 5, 6].map((n) => [payment(`many-${n}`, `${90 + n}`)]);
			const told = await pay(on(100, 300), calls);
			expect(outcomesOf(told)).toEqual([
				...['succeeded', 'succeeded', 'succeeded'],
				...['rejected', 'rejected', 'rejected'],
			]);
			expect(bench.sandbox.moneyMoved()).toBe(27_600);
		});

		test('counts what is in doubt, and gives back what was declined or never sent', async () => {
			const told = await pay(on(100), [
				[payment('back-1', '100', DECLINED_CARD)],
				[payment('back-2', '100', '4242')],
				[payment('back-3', '100')],
				[payment('back-4', '1')],
			]);
			expect(outcomesOf(told)).toEqual(['failed', 'rejected', 'succeeded', 'rejected']);
			expect(told[1].error.problems[0].field).toBe('Card Number');
			expect(bench.sandbox.moneyMoved()).toBe(10_000);

			const match = { path: 'start/payout' };
			bench.sandbox.faults.add({ kind: 'resetBefore', match, times: Infinity });
			const doubtful = await pay(on(100), [[payment('doubt-1', '99')], [payment('doubt-2', '2')]]);
			expect(outcomesOf(doubtful)).toEqual(['unknown', 'rejected']);
			expect(doubtful[1]).toEqual(refused('Together with the 99.00 RUB of earlier calls'));
		});

		test('calls at once can not all have the rest', async () => {
			const calls = [1, 2, 3, 4, 5].map((n) => payment(`once-${n}`, `${50 + n}`));
			const told = await pay(on(100), [calls]);
			expect(outcomesOf(told).sort()).toEqual([...Array<string>(4).fill('rejected'), 'succeeded']);
			expect(bench.sandbox.ledger.entries).toHaveLength(1);
		});

		test('calls at once with one reference pay once and are told the same', async () => {
			const one = payment('same-1', '100');
			const told = await pay(on(100), [[one, one, one]]);
			expect(outcomesOf(told)).toEqual(['succeeded', 'succeeded', 'succeeded']);
			expect(new Set(told.map(({ sessionId }) => sessionId)).size).toBe(1);
			expect(requestsTo(bench.sandbox, 'session/create')).toHaveLength(1);
			expect(paidFor(bench.sandbox, 'same-1')).toHaveLength(1);
		});

		test('of calls at once for one payout under two references one is paid', async () => {
			const told = await pay(on(100, 1000), [[payment('two-1', '90'), payment('two-2', '90')]]);
			expect(outcomesOf(told).sort()).toEqual(['rejected', 'succeeded']);
			expect(bench.sandbox.moneyMoved()).toBe(9000);
		});
	});
});
