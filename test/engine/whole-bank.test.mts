/** Every operation from end to end: the built node in n8n's engine, the sandbox behind it, once well and once refused. */
import type { ILoadOptionsFunctions, INodeParameters, INodeType, IRun } from 'n8n-workflow';

import {
	hintsOf,
	loadPackage,
	makeExecuteContext,
	outputOf,
	projectDir,
} from '../support/engine.mts';
import {
	continueError,
	credentialFor,
	jsonOf,
	openBench,
	paidFor,
	requestsTo,
	runOperation,
	type Bench,
	type Loose,
	type PayOptions,
} from '../support/bank131.mts';
import { expectFits } from '../support/schemas.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench();
});
afterAll(async () => await bench.sandbox.stop());
afterEach(() => {
	bench.sandbox.faults.clear();
	bench.sandbox.set({ autoConfirm: false, hold: false, threeDs: false });
});

interface Asked {
	run: IRun;
	items: Loose[];
	item: Loose;
	/** The facts on the error output. */
	error: Loose;
}

async function ask(
	operation: string,
	parameters: INodeParameters = {},
	more: PayOptions = {},
): Promise<Asked> {
	const [resource, value] = operation.split('.');
	const run = await runOperation(bench, resource, value, parameters, {
		node: { ...continueError, ...more.node },
		...more,
	});
	const items = jsonOf(run);
	for (const item of items) expectFits(operation, item);
	return { run, items, item: items[0], error: jsonOf(run, 1)[0]?.error };
}

let count = 0;
const newReference = (): string => `whole-${++count}`;

const payer = () => ({ reference: newReference(), payerReference: 'user-42' });

const card = {
	paymentMethod: 'cardNumber',
	cardNumber: '4242424242424242',
	expirationMonth: '12',
	expirationYear: '30',
};

/** A card payment that went through, in an auto-confirming project. */
async function paidPayment(amount: string, more: INodeParameters = {}): Promise<Loose> {
	bench.sandbox.set({ autoConfirm: true });
	const { item } = await ask('payment.initiateAndWait', { ...payer(), ...card, amount, ...more });
	expect(item).toMatchObject({ outcome: 'succeeded', amount: `${amount}.00` });
	return item;
}

/** The payer pays, or gives up. */
async function payerActs(sessionId: string, paid = true): Promise<void> {
	bench.sandbox.runAction(sessionId, 'payer', { paid });
	await bench.sandbox.idle();
}

