/** Payouts from the settlement and the escrow account, and to wallets and the treasury. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import { sendToAccount } from '../support/payouts.mts';
import { paidFor, requestsTo } from '../support/ledger.mts';
import { operationsOf } from '../support/operations.mts';

const fixture = useFixture();
const { execute, newReference } = operationsOf(fixture);

describe('Payout', () => {
	const fromEscrow = { payFrom: 'escrow', beneficiaryInn: '1234567890' };
	const toCard = {
		payoutMethod: 'cardNumber',
		cardNumber: '4242424242424242',
		recipientName: 'Иванов Иван',
		transferPurpose: 'Transfer under the offer agreement',
		amount: '100',
	};
	const toPhone = {
		payoutMethod: 'fps',
		phone: '+7 968 000-00-00',
		fpsBankId: { __rl: true, mode: 'list', value: '100000000069' },
		purpose: 'Payment under agreement 131',
		amount: '100',
	};
	const ownAccount = { sourceAccount: '40702810300200000013' };

	describe.each(['v1', 'v2'])('API %s', (apiVersion) => {
		test.each<[string, string, INodeParameters]>([
			['settlement', 'an account', { ...sendToAccount, payFrom: 'settlement', ...ownAccount }],
			['settlement', 'a card', { ...toCard, payFrom: 'settlement' }],
			['settlement', 'a phone', { ...toPhone, payFrom: 'settlement', ...ownAccount }],
			['escrow', 'an account', { ...sendToAccount, ...fromEscrow }],
			['escrow', 'a card', { ...toCard, ...fromEscrow }],
			['escrow', 'a phone', { ...toPhone, ...fromEscrow, ...ownAccount }],
		])(
			'from %s to %s: succeeded, Confirm returns the transfer details of the bank',
			async (from, _to, parameters) => {
				const reference = newReference();
				const { item } = await execute(
					'payout.send',
					{ ...parameters, reference },
					{ credential: { apiVersion } },
				);
				expect(item).toMatchObject({ outcome: 'succeeded', amount: '100.00', reference });
				expect(paidFor(fixture.sandbox, reference)).toMatchObject([
					{ amount: 10_000, account: from },
				]);
				const confirmed = requestsTo(fixture.sandbox, 'session/confirm').at(-1)!;
				expect((confirmed.body as Loose).confirm_information.transfer_details).toBeDefined();
			},
		);
	});

	test('Initiate, and Start in an existing session: succeeded; a second Start in that session is rejected', async () => {
		fixture.sandbox.set({ autoConfirm: true });
		const initiated = await execute('payout.initiate', {
			...sendToAccount,
			reference: newReference(),
		});
		expect(initiated.item).toMatchObject({ outcome: 'succeeded' });
		const { sessionId } = (await execute('session.create')).item;
		const more = { ...sendToAccount, sessionId };
		const started = await execute('payout.start', { ...more, reference: newReference() });
		expect(started.item).toMatchObject({ outcome: 'succeeded', sessionId });
		const second = await execute('payout.start', { ...more, reference: newReference() });
		expect(second.error).toMatchObject({ outcome: 'rejected', sessionId });
	});

	test('Session: Confirm with altered information: the confirmInformation of the session is sent', async () => {
		const { item } = await execute('payout.send', {
			...sendToAccount,
			...fromEscrow,
			reference: newReference(),
			confirmation: 'manual',
		});
		expect(item).toMatchObject({
			outcome: 'awaitingConfirmation',
			confirmInformation: { transfer_details: expect.any(Object) },
		});
		const altered = { transfer_details: { purpose: 'another' } };
		const { sessionId } = item;
		const options = { confirmInformation: altered };
		const confirmed = await execute('session.confirm', { sessionId }, { options });
		expect(confirmed.item.outcome).toBe('processing');
		expect(requestsTo(fixture.sandbox, 'session/confirm').at(-1)!.body).toMatchObject({
			confirm_information: item.confirmInformation,
		});
	});

	describe.each(['v1', 'v2'])(
		'the session does not show its confirmInformation, API %s',
		(apiVersion) => {
			const createWaiting = async () => {
				const payout = { ...sendToAccount, ...fromEscrow, reference: newReference() };
				const { item } = await execute(
					'payout.send',
					{ ...payout, confirmation: 'manual' },
					{ credential: { apiVersion } },
				);
				fixture.sandbox.set({ hidesConfirmInformation: true });
				return item.sessionId as string;
			};
			const confirmWith = async (sessionId: string, confirmInformation: Loose) =>
				await execute(
					'session.confirm',
					{ sessionId },
					{ options: { confirmInformation }, credential: { apiVersion } },
				);

			test.each<[string, 1 | 2]>([
				['v1', 1],
				['v2', 2],
			])('Session: Confirm with the object of a %s webhook: confirmed', async (_name, version) => {
				const sessionId = await createWaiting();
				const webhook = fixture.sandbox.buildWebhook('ready_to_confirm', sessionId, version);
				const { confirm_information } = JSON.parse(webhook) as Loose;
				const confirmed = await confirmWith(sessionId, confirm_information);
				expect(confirmed.item.outcome).toBe('processing');
				const { body } = requestsTo(fixture.sandbox, 'session/confirm').at(-1)!;
				expect(Object.keys((body as Loose).confirm_information.transfer_details)).toContain(
					apiVersion === 'v1' ? 'payment_method' : 'payout_details',
				);
			});

			test('Session: Confirm with altered information: refused', async () => {
				const altered = { transfer_details: { purpose: 'another' } };
				const { error } = await confirmWith(await createWaiting(), altered);
				expect(error).toMatchObject({ errorCode: 'invalid_request' });
			});
		},
	);

	test('escrow without Beneficiary INN: refused, no request is sent', async () => {
		const before = fixture.sandbox.requests.length;
		const { error } = await execute('payout.send', {
			...sendToAccount,
			payFrom: 'escrow',
			reference: newReference(),
		});
		expect(error.problems).toMatchObject([{ field: 'Beneficiary INN' }]);
		expect(fixture.sandbox.requests).toHaveLength(before);
	});

	test.each<[string, INodeParameters]>([
		['Moneta', { payoutMethod: 'moneta', walletAccount: '12345678' }],
		['Steam', { payoutMethod: 'steam', walletAccount: 'gamer', recipientName: 'Full Name' }],
		[
			'the treasury',
			{
				payoutMethod: 'taxFull',
				tax_description: 'VAT',
				tax_oktmo: '45380000',
				tax_paymentReason: 'ТП',
				tax_period: 'КВ.02.2026',
				tax_payerInn: '9909000001',
				tax_payerKpp: '774751001',
				tax_payeeName: 'Казначейство России',
			},
		],
	])('to %s: succeeded', async (_name, parameters) => {
		const { item } = await execute('payout.send', {
			...parameters,
			amount: '100',
			reference: newReference(),
		});
		expect(item).toMatchObject({ outcome: 'succeeded' });
	});
});
