/** Payments of every method, in one request or in an existing session. */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture } from '../support/engineFixture.mts';
import { requestsTo } from '../support/ledger.mts';
import { PAYER_CARD, operationsOf } from '../support/operations.mts';
import { core, errorOf, hintsOf, outputOf } from '../support/engine.mts';
import { registeredPaymentMethods } from '../support/recorder.mts';

const fixture = useFixture();
const { execute, newPayer, finishAsPayer } = operationsOf(fixture);

describe('Payment', () => {
	const methods: Array<[name: string, parameters: INodeParameters, expected: object]> = [
		[
			'card with 3-D Secure',
			{ ...PAYER_CARD, cardNumber: '4242420000000067' },
			{ redirectUrl: expect.stringContaining('?payment='), redirectMethod: 'GET' },
		],
		['FPS QR code', { paymentMethod: 'fpsQr' }, { qrContent: expect.stringMatching(/^http/) }],
		['SberPay', { paymentMethod: 'sberPay' }, { redirectUrl: expect.stringMatching(/^http/) }],
		['T-Pay', { paymentMethod: 'tPay' }, { redirectUrl: expect.stringMatching(/^http/) }],
		['YooMoney', { paymentMethod: 'yoomoney' }, { redirectUrl: expect.stringMatching(/^http/) }],
	];

	const methodsWithoutStep: Array<[name: string, parameters: INodeParameters]> = [
		['Google Pay token', { paymentMethod: 'googlePay', deviceToken: '{"signature":"x"}' }],
		['Apple Pay token', { paymentMethod: 'applePay', deviceToken: { token: 'x' } }],
		['card hash', { paymentMethod: 'cardHash', cardHash: 'known' }],
		['card token', { paymentMethod: 'cardToken', savedCard: 'tok-131' }],
		['recurring token', { paymentMethod: 'recurring', recurringPayment: 'rec-131' }],
	];

	/** Money of the partner: the sandbox ends it together with a payout. The request is in requests.test.mts. */
	const withoutPayer = ['internalTransfer'];

	test('every payment method of the package has a row in one of these tables', () => {
		const rows = [...methods, ...methodsWithoutStep].map(([, { paymentMethod }]) => paymentMethod);
		const missing = registeredPaymentMethods().filter((method) => !rows.includes(method));
		expect(missing).toEqual(withoutPayer);
	});

	test.each(methods)(
		'%s: outcome actionRequired until the payer acts, then succeeded',
		async (_name, parameters, expected) => {
			const { item, run } = await execute('payment.initiateAndWait', {
				...newPayer(),
				...parameters,
				amount: '131',
			});
			expect(item).toMatchObject({ outcome: 'actionRequired', amount: '131.00', ...expected });
			expect(hintsOf(run)[0]).toMatchObject({
				message: '1 row: 1 waiting for the payer. Money moved in this run: none.',
				type: 'info',
			});
			await finishAsPayer(item.sessionId);
			const { item: end } = await execute('session.get', { sessionId: item.sessionId });
			expect(end).toMatchObject({ outcome: 'succeeded', paymentStatus: 'succeeded' });
		},
	);

	test('FPS QR code: the item has the code as a picture too, which n8n can show', async () => {
		const { run } = await execute('payment.initiateAndWait', {
			...newPayer(),
			paymentMethod: 'fpsQr',
			amount: '131',
		});
		const { qr } = outputOf(run)[0].binary!;
		expect(qr).toMatchObject({ mimeType: 'image/png', fileName: 'qr.png', fileType: 'image' });
		expect(Buffer.from(qr.data, 'base64').subarray(1, 4).toString()).toBe('PNG');
	});

	test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'FPS QR code that n8n cannot store, %s: the item has its outcome and the code as text',
		async (onError) => {
			const store = jest.spyOn(core.BinaryDataService.prototype, 'store');
			store.mockRejectedValue(new Error('disk full'));
			const { run, item } = await execute(
				'payment.initiateAndWait',
				{ ...newPayer(), paymentMethod: 'fpsQr', amount: '131' },
				{ node: { onError } },
			);
			store.mockRestore();
			expect(errorOf(run)).toBeUndefined();
			expect(item).toMatchObject({ outcome: 'actionRequired', qrContent: expect.any(String) });
			expect(outputOf(run)[0]).not.toHaveProperty('binary');
		},
	);

	test.each(methodsWithoutStep)(
		'%s: outcome succeeded without a step of the payer',
		async (_name, parameters) => {
			if (parameters.cardHash)
				parameters.cardHash = fixture.sandbox.tokens.storeCard(PAYER_CARD.cardNumber);
			const { item } = await execute('payment.initiateAndWait', {
				...newPayer(),
				...parameters,
				amount: '131',
			});
			expect(item).toMatchObject({ outcome: 'succeeded' });
		},
	);

	test('project that confirms automatically: payer step without a status request', async () => {
		fixture.sandbox.set({ autoConfirm: true });
		const { item } = await execute('payment.initiateAndWait', {
			...newPayer(),
			paymentMethod: 'fpsQr',
			amount: '131',
		});
		expect(item.outcome).toBe('actionRequired');
		const path = 'session/init/payment/sync';
		expect(requestsTo(fixture.sandbox, path).at(-1)?.sessionId).toBe(item.sessionId);
		const statusRequests = requestsTo(fixture.sandbox, 'session/status');
		expect(statusRequests.filter(({ sessionId }) => sessionId === item.sessionId)).toEqual([]);
	});

	test('Leave for Approval, then the payer gives up: awaitingConfirmation, then failed', async () => {
		const { item } = await execute('payment.initiateAndWait', {
			...newPayer(),
			paymentMethod: 'fpsQr',
			amount: '131',
			confirmation: 'manual',
		});
		expect(item.outcome).toBe('awaitingConfirmation');
		await execute('session.confirm', { sessionId: item.sessionId, expectedAmount: '131' });
		await fixture.sandbox.idle();
		await finishAsPayer(item.sessionId, false);
		const { item: end } = await execute('session.get', { sessionId: item.sessionId });
		expect(end).toMatchObject({ outcome: 'failed', errorCode: '3DS_error' });
	});

	test('declined payment: failed with reject reasons; second Start in one session: rejected', async () => {
		const declined = { ...PAYER_CARD, amount: '1.03' };
		const { item } = await execute('payment.initiate', { ...newPayer(), ...declined });
		expect(item).toMatchObject({ outcome: 'processing', payer: '424242******4242' });
		const { item: end } = await execute('session.wait', { sessionId: item.sessionId });
		expect(end).toMatchObject({ outcome: 'failed', errorCode: 'operation_rejected' });
		expect(end.rejectReasons).toEqual([{ rule_alias: 'sandbox_stop_list', list_alias: 'sandbox' }]);

		const { item: session } = await execute('session.create');
		const { sessionId } = session;
		const { item: started } = await execute('payment.start', {
			sessionId,
			...newPayer(),
			...PAYER_CARD,
			amount: '131',
		});
		expect(started).toMatchObject({ outcome: 'processing', sessionId });
		const { error: other } = await execute('payment.start', {
			sessionId,
			...newPayer(),
			...PAYER_CARD,
			amount: '132',
		});
		expect(other).toMatchObject({ outcome: 'rejected', sessionId });
	});

	test('Payment: Start repeated with another amount: error item with the amount that was taken', async () => {
		fixture.sandbox.set({ autoConfirm: true });
		const { item: session } = await execute('session.create');
		const start = { ...newPayer(), ...PAYER_CARD, sessionId: session.sessionId };
		await execute('payment.start', { ...start, amount: '100' });
		await fixture.sandbox.idle();
		const { item: again } = await execute('payment.start', { ...start, amount: '100' });
		expect(again).toMatchObject({ outcome: 'succeeded', amount: '100.00' });
		const { items, error, run } = await execute('payment.start', { ...start, amount: '50' });
		expect(items).toEqual([]);
		expect(error).toMatchObject({ outcome: 'succeeded', amount: '100.00' });
		expect(hintsOf(run)[0].message).toBe(
			'1 row: 1 succeeded. Money moved in this run: 100.00 RUB.',
		);
	});

	test('refused start: outcome rejected with the errorCode of the bank', async () => {
		const { error } = await execute('payment.initiate', {
			...newPayer(),
			...PAYER_CARD,
			amount: '1.02',
		});
		expect(error).toMatchObject({ outcome: 'rejected', errorCode: 'routing_internal_error' });
	});

	test.each(['https://qr.nspk.ru/AS1000', 'AAAA', '%PDF-1.7'])(
		'FPS QR code with the picture %j: no file, qrContent is output',
		async (img) => {
			const qr = { content: 'https://qr.nspk.ru/AS1000', img };
			const payment = {
				id: 'pm_1',
				status: 'pending',
				amount_details: { amount: 13100, currency: 'rub' },
				customer_interaction: { type: 'inform', inform: { qr } },
			};
			const body = JSON.stringify({
				status: 'ok',
				session: { id: 'ps_qr', status: 'in_progress', payment_list: [payment] },
			});
			const match = { path: 'init/payment/sync' };
			fixture.sandbox.faults.add({ kind: 'errorBefore', status: 200, body, match });
			const { run, item } = await execute('payment.initiateAndWait', {
				...newPayer(),
				paymentMethod: 'fpsQr',
				amount: '131',
			});
			expect(item).toMatchObject({ qrContent: qr.content });
			expect(outputOf(run)[0].binary).toBeUndefined();
		},
	);

	test('Send SberPay Push: the item says sent; an invalid phone is refused', async () => {
		const { item } = await execute('payment.initiateAndWait', {
			...newPayer(),
			paymentMethod: 'sberPay',
			sberPayChannel: 'web',
			amount: '131',
			options: { timeLimit: 1 },
		});
		const push = await execute('payment.sberPayPush', {
			sessionId: item.sessionId,
			payerPhone: '+7 968 000-00-00',
		});
		expect(push.item).toEqual({ sessionId: item.sessionId, sent: true });
		const { error } = await execute('payment.sberPayPush', { sessionId: 'ps_x', payerPhone: '12' });
		expect(error.problems).toMatchObject([{ field: 'Payer Phone' }]);
	});
});
