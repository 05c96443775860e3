/**
 * Requests whose form is an assumption (docs/assumptions.md), at a bank that takes another form: it refuses them, and
 * no money moves.
 */
import type { INodeParameters } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import { paidFor, requestsTo } from '../support/ledger.mts';
import { operationsOf } from '../support/operations.mts';
import { methods } from '../support/payoutMethodCases.mts';
import { sendToAccount } from '../support/payouts.mts';
import { continueError } from '../support/runOperation.mts';

const fixture = useFixture();
const { execute, newReference, newPayer, createPaidPayment } = operationsOf(fixture);

const INVALID = JSON.stringify({
	status: 'error',
	error: { code: 'invalid_request', description: 'not in this form' },
});
/** The bank refuses the next request to this path, or those under this key. */
const refuse = (match: { path?: string; idempotencyKey?: string }, times = 1) =>
	fixture.sandbox.faults.add({ kind: 'errorBefore', status: 400, body: INVALID, match, times });

const bodiesSentTo = (method: string): Loose[] =>
	requestsTo(fixture.sandbox, method).map(({ body }) => body);

const toPhone: INodeParameters = {
	payoutMethod: 'fps',
	phone: '+7 968 000-00-00',
	fpsBankId: { __rl: true, mode: 'list', value: '100000000069' },
	purpose: 'Payment under agreement 131',
	amount: '100',
};
const fromEscrow: INodeParameters = {
	payFrom: 'escrow',
	sourceAccount: '40702810300200000013',
	beneficiaryInn: '7727406020',
};
const fromSettlement: INodeParameters = {
	payFrom: 'settlement',
	sourceAccount: '40702810300200000013',
};
const NOMINAL = 'session/start/payout/nominal';
const PLAIN = 'session/start/payout';

describe('Payout: Send in a form that the bank refuses', () => {
	test.each<[string, string, INodeParameters]>([
		['FPS from escrow by the methods for escrow', NOMINAL, { ...toPhone, ...fromEscrow }],
		[
			'FPS from a settlement account by the plain methods',
			PLAIN,
			{ ...toPhone, ...fromSettlement },
		],
		['an account with an IBAN by the plain methods', PLAIN, methods.IBAN.parameters],
		['taxes with the full set', PLAIN, methods['tax with full details'].parameters],
		[
			'140 Cyrillic letters as the purpose, which are 280 bytes',
			PLAIN,
			{ ...toPhone, ...fromSettlement, purpose: 'я'.repeat(140) },
		],
	])('%s: rejected, one start, no money moves', async (_name, path, parameters) => {
		refuse({ path });
		const reference = newReference();
		const { error } = await execute('payout.send', { amount: '100', ...parameters, reference });
		expect(error).toMatchObject({
			outcome: 'rejected',
			reference,
			errorCode: 'invalid_request',
			errorDescription: 'not in this form',
		});
		expect(requestsTo(fixture.sandbox, path)).toHaveLength(1);
		expect(fixture.sandbox.ledger.entries).toEqual([]);
	});

	test.each<[string, INodeParameters, 'sender' | 'recipient', INodeParameters]>([
		['Sender Details, FPS', toPhone, 'sender', { senderDetails: { beneficiary_id: '7727406020' } }],
		[
			'Recipient Details, an account',
			sendToAccount,
			'recipient',
			{ recipientDetails: { beneficiary_id: '7727406020' } },
		],
	])(
		'the beneficiary is wanted in the other place, %s: added there under the same Reference, paid once',
		async (_name, parameters, participant, details) => {
			refuse({ path: NOMINAL });
			const reference = newReference();
			const payout = { ...parameters, ...fromEscrow, reference };
			expect((await execute('payout.send', payout)).error).toMatchObject({ outcome: 'rejected' });
			const { item } = await execute('payout.send', { ...payout, ...details });
			expect(item).toMatchObject({ outcome: 'succeeded', reference });
			const [first, second] = bodiesSentTo(NOMINAL).map(
				({ participant_details }) => participant_details[participant]?.beneficiary_id,
			);
			expect([first, second]).toEqual([undefined, '7727406020']);
			expect(paidFor(fixture.sandbox, reference)).toHaveLength(1);
		},
	);
});