describe('Payment', () => {
	const methods: Array<[name: string, parameters: INodeParameters, expected: object]> = [
		[
			'a card with 3-D Secure',
			{ ...card, cardNumber: '4242420000000067' },
			{ redirectUrl: expect.stringContaining('?payment='), redirectMethod: 'GET' },
		],
		['a QR code of FPS', { paymentMethod: 'fpsQr' }, { qrContent: expect.stringMatching(/^http/) }],
		['SberPay', { paymentMethod: 'sberPay' }, { redirectUrl: expect.stringMatching(/^http/) }],
		['T-Pay', { paymentMethod: 'tPay' }, { redirectUrl: expect.stringMatching(/^http/) }],
		['YooMoney', { paymentMethod: 'yoomoney' }, { redirectUrl: expect.stringMatching(/^http/) }],
	];

	test.each(methods)('%s goes to the payer, then through', async (_name, parameters, expected) => {
		const { item, run } = await ask('payment.initiateAndWait', {
			...payer(),
			...parameters,
			amount: '131',
		});
		expect(item).toMatchObject({ outcome: 'actionRequired', amount: '131.00', ...expected });
		expect(hintsOf(run)[0]).toMatchObject({
			message: '1 row: 1 waiting for the payer. Money moved: none.',
			type: 'info',
		});
		await payerActs(item.sessionId);
		const { item: end } = await ask('session.get', { sessionId: item.sessionId });
		expect(end).toMatchObject({ outcome: 'succeeded', paymentStatus: 'succeeded' });
	});

	test('a QR code is also a picture', async () => {
		const { run } = await ask('payment.initiateAndWait', {
			...payer(),
			paymentMethod: 'fpsQr',
			amount: '131',
		});
		const { qr } = outputOf(run)[0].binary!;
		expect(qr).toMatchObject({ mimeType: 'image/svg+xml', fileName: 'qr.svg' });
		expect(Buffer.from(qr.data, 'base64').toString()).toContain('<svg');
	});

	test.each([
		['Google Pay', { paymentMethod: 'googlePay', deviceToken: '{"signature":"x"}' }],
		['Apple Pay', { paymentMethod: 'applePay', deviceToken: { token: 'x' } }],
		['a card hash', { paymentMethod: 'cardHash', cardHash: 'known' }],
	])('%s goes through at once', async (_name, parameters: INodeParameters) => {
		if (parameters.cardHash) parameters.cardHash = bench.sandbox.tokens.storeCard(card.cardNumber);
		const { item } = await ask('payment.initiateAndWait', {
			...payer(),
			...parameters,
			amount: '131',
		});
		expect(item).toMatchObject({ outcome: 'succeeded' });
	});

	test('the step of the payer is in the first answer where nothing has to be confirmed', async () => {
		bench.sandbox.set({ autoConfirm: true });
		const { item } = await ask('payment.initiateAndWait', {
			...payer(),
			paymentMethod: 'fpsQr',
			amount: '131',
		});
		expect(item.outcome).toBe('actionRequired');
		const path = 'session/init/payment/sync';
		expect(requestsTo(bench.sandbox, path).at(-1)?.sessionId).toBe(item.sessionId);
		const looks = requestsTo(bench.sandbox, 'session/status');
		expect(looks.filter(({ sessionId }) => sessionId === item.sessionId)).toEqual([]);
	});

	test('left for approval it waits, and a payer who gives up is a failure with its code', async () => {
		const { item } = await ask('payment.initiateAndWait', {
			...payer(),
			paymentMethod: 'fpsQr',
			amount: '131',
			confirmation: 'manual',
		});
		expect(item.outcome).toBe('awaitingConfirmation');
		await ask('session.confirm', { sessionId: item.sessionId, expectedAmount: '131' });
		await bench.sandbox.idle();
		await payerActs(item.sessionId, false);
		const { item: end } = await ask('session.get', { sessionId: item.sessionId });
		expect(end).toMatchObject({ outcome: 'failed', errorCode: '3DS_error' });
	});

	test('initiated and started in a session, declined', async () => {
		const declined = { ...card, amount: '1.03' };
		const { item } = await ask('payment.initiate', { ...payer(), ...declined });
		expect(item).toMatchObject({ outcome: 'processing', payer: '424242******4242' });
		const { item: end } = await ask('session.wait', { sessionId: item.sessionId });
		expect(end).toMatchObject({ outcome: 'failed', errorCode: 'operation_rejected' });
		expect(end.rejectReasons).toEqual([{ rule_alias: 'sandbox_stop_list', list_alias: 'sandbox' }]);

		const { item: session } = await ask('session.create');
		const { sessionId } = session;
		const { item: started } = await ask('payment.start', {
			sessionId,
			...payer(),
			...card,
			amount: '131',
		});
		expect(started).toMatchObject({ outcome: 'processing', sessionId });
		const { error: other } = await ask('payment.start', {
			sessionId,
			...payer(),
			...card,
			amount: '132',
		});
		expect(other).toMatchObject({ outcome: 'rejected', sessionId });
	});

	test('started again with another amount it is not told as taken', async () => {
		bench.sandbox.set({ autoConfirm: true });
		const { item: session } = await ask('session.create');
		const start = { ...payer(), ...card, sessionId: session.sessionId };
		await ask('payment.start', { ...start, amount: '100' });
		await bench.sandbox.idle();
		const { item: again } = await ask('payment.start', { ...start, amount: '100' });
		expect(again).toMatchObject({ outcome: 'succeeded', amount: '100.00' });
		const { items, error, run } = await ask('payment.start', { ...start, amount: '50' });
		expect(items).toEqual([]);
		expect(error).toMatchObject({ outcome: 'succeeded', amount: '100.00' });
		expect(hintsOf(run)[0].message).toBe('1 row: 1 succeeded. Money moved: 100.00 RUB.');
	});

	test('a refused start says so, and nothing is kept', async () => {
		const { error } = await ask('payment.initiate', { ...payer(), ...card, amount: '1.02' });
		expect(error).toMatchObject({ outcome: 'rejected', errorCode: 'routing_internal_error' });
	});

	describe('held money', () => {
		async function held(amount: string): Promise<string> {
			bench.sandbox.set({ autoConfirm: true, hold: true });
			const { item } = await ask('payment.initiateAndWait', { ...payer(), ...card, amount });
			expect(item).toMatchObject({ outcome: 'awaitingCapture', nextAction: 'capture' });
			return item.sessionId;
		}

		test.each([
			['all', '', '100.00'],
			['a part', '40', '40.00'],
		])('%s of it is taken', async (_name, captureAmount, taken) => {
			const sessionId = await held('100');
			const { item } = await ask('payment.capture', { sessionId, captureAmount });
			expect(item.outcome).toBe('processing');
			const { item: end } = await ask('session.wait', { sessionId });
			expect(end).toMatchObject({ outcome: 'succeeded', amount: taken });
		});

		test('nothing of it when the amount is an expression that gives nothing', async () => {
			const sessionId = await held('100');
			const captureAmount = '={{ $json.amuont }}';
			const { error } = await ask('payment.capture', { sessionId, captureAmount });
			expect(error.problems).toMatchObject([{ message: 'The expression gives nothing' }]);
			expect((await ask('session.get', { sessionId })).item.outcome).toBe('awaitingCapture');
		});

		test('when the session cannot be read nothing is taken; after a lost answer that is unknown', async () => {
			const sessionId = await held('100');
			const part = { sessionId, captureAmount: '40' };
			const status = { kind: 'resetBefore', match: { path: 'session/status' }, times: 4 } as const;
			bench.sandbox.faults.add(status);
			const { error: before } = await ask('payment.capture', part);
			expect(before).toMatchObject({ outcome: 'rejected', sessionId });

			bench.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'session/capture' } });
			const match = { path: 'session/status', nth: 2 };
			bench.sandbox.faults.add({ ...status, match, times: 12 });
			const { error: after } = await ask('payment.capture', part, {
				node: { ...continueError, retryOnFail: true, maxTries: 2 },
			});
			expect(after).toMatchObject({ outcome: 'unknown', sessionId });
		});

		test('a part that is marked as rubles is not taken of dollars', async () => {
			bench.sandbox.set({ autoConfirm: true, hold: true });
			const { item } = await ask('payment.initiateAndWait', {
				...payer(),
				...card,
				amount: '100',
				additionalFields: { currency: 'USD' },
			});
			const part = { sessionId: item.sessionId, captureAmount: '40 rub' };
			expect((await ask('payment.capture', part)).error).toMatchObject({ outcome: 'rejected' });
		});

		test('another part than the one that was taken before is not told as taken', async () => {
			const sessionId = await held('100');
			await ask('payment.capture', { sessionId });
			await bench.sandbox.idle();
			const { error, items } = await ask('payment.capture', { sessionId, captureAmount: '40' });
			expect(items).toEqual([]);
			expect(error).toMatchObject({ sessionId, amount: '100.00' });
		});

		test('no part of it when the session holds several payments', async () => {
			const sessionId = await held('100');
			addPayment(sessionId, 'pending');
			const before = requestsTo(bench.sandbox, 'session/capture').length;
			const { error } = await ask('payment.capture', { sessionId, captureAmount: '40' });
			expect(error).toMatchObject({ outcome: 'rejected', sessionId });
			expect(error.message).toMatch(/holds 2 payments/);
			expect(requestsTo(bench.sandbox, 'session/capture')).toHaveLength(before);
		});

		test('never more than is held, and nothing after it was let go', async () => {
			const sessionId = await held('100');
			const before = requestsTo(bench.sandbox, 'session/capture').length;
			const { error } = await ask('payment.capture', { sessionId, captureAmount: '100.01' });
			expect(error).toMatchObject({ outcome: 'rejected', message: 'Only 100.00 RUB is held.' });
			expect(requestsTo(bench.sandbox, 'session/capture')).toHaveLength(before);
			await ask('session.cancel', { sessionId });
			await bench.sandbox.idle();
			const { error: late } = await ask('payment.capture', { sessionId });
			expect(late).toMatchObject({ errorCode: 'session_wrong_state' });
		});
	});

	describe('split: held, paid on to somebody in the same session, then captured', () => {
		async function paidOn(): Promise<string> {
			bench.sandbox.set({ autoConfirm: true, hold: true });
			const { item } = await ask('payment.initiateAndWait', { ...payer(), ...card, amount: '100' });
			const { sessionId } = item;
			const { item: payout } = await ask('payout.start', {
				...sendToAccount,
				sessionId,
				amount: '90',
				reference: newReference(),
			});
			expect(payout).toMatchObject({ outcome: 'succeeded', nextAction: 'capture' });
			return sessionId;
		}

		test('the outcome of the capture is that of the payment', async () => {
			const sessionId = await paidOn();
			const { item } = await ask('payment.capture', { sessionId });
			expect(item).toMatchObject({ outcome: 'processing', amount: '100.00' });
			await bench.sandbox.idle();
			const { item: end } = await ask('session.get', { sessionId });
			expect(end).toMatchObject({ outcome: 'succeeded', sessionStatus: 'accepted' });
		});

		test('a capture that did not arrive is sent again, although the payout succeeded', async () => {
			const sessionId = await paidOn();
			bench.sandbox.faults.add({ kind: 'resetBefore', match: { path: 'session/capture' } });
			await ask('payment.capture', { sessionId });
			await bench.sandbox.idle();
			const { item: end } = await ask('session.get', { sessionId });
			expect(end.sessionStatus).toBe('accepted');
		});
	});

	test('a push of SberPay', async () => {
		const { item } = await ask('payment.initiateAndWait', {
			...payer(),
			paymentMethod: 'sberPay',
			sberPayChannel: 'web',
			amount: '131',
			options: { timeLimit: 1 },
		});
		const push = await ask('payment.sberPayPush', {
			sessionId: item.sessionId,
			payerPhone: '+7 968 000-00-00',
		});
		expect(push.item).toEqual({ sessionId: item.sessionId, sent: true });
		const { error } = await ask('payment.sberPayPush', { sessionId: 'ps_x', payerPhone: '12' });
		expect(error.problems).toMatchObject([{ field: 'Payer Phone' }]);
	});

	describe('repeated', () => {
		test('without the payer, with him, and no more once the token is disabled', async () => {
			const { recurringToken } = await paidPayment('50', {
				additionalFields: { makeRecurring: true },
			});
			expect(recurringToken).toEqual(expect.any(String));
			bench.sandbox.set({ autoConfirm: false });
			const again = {
				paymentMethod: 'recurring',
				recurringPayment: recurringToken as string,
				amount: '50',
			};
			const { item: mit } = await ask('payment.initiateAndWait', { ...payer(), ...again });
			expect(mit).toMatchObject({ outcome: 'succeeded', payer: 'recurring token' });
			const client = { ...again, initiator: 'client' };
			const { item: cit } = await ask('payment.initiateAndWait', { ...payer(), ...client });
			expect(cit).toMatchObject({ outcome: 'actionRequired' });

			const named = { recurringTokenValue: recurringToken as string };
			expect((await ask('recurringToken.get', named)).item).toMatchObject({ isActive: true });
			expect((await ask('recurringToken.disable', named)).item).toMatchObject({ isActive: false });
			expect((await ask('recurringToken.get', named)).item).toMatchObject({ isActive: false });
			const { error } = await ask('recurringToken.get', { recurringTokenValue: 'nobody' });
			expect(error).toMatchObject({ errorCode: 'invalid_request' });
		});

		test('a subscription is cancelled and restored', async () => {
			const { subscriptionId } = await paidPayment('50', {
				additionalFields: { subscriptionPeriod: 'P1M' },
			});
			const id = { subscriptionId: subscriptionId as string };
			expect((await ask('subscription.cancel', id)).item).toEqual({ ...id, cancelled: true });
			expect((await ask('subscription.restore', id)).item).toEqual({ ...id, restored: true });
			const { error } = await ask('subscription.cancel', { subscriptionId: ' ' });
			expect(error.problems).toMatchObject([{ field: 'Subscription ID' }]);
		});

		test('a subscription whose answers are lost may be restored, and the item says so', async () => {
			const match = { path: 'subscription/restore' };
			bench.sandbox.faults.add({ kind: 'errorAfter', match, times: 4 });
			const id = { subscriptionId: 'sub-1' };
			const { error: lost } = await ask('subscription.restore', id);
			expect(lost).toMatchObject({
				...id,
				description: expect.stringContaining('it is not known whether the bank did this'),
			});

			const body =
				'{"status":"error","error":{"code":"invalid_request","description":"It is active"}}';
			bench.sandbox.faults.add({ kind: 'resetAfter', match });
			bench.sandbox.faults.add({ kind: 'errorBefore', status: 400, body, match });
			const { error: refused } = await ask('subscription.restore', id);
			expect(refused).toMatchObject({
				...id,
				errorCode: 'invalid_request',
				description: expect.stringContaining('an earlier try was lost'),
			});

			bench.sandbox.faults.add({
				kind: 'resetBefore',
				match: { path: 'recurrent/status' },
				times: 4,
			});
			const { error: read } = await ask('recurringToken.get', { recurringTokenValue: 'x' });
			expect(read.description).toBe('Nothing was changed at the bank. Try again later.');
		});
	});
});

