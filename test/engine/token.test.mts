/** Tokens: widgets, cards, accounts. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import { sendToAccount } from '../support/payouts.mts';
import { operationsOf } from '../support/operations.mts';

const fixture = useFixture();
const { execute, newReference } = operationsOf(fixture);

describe('Token', () => {
	test.each<[string, INodeParameters]>([
		['card or account entry', {}],
		['self-employed linking', { widget: 'selfEmployed', widgetInn: '123456789012' }],
		['payment form', { widget: 'paymentForm', formSessionId: 'opened' }],
	])('widget token for %s: active', async (_name, parameters) => {
		if (parameters.formSessionId) {
			parameters = {
				...parameters,
				formSessionId: (await execute('session.create')).item.sessionId,
			};
		}
		const { item } = await execute('token.createWidgetToken', parameters);
		const info = { tokenKind: 'publicToken', tokenValue: item.publicToken as string };
		expect((await execute('token.getInfo', info)).item).toMatchObject({ isActive: true });
	});

	test('widget token for a session that does not exist or without an INN: refused', async () => {
		const parameters = { widget: 'paymentForm', formSessionId: 'ps_nowhere' };
		const { error } = await execute('token.createWidgetToken', parameters);
		expect(error.errorCode).toEqual(expect.any(String));
		const { error: empty } = await execute('token.createWidgetToken', { widget: 'selfEmployed' });
		expect(empty.problems).toMatchObject([{ field: 'Self-Employed INN' }]);
	});

	test('Tokenize Account: a payout to the token succeeds; an invalid BIK and account are refused', async () => {
		const { item } = await execute('token.tokenizeAccount', {
			bik: '044525974',
			account: '40817810400003869535',
		});
		expect(item).toMatchObject({ maskedAccount: '40817***9535' });
		const { item: paid } = await execute('payout.send', {
			...sendToAccount,
			payoutMethod: 'bankAccountToken',
			savedAccount: item.token as string,
			reference: newReference(),
		});
		expect(paid).toMatchObject({ outcome: 'succeeded', recipient: 'account token' });
		const { error } = await execute('token.tokenizeAccount', { bik: '1', account: '2' });
		expect(error.problems.map(({ field }: Loose) => field)).toEqual(['BIK', 'Account Number']);
	});

	test('Tokenize Card, Get Info: masked number, brand, last four digits', async () => {
		const { item } = await execute('token.tokenizeCard', { cardNumber: '4242 4242 4242 4242' });
		expect(item).toMatchObject({ maskedCard: '424242******4242', network: 'visa' });
		const info = { tokenKind: 'cardToken', tokenValue: item.token as string };
		expect((await execute('token.getInfo', info)).item).toMatchObject({
			brand: 'visa',
			last4: '4242',
		});
		const hash = {
			tokenKind: 'cardHash',
			tokenValue: fixture.sandbox.tokens.storeCard('2200240000004940'),
		};
		expect((await execute('token.getInfo', hash)).item).toMatchObject({ last4: '4940' });
		const { error } = await execute('token.tokenizeCard', { cardNumber: '4242' });
		expect(JSON.stringify(error)).not.toContain('"4242"');
	});

	test('Get Info with an unknown kind of token: refused', async () => {
		const { error } = await execute('token.getInfo', {
			tokenKind: '={{ "card" }}',
			tokenValue: 'x',
		});
		expect(error.problems).toMatchObject([{ field: 'Kind of Token' }]);
	});
});