describe('the bank takes no key with a colon', () => {
	test('Refund: rejected, not refunded; a payout under the same Reference is paid', async () => {
		const { sessionId } = await createPaidPayment('100');
		const reference = newReference();
		refuse({ idempotencyKey: `refund:${reference}` }, Infinity);
		const { error } = await execute('refund.create', { sessionId, reference, refundAmount: '30' });
		expect(error).toMatchObject({ outcome: 'rejected', refundReference: reference });
		expect(fixture.sandbox.ledger.find({ kind: 'refund' })).toEqual([]);
		const { item } = await execute('payout.send', { ...sendToAccount, reference });
		expect(item).toMatchObject({ outcome: 'succeeded', reference });
		expect(paidFor(fixture.sandbox, reference)).toMatchObject([{ idempotencyKey: reference }]);
	});

	test('Payment and receipt, Retry On Fail: rejected, nothing is started', async () => {
		const settings = { node: { ...continueError, retryOnFail: true, maxTries: 2 } };
		const payer = newPayer();
		refuse({ idempotencyKey: `payment:${payer.reference}` }, Infinity);
		const payment = { ...payer, paymentMethod: 'fpsQr', amount: '100' };
		const paid = await execute('payment.initiateAndWait', payment, settings);
		expect(paid.error).toMatchObject({ outcome: 'rejected', errorCode: 'invalid_request' });
		const reference = newReference();
		refuse({ idempotencyKey: `receipt:${reference}` }, Infinity);
		const receipt = {
			reference,
			amount: '100',
			selfEmployedInn: '123456789012',
			payerType: 'individual',
			receiptServices: { service: [{ serviceName: 'Delivery', price: '100', quantity: 1 }] },
		};
		const issued = await execute('receipt.create', receipt, settings);
		expect(issued.error).toMatchObject({ outcome: 'rejected', errorCode: 'invalid_request' });
		const { sessions } = fixture.sandbox;
		expect(
			sessions.all().filter(({ payments, payouts }) => payments.length + payouts.length),
		).toEqual([]);
	});

	test('a code of no list instead: a payout is rejected with the advice about the key, a refund is unknown', async () => {
		const { sessionId } = await createPaidPayment('100');
		const body = '{"status":"error","error":{"code":"idempotency_key_invalid"}}';
		const reference = newReference();
		const refusal = { kind: 'errorBefore', status: 400, body, times: Infinity } as const;
		fixture.sandbox.faults.add({ ...refusal, match: { idempotencyKey: `refund:${reference}` } });
		const refund = await execute('refund.create', { sessionId, reference });
		expect(refund.error).toMatchObject({ outcome: 'unknown', refundReference: reference });
		expect(fixture.sandbox.ledger.find({ kind: 'refund' })).toEqual([]);
		fixture.sandbox.faults.add({ ...refusal, match: { idempotencyKey: reference } });
		const payout = await execute('payout.send', { ...sendToAccount, reference });
		expect(payout.error).toMatchObject({ outcome: 'rejected', adviceCode: 'keyMayBeUsedUp' });
		expect(paidFor(fixture.sandbox, reference)).toEqual([]);
	});
});