/** Another payment in front of the one that the session has. */
function addPayment(sessionId: string, status: 'pending' | 'succeeded' | 'failed'): void {
	const { payments } = bench.sandbox.sessions.get(sessionId);
	payments.unshift({ ...structuredClone(payments[0]), id: 'pm_other', status, refunds: [] });
}

describe('Refund', () => {
	const refundsOf = (sessionId: string): number =>
		requestsTo(bench.sandbox, 'session/refund').filter((one) => one.sessionId === sessionId).length;

	test('not all of it because the amount is an expression that gives nothing', async () => {
		const { sessionId } = await paidPayment('100');
		const { error } = await ask('refund.create', {
			sessionId,
			reference: newReference(),
			refundAmount: '={{ $json.amuont }}',
		});
		expect(error.problems).toMatchObject([{ message: 'The expression gives nothing' }]);
		expect(refundsOf(sessionId)).toBe(0);
	});

	test('a part, then all that is left, then nothing', async () => {
		const { sessionId } = await paidPayment('100');
		const part = await ask('refund.create', {
			sessionId,
			reference: newReference(),
			refundAmount: '30',
		});
		expect(part.item).toMatchObject({
			outcome: expect.stringMatching(/^(processing|refunded)$/),
			refund: { amount: '30.00', refundId: expect.stringMatching(/^rf_/) },
		});
		await bench.sandbox.idle();
		const tooMuch = await ask('refund.create', {
			sessionId,
			reference: newReference(),
			refundAmount: '70.01',
		});
		expect(tooMuch.error).toMatchObject({
			outcome: 'rejected',
			message: 'Only 70.00 RUB is left of this payment.',
		});
		const rest = await ask('refund.create', { sessionId, reference: newReference() });
		expect(rest.item.refund).toMatchObject({ amount: '70.00' });
		await bench.sandbox.idle();
		const none = await ask('refund.create', { sessionId, reference: newReference() });
		expect(none.error).toMatchObject({ outcome: 'rejected' });
		expect(refundsOf(sessionId)).toBe(2);
		const { item } = await ask('session.get', { sessionId });
		expect(item).toMatchObject({ outcome: 'refunded', refunded: '100.00' });
	});

	test('may have the reference of its payment, also if the bank counts keys per project', async () => {
		bench.sandbox.set({ idempotencyScope: 'everyPost' });
		const reference = newReference();
		const { sessionId } = await paidPayment('100', { reference });
		const { item } = await ask('refund.create', { sessionId, reference });
		expect(item).toMatchObject({ refund: { amount: '100.00' } });
		bench.sandbox.set({ idempotencyScope: 'start' });
	});

	test.each(['resetAfter', 'errorAfter', 'garbage', 'halfBody'] as const)(
		'is made once when its answer is lost (%s), also by a retrying node',
		async (kind) => {
			const { sessionId } = await paidPayment('100');
			bench.sandbox.faults.add({ kind, match: { path: 'session/refund' } });
			const { item } = await ask(
				'refund.create',
				{ sessionId, reference: newReference(), refundAmount: '30' },
				{ node: { ...continueError, retryOnFail: true, maxTries: 3 } },
			);
			expect(item.refund).toMatchObject({ amount: '30.00' });
			expect(refundsOf(sessionId)).toBe(1);
		},
	);

	test('a request that never arrived leaves the outcome unknown, and no second one goes out', async () => {
		const { sessionId } = await paidPayment('100');
		bench.sandbox.faults.add({ kind: 'resetBefore', match: { path: 'session/refund' }, times: 9 });
		const { error } = await ask(
			'refund.create',
			{ sessionId, reference: newReference() },
			{ node: { ...continueError, retryOnFail: true, maxTries: 2 } },
		);
		expect(error).toMatchObject({ outcome: 'unknown', sessionId });
		expect(refundsOf(sessionId)).toBe(1);
	});

	test('whose session cannot be read is not made; after a lost answer that is unknown', async () => {
		const { sessionId } = await paidPayment('100');
		const status = { kind: 'resetBefore', match: { path: 'session/status' }, times: 4 } as const;
		bench.sandbox.faults.add(status);
		const { error: before } = await ask('refund.create', { sessionId, reference: newReference() });
		expect(before).toMatchObject({ outcome: 'rejected', sessionId });
		expect(refundsOf(sessionId)).toBe(0);

		bench.sandbox.faults.add({ kind: 'resetAfter', match: { path: 'session/refund' } });
		const match = { path: 'session/status', nth: 2 };
		bench.sandbox.faults.add({ ...status, match, times: 12 });
		const { error: after } = await ask(
			'refund.create',
			{ sessionId, reference: newReference() },
			{ node: { ...continueError, retryOnFail: true, maxTries: 2 } },
		);
		expect(after).toMatchObject({ outcome: 'unknown', sessionId });
		expect(refundsOf(sessionId)).toBe(1);
	});

	test.each(['30', ''])(
		'is made once per reference, however often the workflow runs (%s)',
		async (refundAmount) => {
			const { sessionId } = await paidPayment('100');
			const again = { sessionId, reference: newReference(), refundAmount };
			const { item: first } = await ask('refund.create', again);
			await bench.sandbox.idle();
			const { item: second } = await ask('refund.create', again);
			expect(second).toMatchObject({
				outcome: 'refunded',
				refund: { refundId: first.refund.refundId },
			});
			const { error: other } = await ask('refund.create', { ...again, refundAmount: '40' });
			expect(other).toMatchObject({ outcome: 'rejected', sessionId });
			expect(refundsOf(sessionId)).toBe(1);
		},
	);

	test('an amount that is marked as rubles is not taken of dollars', async () => {
		const { sessionId } = await paidPayment('100', { additionalFields: { currency: 'USD' } });
		const reference = newReference();
		const { error } = await ask('refund.create', { sessionId, reference, refundAmount: '50 ₽' });
		expect(error).toMatchObject({ outcome: 'rejected', sessionId });
		expect(refundsOf(sessionId)).toBe(0);
	});

	test('of several alike in one payment each has its own id; a lost one is not told as another', async () => {
		const { sessionId } = await paidPayment('100');
		bench.sandbox.set({ refundsShowMetadata: false, latencyMs: 30 });
		const lost = { kind: 'resetBefore', match: { path: 'session/refund', nth: 2 } } as const;
		bench.sandbox.faults.add(lost);
		const run = await runOperation(
			bench,
			'refund',
			'create',
			{ sessionId, reference: '={{ $json.ref }}', refundAmount: '20' },
			{ rows: [1, 2, 3, 4].map((row) => ({ ref: `alike-${row}` })), node: continueError },
		);
		bench.sandbox.set({ refundsShowMetadata: true, latencyMs: 0 });
		const ids = jsonOf(run).map(({ refund }) => refund.refundId as string);
		expect(new Set(ids).size).toBe(3);
		expect(jsonOf(run, 1).map(({ error }) => error.outcome)).toEqual(['unknown']);
		await bench.sandbox.idle();
		expect(bench.sandbox.ledger.find({ kind: 'refund', sessionId })).toHaveLength(3);
	});

	test('of several alike each keeps its own when n8n tries again', async () => {
		const { sessionId } = await paidPayment('100');
		bench.sandbox.set({ refundsShowMetadata: false });
		bench.sandbox.faults.add({
			kind: 'resetBefore',
			match: { path: 'session/refund', reference: 'lost' },
		});
		const run = await runOperation(
			bench,
			'refund',
			'create',
			{
				sessionId,
				reference: '={{ $json.ref }}',
				refundAmount: '20',
				options: { parallelRequests: 1 },
			},
			{
				rows: [{ ref: 'lost' }, { ref: 'made' }],
				node: { ...continueError, retryOnFail: true, maxTries: 2 },
			},
		);
		bench.sandbox.set({ refundsShowMetadata: true });
		expect(jsonOf(run)).toMatchObject([{ refundReference: 'made' }]);
		expect(jsonOf(run, 1)).toMatchObject([{ error: { outcome: 'unknown' } }]);
		expect(refundsOf(sessionId)).toBe(2);
		await bench.sandbox.idle();
		expect(bench.sandbox.ledger.find({ kind: 'refund', sessionId })).toHaveLength(1);
	});

	test('refunds without ids, in sessions of their own, are not taken for each other', async () => {
		const bodies = await Promise.all(['100', '100'].map(async (sum) => await paidPayment(sum)));
		for (const { sessionId } of bodies) {
			const refund = { status: 'in_progress', amount_details: { amount: 2000, currency: 'rub' } };
			const payment = { id: 'pm_1', status: 'succeeded', refunds: [refund] };
			const session = { id: sessionId, status: 'accepted', payment_list: [payment] };
			const body = JSON.stringify({ status: 'ok', session });
			const match = { path: 'session/refund', sessionId };
			bench.sandbox.faults.add({ kind: 'errorBefore', status: 200, body, match });
		}
		const run = await runOperation(
			bench,
			'refund',
			'create',
			{
				sessionId: '={{ $json.sessionId }}',
				reference: '={{ $json.sessionId }}',
				refundAmount: '20',
			},
			{ rows: bodies, node: continueError },
		);
		expect(jsonOf(run).map(({ outcome }) => outcome)).toEqual(['processing', 'processing']);
	});

	test('of the one payment that succeeded, when another in its session failed', async () => {
		const { sessionId } = await paidPayment('100');
		addPayment(sessionId, 'failed');
		const { item } = await ask('refund.create', { sessionId, reference: newReference() });
		expect(item).toMatchObject({ refund: { amount: '100.00' } });
	});

	test('is not made when a session holds several paid payments: it can only name the session', async () => {
		const { sessionId } = await paidPayment('100');
		addPayment(sessionId, 'succeeded');
		const { error } = await ask('refund.create', {
			sessionId,
			reference: newReference(),
			refundAmount: '30',
		});
		expect(error).toMatchObject({ outcome: 'rejected', sessionId });
		expect(error.message).toMatch(/holds 2 paid payments/);
		expect(refundsOf(sessionId)).toBe(0);
	});

	test('a payout cannot be refunded', async () => {
		const { item } = await ask('payout.send', { ...sendToAccount, reference: newReference() });
		const { error } = await ask('refund.create', {
			sessionId: item.sessionId,
			reference: newReference(),
		});
		expect(error).toMatchObject({ message: 'There is no payment in this session.' });
	});
});

