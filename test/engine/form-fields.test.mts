/** Fields of the form that saved workflows have in another place, with another default, or not at all. */
import type { INodeParameters } from 'n8n-workflow';

import { hintsOf } from '../support/engine.mts';
import { useFixture } from '../support/engineFixture.mts';
import { operationsOf } from '../support/operations.mts';
import { sendToAccount } from '../support/payouts.mts';

const fixture = useFixture();
const { execute: executeOperation, newReference } = operationsOf(fixture);

const execute = async (operation: string, { options, ...parameters }: INodeParameters = {}) =>
	await executeOperation(operation, parameters, { options: options as INodeParameters });

const newSessionId = async (): Promise<string> =>
	String((await execute('session.create')).item.sessionId);

describe('Simplify', () => {
	test.each<[string, boolean, INodeParameters]>([
		['nowhere', false, {}],
		['on, as the switch', false, { simplify: true }],
		['off, as the switch', true, { simplify: false }],
		['off, by an expression', true, { simplify: '={{ 1 === 2 }}' }],
		['off in Options, as in saved workflows', true, { options: { simplify: false } }],
		['on in Options', false, { options: { simplify: true } }],
		['off in Options by an expression', true, { options: { simplify: '={{ false }}' } }],
		['off in Options, on as the switch', true, { simplify: true, options: { simplify: false } }],
		['on in Options, off as the switch', false, { simplify: false, options: { simplify: true } }],
	])('%s: the session of the bank is output: %s', async (_where, isOutput, parameters) => {
		const sessionId = await newSessionId();
		const { item } = await execute('session.get', { sessionId, ...parameters });
		expect('session' in item).toBe(isOutput);
	});

	test('off in the Options of a payout, a payment and a receipt: the session is output', async () => {
		const options = { simplify: false };
		const payout = { ...sendToAccount, reference: newReference(), options };
		expect((await execute('payout.send', payout)).item.session).toBeDefined();
		const payment = { reference: newReference(), payerReference: 'user-42', amount: '10', options };
		expect((await execute('payment.initiate', payment)).item.session).toBeDefined();
	});
});

describe('Return All and Limit', () => {
	const inn = { taxReference: '123456789012' };

	test.each<[string, INodeParameters, number]>([
		['without them, as in saved workflows', {}, Infinity],
		['Return All on', { returnAll: true, limit: 1 }, Infinity],
		['Limit 1', { returnAll: false, limit: 1 }, 1],
		['Limit 2 by an expression', { returnAll: '={{ false }}', limit: '={{ 2 }}' }, 2],
		['a Limit above the number of results', { returnAll: false, limit: 1000 }, Infinity],
	])('%s: so many banks', async (_what, parameters, count) => {
		const all = (await execute('fps.getBanks')).items;
		expect(all.length).toBeGreaterThan(2);
		const { items } = await execute('fps.getBanks', parameters);
		expect(items).toEqual(all.slice(0, count));
	});

	test('Limit 1: one notification of a person', async () => {
		const { items: all } = await execute('selfEmployed.getNotifications', inn);
		expect(all.length).toBeGreaterThan(0);
		const parameters = { ...inn, returnAll: false, limit: 1 };
		const { items } = await execute('selfEmployed.getNotifications', parameters);
		expect(items).toEqual(all.slice(0, 1));
	});

	test.each(['0', '-1', 'many'])('Limit "%s": refused, no request is sent', async (limit) => {
		const before = fixture.sandbox.requests.length;
		const { error } = await execute('fps.getBanks', {
			returnAll: false,
			limit: `={{ "${limit}" }}`,
		});
		expect(error.message).toContain('Limit');
		expect(fixture.sandbox.requests.length).toBe(before);
	});
});