describe('an operation that moves no money, in a form that the bank refuses', () => {
	const account = { tokenKind: 'account', tokenValue: 'tok_1' };
	const person = {
		taxReference: '123456789012',
		firstName: 'Иван',
		lastName: 'Иванов',
		phone: '79680000000',
	};

	test.each<[string, string, string, INodeParameters, object]>([
		[
			'Token: Get Info of an account',
			'token.getInfo',
			'token/info',
			account,
			{ type: 'bank_account_ru', bank_account_ru: expect.anything() },
		],
		[
			'Token: Tokenize Card',
			'token.tokenizeCard',
			'tokenize/elements',
			{ cardNumber: '4242424242424242' },
			{ elements: [expect.objectContaining({ type: 'card', ref: 'card' })] },
		],
		[
			'Self-Employed: Check',
			'selfEmployed.check',
			'npd/check',
			{ taxReference: '123456789012' },
			{ tax_reference: '123456789012' },
		],
		[
			'Self-Employed: Check Personal Info',
			'selfEmployed.checkPersonalInfo',
			'npd/taxpayer/check_personal_info',
			person,
			{ tax_reference: '123456789012', first_name: 'Иван' },
		],
		[
			'Self-Employed: Mark Notifications as Delivered',
			'selfEmployed.markDelivered',
			'npd/notifications/mark_as_delivered',
			{ taxReference: '123456789012', notificationIds: '1' },
			{},
		],
	])(
		'%s: an error with the code, one request',
		async (_name, operation, path, parameters, sent) => {
			refuse({ path }, 2);
			const { error } = await execute(operation, parameters);
			expect(error).toMatchObject({
				errorCode: 'invalid_request',
				errorDescription: 'not in this form',
			});
			expect(error).not.toHaveProperty('outcome');
			expect(bodiesSentTo(path)).toMatchObject([sent]);
		},
	);

	test('SberPay Push with the phone as 8…: an error, the payment is not touched', async () => {
		const { item } = await execute('payment.initiateAndWait', {
			...newPayer(),
			paymentMethod: 'sberPay',
			sberPayChannel: 'web',
			amount: '131',
			options: { timeLimit: 1 },
		});
		const { sessionId } = item;
		const before = (await execute('session.get', { sessionId })).item;
		refuse({ path: 'sberpay/push' });
		const push = { sessionId, payerPhone: '+7 968 000-00-00' };
		const { error } = await execute('payment.sberPayPush', push);
		expect(error).toMatchObject({ errorCode: 'invalid_request', sessionId });
		expect(bodiesSentTo('sberpay/push')).toEqual([
			{ session_id: sessionId, phone: expect.stringMatching(/^8/) },
		]);
		expect((await execute('session.get', { sessionId })).item).toEqual(before);
	});

	test('GET signed over the empty text: FPS: Get Many Banks is refused, a payout to a bank by its ID is paid', async () => {
		const body = '{"status":"error","error":{"code":"authentication_error"}}';
		const refusal = { kind: 'errorBefore', status: 401, body, times: Infinity } as const;
		fixture.sandbox.faults.add({ ...refusal, match: { path: 'fps/banks' } });
		const { error } = await execute('fps.getBanks');
		expect(error).toMatchObject({ errorCode: 'authentication_error' });
		const reference = newReference();
		const { item } = await execute('payout.send', { ...toPhone, ...fromSettlement, reference });
		expect(item).toMatchObject({ outcome: 'succeeded' });
		expect(paidFor(fixture.sandbox, reference)).toHaveLength(1);
	});
});

test('a payout with a receipt sends the name as a participant: paid once if the bank does not need it', async () => {
	const reference = newReference();
	const { item } = await execute('payout.send', {
		...sendToAccount,
		reference,
		issueReceipt: true,
		selfEmployedInn: '131000000998',
		payerType: 'individual',
		receiptServices: { service: [{ serviceName: 'Delivery', price: '100', quantity: 1 }] },
	});
	expect(item).toMatchObject({ outcome: 'succeeded', reference });
	const [{ participant_details: participants, ...body }] = bodiesSentTo(
		'session/start/payout/fiscalization',
	);
	expect(participants).toEqual({ recipient: { full_name: 'Иванов Иван' } });
	expect(body).toHaveProperty('fiscalization_details');
	expect(paidFor(fixture.sandbox, reference)).toHaveLength(1);
});