const sendToAccount = {
	amount: '100',
	payoutMethod: 'bankAccount',
	account: '40817810400003869535',
	bik: '044525974',
	recipientName: 'Иванов Иван',
	purpose: 'Payment under agreement 131',
};

describe('Payout from other accounts', () => {
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
	const own = { sourceAccount: '40702810300200000013' };

	describe.each(['v1', 'v2'])('API %s', (apiVersion) => {
		test.each<[string, string, INodeParameters]>([
			['settlement', 'an account', { ...sendToAccount, payFrom: 'settlement', ...own }],
			['settlement', 'a card', { ...toCard, payFrom: 'settlement' }],
			['settlement', 'a phone', { ...toPhone, payFrom: 'settlement', ...own }],
			['escrow', 'an account', { ...sendToAccount, ...fromEscrow }],
			['escrow', 'a card', { ...toCard, ...fromEscrow }],
			['escrow', 'a phone', { ...toPhone, ...fromEscrow, ...own }],
		])('from %s to %s: what is to be confirmed is sent back', async (from, _to, parameters) => {
			const reference = newReference();
			const { item } = await ask(
				'payout.send',
				{ ...parameters, reference },
				{ credential: { apiVersion } },
			);
			expect(item).toMatchObject({ outcome: 'succeeded', amount: '100.00', reference });
			expect(paidFor(bench.sandbox, reference)).toMatchObject([{ amount: 10_000, account: from }]);
			const confirmed = requestsTo(bench.sandbox, 'session/confirm').at(-1)!;
			expect((confirmed.body as Loose).confirm_information.transfer_details).toBeDefined();
		});
	});

	test('in one request, and in a session that was opened before', async () => {
		bench.sandbox.set({ autoConfirm: true });
		const one = await ask('payout.initiate', { ...sendToAccount, reference: newReference() });
		expect(one.item).toMatchObject({ outcome: 'succeeded' });
		const { sessionId } = (await ask('session.create')).item;
		const more = { ...sendToAccount, sessionId };
		const two = await ask('payout.start', { ...more, reference: newReference() });
		expect(two.item).toMatchObject({ outcome: 'succeeded', sessionId });
		const three = await ask('payout.start', { ...more, reference: newReference() });
		expect(three.error).toMatchObject({ outcome: 'rejected', sessionId });
	});

	test('the information of a manual confirmation comes from the session', async () => {
		const { item } = await ask('payout.send', {
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
		const { error } = await ask('session.confirm', { sessionId }, { options });
		expect(error).toMatchObject({ errorCode: 'invalid_request' });
		expect((await ask('session.confirm', { sessionId })).item.outcome).toBe('processing');
	});

	test('escrow without a beneficiary is refused before anything is sent', async () => {
		const before = bench.sandbox.requests.length;
		const { error } = await ask('payout.send', {
			...sendToAccount,
			payFrom: 'escrow',
			reference: newReference(),
		});
		expect(error.problems).toMatchObject([{ field: 'Beneficiary INN' }]);
		expect(bench.sandbox.requests).toHaveLength(before);
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
	])('to %s', async (_name, parameters) => {
		const { item } = await ask('payout.send', {
			...parameters,
			amount: '100',
			reference: newReference(),
		});
		expect(item).toMatchObject({ outcome: 'succeeded' });
	});

	test('payments and payouts in one session', async () => {
		const payments = [
			{
				payment_details: { type: 'faster_payment_system', faster_payment_system: {} },
				amount_details: { amount: 10_000, currency: 'rub' },
				customer: { reference: 'user-42' },
			},
		];
		const payouts = [
			{
				payout_details: { type: 'wallet', wallet: { type: 'steam', steam: { account: 'gamer' } } },
				amount_details: { amount: 9900, currency: 'rub' },
				participant_details: { recipient: { full_name: 'Full Name' } },
				metadata: { order: 7 },
			},
		];
		const reference = newReference();
		const { item } = await ask('session.initMultiple', {
			reference,
			paymentList: JSON.stringify(payments),
			payoutList: payouts,
		} as INodeParameters);
		expect(item).toMatchObject({ outcome: 'processing', reference });
		expect(item.operations.map(({ kind }: Loose) => kind)).toEqual(['payout', 'payment']);
		// Your metadata is kept beside the reference, by which webhooks are found.
		const sent = requestsTo(bench.sandbox, 'session/multi/init').at(-1)?.body as Loose;
		expect(sent.payout_list[0].metadata).toEqual({ order: 7, reference });
		expect(sent.payment_list[0].metadata).toEqual({ reference });
		const { item: second } = await ask('session.initMultiple', {
			reference,
			paymentList: payments,
			payoutList: payouts,
		} as unknown as INodeParameters);
		expect(second).toMatchObject({ outcome: 'duplicate' });
		// Its payout is a payout: it is not made again by itself.
		const { item: alone } = await ask('payout.send', { ...sendToAccount, reference });
		expect(alone).toMatchObject({ outcome: 'duplicate' });
		const { error } = await ask('session.initMultiple', {
			reference: newReference(),
			paymentList: '[]',
			payoutList: '{',
		});
		expect(error.problems.map(({ field }: Loose) => field)).toEqual([
			'Payments (JSON)',
			'Payouts (JSON)',
		]);
	});

	test('several at once: a reference of yours in metadata that is JSON text does not make the answer look lost', async () => {
		const reference = newReference();
		const { item } = await ask('session.initMultiple', {
			reference,
			paymentList: [
				{
					payment_details: { type: 'faster_payment_system', faster_payment_system: {} },
					amount_details: { amount: 10_000, currency: 'rub' },
					customer: { reference: 'user-42' },
				},
			],
			payoutList: [
				{
					payout_details: {
						type: 'wallet',
						wallet: { type: 'steam', steam: { account: 'gamer' } },
					},
					amount_details: { amount: 9900, currency: 'rub' },
					participant_details: { recipient: { full_name: 'Full Name' } },
					metadata: '{"reference":"sub-1","order":7}',
				},
			],
		} as unknown as INodeParameters);
		expect(item).toMatchObject({ outcome: 'processing', reference });
		const sent = requestsTo(bench.sandbox, 'session/multi/init').at(-1)?.body as Loose;
		expect(sent.payout_list[0].metadata).toEqual({ order: 7, reference });
	});

	test('a session with two payouts is not confirmed for the amount of one of them', async () => {
		const payout = (amount: number) => ({
			payout_details: { type: 'wallet', wallet: { type: 'steam', steam: { account: 'gamer' } } },
			amount_details: { amount, currency: 'rub' },
			participant_details: { recipient: { full_name: 'Full Name' } },
		});
		const { item } = await ask('session.initMultiple', {
			reference: newReference(),
			paymentList: [
				{
					payment_details: { type: 'faster_payment_system', faster_payment_system: {} },
					amount_details: { amount: 20_000, currency: 'rub' },
					customer: { reference: 'user-42' },
				},
			],
			payoutList: [payout(9900), payout(1_000_000)],
		} as unknown as INodeParameters);
		for (const expectedAmount of ['99', '10000']) {
			const { error } = await ask('session.confirm', { sessionId: item.sessionId, expectedAmount });
			expect(error.message).toContain('the session holds 2 payouts');
		}
	});
});

describe('Token', () => {
	test.each<[string, INodeParameters]>([
		['card or account entry', {}],
		['self-employed linking', { widget: 'selfEmployed', widgetInn: '123456789012' }],
		['payment form', { widget: 'paymentForm', formSessionId: 'opened' }],
	])('for %s; it is active', async (_name, parameters) => {
		if (parameters.formSessionId) {
			parameters = { ...parameters, formSessionId: (await ask('session.create')).item.sessionId };
		}
		const { item } = await ask('token.createWidgetToken', parameters);
		const info = { tokenKind: 'publicToken', tokenValue: item.publicToken as string };
		expect((await ask('token.getInfo', info)).item).toMatchObject({ isActive: true });
	});

	test('for the form of a session that does not exist', async () => {
		const parameters = { widget: 'paymentForm', formSessionId: 'ps_nowhere' };
		const { error } = await ask('token.createWidgetToken', parameters);
		expect(error.errorCode).toEqual(expect.any(String));
		const { error: empty } = await ask('token.createWidgetToken', { widget: 'selfEmployed' });
		expect(empty.problems).toMatchObject([{ field: 'Self-Employed INN' }]);
	});

	test('in place of an account, and paid to', async () => {
		const { item } = await ask('token.tokenizeAccount', {
			bik: '044525974',
			account: '40817810400003869535',
		});
		expect(item).toMatchObject({ maskedAccount: '40817***9535' });
		const { item: paid } = await ask('payout.send', {
			...sendToAccount,
			payoutMethod: 'bankAccountToken',
			savedAccount: item.token as string,
			reference: newReference(),
		});
		expect(paid).toMatchObject({ outcome: 'succeeded', recipient: 'account token' });
		const { error } = await ask('token.tokenizeAccount', { bik: '1', account: '2' });
		expect(error.problems.map(({ field }: Loose) => field)).toEqual(['BIK', 'Account Number']);
	});

	test('in place of a card, and what is behind it', async () => {
		const { item } = await ask('token.tokenizeCard', { cardNumber: '4242 4242 4242 4242' });
		expect(item).toMatchObject({ maskedCard: '424242******4242', network: 'visa' });
		const info = { tokenKind: 'cardToken', tokenValue: item.token as string };
		expect((await ask('token.getInfo', info)).item).toMatchObject({ brand: 'visa', last4: '4242' });
		const hash = {
			tokenKind: 'cardHash',
			tokenValue: bench.sandbox.tokens.storeCard('2200240000004940'),
		};
		expect((await ask('token.getInfo', hash)).item).toMatchObject({ last4: '4940' });
		const { error } = await ask('token.tokenizeCard', { cardNumber: '4242' });
		expect(JSON.stringify(error)).not.toContain('"4242"');
	});

	test('an unknown kind is not taken for another', async () => {
		const { error } = await ask('token.getInfo', { tokenKind: '={{ "card" }}', tokenValue: 'x' });
		expect(error.problems).toMatchObject([{ field: 'Kind of Token' }]);
	});
});

describe('FPS', () => {
	const person = {
		fpsBankId: { __rl: true, mode: 'id', value: '100000000069' },
		firstName: 'Иван',
		lastName: 'Иванов',
		middleName: 'Иванович',
	};

	test('lists its banks, one item each', async () => {
		const { items } = await ask('fps.getBanks');
		expect(items.map(({ bankId }) => bankId)).toEqual(
			expect.arrayContaining(['100000000069', '100000000197']),
		);
		bench.sandbox.faults.add({ kind: 'errorBefore', match: { path: 'fps/banks' }, times: 9 });
		const { error } = await ask('fps.getBanks');
		expect(error.description).toBe('Nothing was changed at the bank. Try again later.');
	});

	test('the list of the drop-down is searched in Russian, in English and by ID', async () => {
		const loader = await loadPackage();
		const search = async (filter?: string) => {
			const context = makeExecuteContext({
				loader,
				nodeName: 'bank131',
				credentials: credentialFor(bench.sandbox),
			});
			const { methods } = loader.getNode('bank131').type as INodeType;
			return await methods!.listSearch!.searchFpsBanks.call(
				context as unknown as ILoadOptionsFunctions,
				filter,
			);
		};
		expect((await search()).results.length).toBeGreaterThanOrEqual(2);
		for (const filter of ['сова', 'SOVA', '0000069', ' Сов']) {
			expect((await search(filter)).results).toEqual([
				{ name: 'Песочный банк «Сова» (Sandbox Sova)', value: '100000000069' },
			]);
		}
		expect((await search('no such bank')).results).toEqual([]);
	});

	test.each([
		['found', '+7 968 000-00-00', { found: true, pending: false }],
		['not found', '79681310001', { found: false, pending: false, errorCode: 'account_not_found' }],
	])('a recipient is %s', async (_name, phone, expected) => {
		expect((await ask('fps.verifyRecipient', { ...person, phone })).item).toMatchObject(expected);
	});

	test('an answer that takes longer than one waits is pending', async () => {
		bench.sandbox.set({ processingMs: 3000 });
		const { item } = await ask(
			'fps.verifyRecipient',
			{ ...person, phone: '79680000000' },
			{ options: { timeLimit: 0.2 } },
		);
		bench.sandbox.set({ processingMs: 2 });
		expect(item).toMatchObject({ pending: true, phone: '7968***0000' });
		expect(item).not.toHaveProperty('found');
	});

	test.each(['resetAfter', 'garbage'] as const)(
		'a lost answer (%s) is asked for again',
		async (kind) => {
			bench.sandbox.faults.add({ kind, match: { path: 'customer_verification' } });
			const { item } = await ask('fps.verifyRecipient', { ...person, phone: '79680000000' });
			expect(item).toMatchObject({ found: true });
		},
	);

	test('what is missing is named', async () => {
		const { error } = await ask('fps.verifyRecipient', { phone: '79680000000' });
		expect(error.problems.map(({ field }: Loose) => field)).toEqual([
			'Recipient Bank',
			'First Name',
			'Last Name',
		]);
	});
});

describe('Account and balance', () => {
	test('what is on them', async () => {
		const { items } = await ask('balance.get');
		expect(items).toMatchObject([{ walletId: '131', currency: 'RUB' }]);
		const accountNumber = '40702810400000000333';
		const { item } = await ask('account.getBalance', { accountNumber });
		expect(item).toMatchObject({ accountNumber, currency: 'RUB' });
		expect(item.balance).toBe((item.balanceMinorUnits / 100).toFixed(2));
		const { error } = await ask('account.getBalance', { accountNumber: '40702810400000000334' });
		expect(error).toMatchObject({ errorCode: 'account_not_found' });
		const { error: short } = await ask('account.getBalance', { accountNumber: '407' });
		expect(short.problems).toMatchObject([{ field: 'Your Account Number' }]);
	});

	test('a statement over today shows what was paid', async () => {
		const reference = newReference();
		const { item: paid } = await ask('payout.send', {
			...sendToAccount,
			payFrom: 'settlement',
			reference,
		});
		// The sandbox books by UTC days, so a wide period holds today in every zone.
		const { items } = await ask('account.getStatement', {
			accountNumber: '40702810300200000013',
			dateFrom: '={{ $now.minus({ days: 2 }) }}',
			dateTo: '={{ new Date(Date.now() + 86400000) }}',
		});
		expect(items.find(({ sessionId }) => sessionId === paid.sessionId)).toMatchObject({
			direction: 'debit',
			amount: 10_000,
			currency: 'RUB',
		});
	});

	test.each([
		['the wrong way round', '2026-06-02', '2026-06-01', ['From']],
		['no dates', 'yesterday', 'today', ['From', 'To']],
		['months', '2026-10', '2026-10', ['From', 'To']],
		['one bare number', '2026-10-10', '20', ['To']],
		['longer than a year', '2024-01-01', '2026-01-01', ['To']],
	])('a period that is %s is refused before anything is sent', async (_name, from, to, fields) => {
		const before = bench.sandbox.requests.length;
		const { error } = await ask('account.getStatement', {
			accountNumber: '40702810300200000013',
			dateFrom: from,
			dateTo: to,
		});
		expect(error.problems.map(({ field }: Loose) => field)).toEqual(fields);
		expect(bench.sandbox.requests).toHaveLength(before);
	});

	test('a year of an account that the bank does not know is not asked for after the first refusal', async () => {
		const before = bench.sandbox.requests.length;
		const { error } = await ask(
			'account.getStatement',
			{
				accountNumber: '40702810300200000014',
				dateFrom: '2026-01-01',
				dateTo: '31.12.2026',
			},
			{ options: { parallelRequests: 2 } },
		);
		expect(error).toMatchObject({ errorCode: 'account_not_found' });
		expect(bench.sandbox.requests.length - before).toBeLessThanOrEqual(2);
	});
});

describe('Self-employed', () => {
	const taxReference = '123456789012';

	test('name and phone at the tax service', async () => {
		const person = { firstName: 'Иван', lastName: 'Иванов', phone: '79680000000' };
		const { item } = await ask('selfEmployed.checkPersonalInfo', { taxReference, ...person });
		expect(item).toMatchObject({ inn: taxReference, matches: true, mismatches: [] });
		const { item: other } = await ask('selfEmployed.checkPersonalInfo', {
			taxReference: '131000000773',
			...person,
		});
		expect(other).toMatchObject({ matches: false, mismatches: ['last_name', 'phone'] });
		const { error } = await ask('selfEmployed.checkPersonalInfo', {
			taxReference: '131000000389',
			...person,
		});
		expect(error).toMatchObject({ errorCode: 'npd_service_internal_error' });
	});

	test('notices of the tax service: counted, read, delivered, acknowledged', async () => {
		const countOf = async () =>
			(await ask('selfEmployed.countNotifications', { taxReference })).item.count as number;
		expect(await countOf()).toBe(1);
		const { items } = await ask('selfEmployed.getNotifications', { taxReference });
		expect(items).toMatchObject([{ inn: taxReference, status: 'NEW', title: 'Tax notice' }]);
		const named = { taxReference, notificationIds: items[0].notificationId as string };
		const { item: delivered } = await ask('selfEmployed.markDelivered', named);
		expect(delivered).toMatchObject({ delivered: true });
		const { item } = await ask('selfEmployed.updateNotificationStatus', named);
		expect(item).toMatchObject({ status: 'ACKNOWLEDGED' });
		expect(await countOf()).toBe(0);
		expect((await ask('selfEmployed.getNotifications', { taxReference })).items).toEqual([]);
	});

	test.each([
		'selfEmployed.countNotifications',
		'selfEmployed.getNotifications',
		'selfEmployed.markDelivered',
		'selfEmployed.updateNotificationStatus',
	])('%s wants an INN', async (operation) => {
		const { error } = await ask(operation, { taxReference: '123', notificationIds: '1' });
		expect(error.problems).toMatchObject([{ field: 'INN' }]);
	});

	test('checked, and asked for again later', async () => {
		const { item } = await ask('selfEmployed.check', { taxReference });
		expect(item).toMatchObject({ status: 'answered', canGetReceipt: true });
		const { item: again } = await ask('selfEmployed.getResult', { requestId: item.requestId });
		expect(again).toMatchObject({ isLinked: true });
		const { error } = await ask('selfEmployed.getResult', { requestId: 'nobody' });
		expect(error).toMatchObject({ errorCode: 'invalid_request' });
	});

	describe('a receipt without a payout', () => {
		const receipt = {
			amount: '150',
			selfEmployedInn: taxReference,
			payerType: 'individual',
			receiptServices: { service: [{ serviceName: 'Delivery', price: '75', quantity: 2 }] },
		};

		test('is made once, and its link comes out', async () => {
			const reference = newReference();
			const { item, run } = await ask('receipt.create', { ...receipt, reference });
			expect(item).toMatchObject({
				outcome: 'succeeded',
				reference,
				amount: '150.00',
				receiptLink: expect.stringMatching(/^http/),
			});
			expect(hintsOf(run)[0].message).toBe('1 row: 1 succeeded. Money moved: none.');
			expect(paidFor(bench.sandbox, reference)).toEqual([]);
			const { item: second } = await ask('receipt.create', { ...receipt, reference });
			expect(second).toMatchObject({ outcome: 'duplicate' });
		});

		test('may have the Reference of a payout, and that of a payment: each is done', async () => {
			const { sessionId, reference } = await paidPayment('150', { reference: 'order-1' });
			expect(reference).toBe('order-1');
			const same = { reference: 'order-1', amount: '150' };
			const { item: payout } = await ask('payout.send', { ...sendToAccount, ...same });
			expect(payout).toMatchObject({ outcome: 'succeeded' });
			const { item: made } = await ask('receipt.create', { ...receipt, ...same });
			expect(made).toMatchObject({ outcome: 'succeeded' });
			expect((await ask('refund.create', { ...same, sessionId })).item.refund.amount).toBe(
				'150.00',
			);

			const prefixed = { ...same, reference: 'payment:order-1' };
			expect((await ask('payout.send', { ...sendToAccount, ...prefixed })).item).toMatchObject({
				outcome: 'succeeded',
			});

			const { item: again } = await ask('receipt.create', { ...receipt, ...same });
			expect(again.advice).toMatch(/^A receipt with this Reference was started before/);
			const { item: paid } = await ask('payment.initiateAndWait', {
				...payer(),
				...card,
				...same,
			});
			expect(paid.advice).toMatch(/^A payment with this Reference was started before/);
		});

		test('must add up', async () => {
			const { error } = await ask('receipt.create', {
				...receipt,
				amount: '151',
				reference: newReference(),
			});
			expect(error.problems).toMatchObject([{ field: 'Services' }]);
		});
	});
});

test('every operation has been run', async () => {
	const { readFileSync } = await import('node:fs');
	const { registeredOperations, nameOf } = await import('../support/recorder.mts');
	const text = readFileSync(`${projectDir}/test/engine/whole-bank.test.mts`, 'utf8');
	const asking = registeredOperations().filter(({ run }) => run !== undefined);
	expect(asking.map(nameOf).filter((name) => !text.includes(`'${name}'`))).toEqual([]);
});