describe('Pay From of an FPS payout', () => {
	const toPhone = {
		payoutMethod: 'fps',
		phone: '+7 968 000-00-00',
		fpsBankId: { __rl: true, mode: 'list', value: '100000000069' },
		purpose: 'Payment under agreement 131',
		amount: '100',
	};
	const sourceAccount = '40702810300200000013';

	const startOf = async (parameters: INodeParameters) => {
		await execute('payout.send', { ...toPhone, ...parameters, reference: newReference() });
		const { path, body } = fixture.sandbox.requests.findLast(({ path: one }) =>
			one.includes('session/start/payout'),
		)!;
		return { path, body: body as Record<string, unknown> };
	};

	test('not stored, as in saved workflows, or Settlement Account: the request names no account', async () => {
		for (const parameters of [{}, { payFrom: 'collateral' }, { sourceAccount }]) {
			const { path, body } = await startOf(parameters);
			expect(path).toMatch(/session\/start\/payout$/);
			expect(body).not.toHaveProperty('participant_details');
		}
	});

	test.each<[string, INodeParameters]>([
		['a fixed method', {}],
		['a method by an expression', { payoutMethod: '={{ "fps" }}' }],
	])('Settlement Account by Number with %s: the request names the account', async (_how, more) => {
		const { path, body } = await startOf({ ...more, payFrom: 'settlement', sourceAccount });
		expect(path).toMatch(/session\/start\/payout$/);
		expect(body).toMatchObject({ participant_details: { sender: { account: sourceAccount } } });
	});

	test('Escrow Account: the request has the beneficiary', async () => {
		const { path, body } = await startOf({ payFrom: 'escrow', beneficiaryInn: '1234567890' });
		expect(path).toMatch(/session\/start\/payout\/nominal$/);
		expect(JSON.stringify(body)).toContain('"beneficiary_id":"1234567890"');
	});

	test('a receipt from an account by its number: refused, with the name of the account to choose', async () => {
		const { error } = await execute('payout.send', {
			...toPhone,
			reference: newReference(),
			payFrom: 'settlement',
			issueReceipt: true,
			selfEmployedInn: '123456789012',
			payerType: 'individual',
			receiptServices: { service: [{ serviceName: 'Courier' }] },
			recipientName: 'Иванов Иван',
		});
		expect(JSON.stringify(error)).toContain('Choose Settlement Account in Pay From');
	});
});

describe('check digits, with a credential that does not lead to Live', () => {
	const hintsAfter = async (parameters: INodeParameters): Promise<string[]> => {
		const sent = { ...sendToAccount, ...parameters, reference: newReference() };
		return hintsOf((await execute('payout.send', sent)).run).map(({ message }) => message);
	};
	const untested = (what: string) =>
		expect.arrayContaining([
			expect.stringMatching(`^Check digits were not tested.*Live.*refused: ${what} of a row`),
		]) as string[];
	const none = expect.not.arrayContaining([expect.stringContaining('Check digits')]) as string[];

	test.each<[string, INodeParameters]>([
		['Account', { account: '40817810400000004402', bik: '044525974' }],
		[
			'INN',
			{ accountHolder: 'soleProprietor', inn: '123456789012', account: '40802810200000004401' },
		],
		[
			'Card number',
			{ payoutMethod: 'cardNumber', cardNumber: '4242424242424241', recipientName: 'Иванов Иван' },
		],
	])(
		'%s with wrong digits: the output pane says that Live refuses it',
		async (what, parameters) => {
			expect(await hintsAfter(parameters)).toEqual(untested(what));
		},
	);

	test('right digits, a recipient without digits, or Never: no such sentence', async () => {
		const toCard = { payoutMethod: 'cardNumber', recipientName: 'Иванов Иван' };
		expect(await hintsAfter({ ...toCard, cardNumber: '4242424242424242' })).toEqual(none);
		expect(
			await hintsAfter({ payoutMethod: 'yoomoney', walletAccount: '410012411727100' }),
		).toEqual(none);
		const never = { options: { verifyCheckDigits: 'never' } };
		expect(await hintsAfter({ ...toCard, cardNumber: '4242424242424241', ...never })).toEqual(none);
	});
});
