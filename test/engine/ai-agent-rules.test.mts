/** An AI agent: who counts as the same payer or recipient, what it may never set, and which secrets it never sees. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import {
	agentLimits,
	callModes,
	callTool,
	describeWithLimits,
	fromAI,
	outcomesOf,
	rejectedWith,
} from '../support/agent.mts';
import { requestsTo } from '../support/ledger.mts';
import { CARD, sendToAccount } from '../support/payouts.mts';
import { jsonOf, runOperation } from '../support/runOperation.mts';

const fixture = useFixture();

const payment: INodeParameters = {
	resource: 'payment',
	operation: 'initiate',
	reference: fromAI('reference'),
	amount: fromAI('amount'),
	payerReference: fromAI('payer'),
};

/** Three payments: twice the same amount with other words, then another amount. */
const payments = (first: object, second: object) => [
	[{ reference: 'a', amount: '50', payer: 'user-42', ...first }],
	[{ reference: 'b', amount: '50', payer: 'user 42', ...second }],
	[{ reference: 'c', amount: '51', payer: 'user-42', ...first }],
];

describe.each(callModes)('tool called by %s', (mode) => {
	describeWithLimits('same amount under another Reference, with other words', () => {
		test.each<[string, INodeParameters, object, object]>([
			[
				'FPS QR code',
				{ paymentMethod: 'fpsQr', qrDescription: fromAI('words') },
				{ words: 'Order 17' },
				{ words: 'The order of Ivan' },
			],
			[
				'internal transfer',
				{ paymentMethod: 'internalTransfer', transferDescription: fromAI('words') },
				{ words: 'Transfer' },
				{ words: 'Another transfer' },
			],
			[
				'SberPay without a phone',
				{ paymentMethod: 'sberPay', sberPayChannel: fromAI('channel') },
				{ channel: 'app' },
				{ channel: 'mobile_web' },
			],
			['T-Pay', { paymentMethod: 'tPay' }, {}, {}],
			[
				'card, with another payer',
				{
					paymentMethod: 'cardNumber',
					cardNumber: CARD,
					expirationMonth: '12',
					expirationYear: '30',
					cardholderName: fromAI('words'),
				},
				{ words: 'IVAN IVANOV' },
				{ words: 'I IVANOV' },
			],
		])(
			'%s: rejected, one request is sent; another amount: sent',
			async (_name, method, ...words) => {
				const parameters = { ...payment, ...method, ...agentLimits(100, 1000) };
				const calls = payments(...words);
				const results = await callTool(fixture, { mode, calls, parameters });
				expect(results[1]).toEqual(rejectedWith('at the bank already, as "a"'));
				expect([results[0], results[2]].map(({ error }: Loose) => error)).toEqual([
					undefined,
					undefined,
				]);
				expect(requestsTo(fixture.sandbox, 'session/init/payment')).toHaveLength(2);
			},
		);

		test('tax payouts for two periods: the second is rejected', async () => {
			const results = await callTool(fixture, {
				mode,
				parameters: {
					resource: 'payout',
					operation: 'send',
					reference: fromAI('reference'),
					amount: '70',
					payoutMethod: 'tax',
					taxPeriodNumber: fromAI('period'),
					taxPeriodYear: '2026',
					...agentLimits(100, 1000),
				},
				calls: [[{ reference: 'tax-1', period: '1' }], [{ reference: 'tax-2', period: '2' }]],
			});
			expect(outcomesOf(results)).toEqual(['succeeded', 'rejected']);
			expect(fixture.sandbox.moneyMoved()).toBe(7000);
		});
	});

	describe('fields with which a payer is charged again later', () => {
		const AGAIN = 'AI agents may not let a payer be charged again later';
		const card = {
			resource: 'payment',
			reference: 'later-1',
			amount: '10',
			payerReference: 'user-42',
			paymentMethod: 'cardNumber',
			cardNumber: CARD,
			expirationMonth: '12',
			expirationYear: '30',
			...agentLimits(100),
		};
		/** A field, its value in the node, and what the model says. */
		const fields: Array<[name: string, value: string | number | boolean, said: string]> = [
			['subscriptionPeriod', 'P1M', ''],
			['subscriptionPeriod', fromAI('value'), 'month'],
			['subscriptionPeriod', 30, ''],
			['makeRecurring', true, ''],
			['makeRecurring', '={{ true }}', ''],
			['makeRecurring', fromAI('value'), 'TRUE'],
		];
		const rows = ['initiate', 'initiateAndWait', 'start'].flatMap((operation) =>
			fields.map((field) => [operation, ...field] as const),
		);

		describeWithLimits('of a payment', () => {
			test.each(rows)(
				'Payment: %s with %s = %p, said %p: rejected, no request is sent',
				async (operation, name, value, said) => {
					const additionalFields = { [name]: value };
					const parameters = { ...card, operation, sessionId: 'ps_1', additionalFields };
					const results = await callTool(fixture, { mode, parameters, calls: [[{ value: said }]] });
					expect(results).toEqual([rejectedWith(AGAIN)]);
					expect(fixture.sandbox.requests).toEqual([]);
				},
			);

			test('Payment: Initiate with the fields empty and off: sent', async () => {
				const additionalFields = { subscriptionPeriod: '', makeRecurring: false };
				const parameters = { ...card, operation: 'initiate', additionalFields };
				const [result] = await callTool(fixture, { mode, parameters, calls: [[{}]] });
				expect(result.outcome).toEqual(expect.any(String));
				expect(requestsTo(fixture.sandbox, 'session/init/payment')).toHaveLength(1);
			});
		});

		test('payment form with Show Recurrent Checkbox: rejected for an agent only', async () => {
			const [{ sessionId }] = jsonOf(await runOperation(fixture, 'session', 'create', {}));
			const widget = (isShown: boolean): INodeParameters => ({
				widget: 'paymentForm',
				formSessionId: sessionId,
				formOptions: { showRecurrentCheckbox: isShown },
			});
			const call = async (isShown: boolean) => {
				const tool = { resource: 'token', operation: 'createWidgetToken', ...widget(isShown) };
				return await callTool(fixture, { mode, parameters: tool, calls: [[{}]] });
			};
			expect(await call(true)).toEqual([rejectedWith(AGAIN)]);
			expect(requestsTo(fixture.sandbox, 'token')).toEqual([]);
			expect(await call(false)).toEqual([{ publicToken: expect.stringMatching(/^[^*]{8,}$/) }]);
			const run = await runOperation(fixture, 'token', 'createWidgetToken', widget(true));
			expect(jsonOf(run)).toEqual([{ publicToken: expect.any(String) }]);
		});
	});

	describe('secrets', () => {
		const ACCOUNT = '40817810400003869535';

		test.each<[string, INodeParameters]>([
			['Tokenize Card', { operation: 'tokenizeCard', cardNumber: CARD }],
			['Tokenize Account', { operation: 'tokenizeAccount', account: ACCOUNT, bik: '044525974' }],
		])('Token: %s: rejected, because a model must not see a token', async (_name, tool) => {
			const parameters = { resource: 'token', ...tool, ...agentLimits(100) };
			const results = await callTool(fixture, { mode, parameters, calls: [[{}]] });
			expect(results).toEqual([rejectedWith('AI agents may not do this')]);
			expect(results[0].error.description).toContain('must not be seen by a model');
			expect(fixture.sandbox.requests).toEqual([]);
		});

		test('accounts of a balance and of a statement: masked', async () => {
			await runOperation(fixture, 'payout', 'send', {
				...sendToAccount,
				payFrom: 'settlement',
				reference: 'secret-3',
			});
			const account = { resource: 'account', accountNumber: '40702810300200000013' };
			const dates = {
				dateFrom: '={{ $now.minus({ days: 2 }) }}',
				dateTo: '={{ $now.plus({ days: 1 }) }}',
			};
			const ask = async (parameters: INodeParameters) =>
				await callTool(fixture, { mode, calls: [[{}]], parameters: { ...account, ...parameters } });
			const [balance] = await ask({ operation: 'getBalance' });
			expect(balance).toMatchObject({ accountNumber: '40702***0013', currency: 'RUB' });
			const [line] = await ask({ operation: 'getStatement', ...dates });
			expect(line).toMatchObject({ amount: 10_000, counterPartyAccount: '40817***9535' });
		});

		test('confirm information of a payout from a settlement account: accounts are masked', async () => {
			const parameters = {
				...sendToAccount,
				reference: 'secret-4',
				payFrom: 'settlement',
				confirmation: 'manual',
				waitFor: 'ready',
			};
			const [{ sessionId }] = jsonOf(await runOperation(fixture, 'payout', 'send', parameters));
			const get = { resource: 'session', operation: 'get', sessionId };
			const [session] = await callTool(fixture, { mode, parameters: get, calls: [[{}]] });
			expect(session).toMatchObject({ sessionId, reference: 'secret-4' });
			expect(JSON.stringify(session.confirmInformation)).toContain('***');
			expect(JSON.stringify(session)).not.toContain(sendToAccount.account);
		});
	});
});
