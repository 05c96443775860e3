/**
 * What docs/money-safety.md names as beyond what can be kept ("Limits of the promises"), at banks that answer
 * otherwise: exactly the named harm, and no other.
 */
import type { INodeParameters } from 'n8n-workflow';

import { settingsOfProfile } from '../../sandbox/config/profiles.mts';
import { useFixture, type Loose } from '../support/engineFixture.mts';
import { deliveryTo, startedItem } from '../support/triggerDelivery.mts';
import { operationsOf } from '../support/operations.mts';
import { createPartnerClient, payoutBody } from '../support/partnerClient.mts';
import { sendToAccount, sendToCard } from '../support/payouts.mts';
import { paidFor, requestsTo } from '../support/ledger.mts';

const fixture = useFixture();
const { execute, newReference } = operationsOf(fixture);
const deliver = deliveryTo(fixture);

/** The item with which an event of the session starts the workflow. */
async function deliverEvent(sessionId: string, type = 'payment_finished'): Promise<Loose> {
	const body = fixture.sandbox.buildWebhook(type, sessionId);
	const delivery = await deliver(body, {
		signature: fixture.sandbox.signWebhook(body),
		publicKey: fixture.sandbox.bankPublicKey,
		parameters: { events: [type] },
	});
	return startedItem(delivery);
}

const toCard = { ...sendToCard, cardNumber: '4242424242424242', recipientName: 'Иванов Иван' };
const collateral = { payFrom: 'collateral' };
const settlement = { payFrom: 'settlement', sourceAccount: '40702810300200000013' };
const escrow = { ...settlement, payFrom: 'escrow', beneficiaryInn: '7727406020' };
const receipt: INodeParameters = {
	issueReceipt: true,
	selfEmployedInn: '131000000998',
	payerType: 'individual',
	receiptServices: { service: [{ serviceName: 'Delivery', price: '100', quantity: 1 }] },
};

/** Operation and parameters of one way to the bank. */
type Way = [operation: string, parameters: INodeParameters];

describe('the bank counts keys per method', () => {
	beforeEach(() => {
		fixture.sandbox.setProfile('keysPerMethod');
		fixture.sandbox.set({ autoConfirm: true });
	});

	const pay = async ([operation, parameters]: Way, reference: string): Promise<Loose> => {
		const run = await execute(operation, { ...parameters, reference, amount: '100' });
		await fixture.sandbox.idle();
		return run.item ?? run.error;
	};

	test.each<[string, Way, Way]>([
		[
			'Send and Initiate',
			['payout.send', { ...sendToAccount, ...collateral }],
			['payout.initiate', { ...sendToAccount, ...collateral }],
		],
		[
			'Send from the collateral and from the settlement account',
			['payout.send', { ...sendToAccount, ...collateral }],
			['payout.send', { ...sendToAccount, ...settlement }],
		],
		[
			'Send to an account from the settlement and from the escrow account',
			['payout.send', { ...sendToAccount, ...settlement }],
			['payout.send', { ...sendToAccount, ...escrow }],
		],
		[
			'Send without and with a receipt',
			['payout.send', { ...toCard, ...collateral }],
			['payout.send', { ...toCard, ...collateral, ...receipt }],
		],
	])(
		'%s in two executions: paid once for each way, each reported in its own session, never a third time',
		async (_name, first, second) => {
			const reference = newReference();
			const reports = [await pay(first, reference), await pay(second, reference)];
			for (const report of reports) {
				expect(report.outcome).toMatch(/^(succeeded|processing)$/);
				expect(report).toMatchObject({ reference, amount: '100.00' });
			}
			const sessions = reports.map(({ sessionId }) => sessionId);
			const paid = paidFor(fixture.sandbox, reference);
			expect(paid.map(({ sessionId, amount }) => [sessionId, amount])).toEqual(
				sessions.map((sessionId) => [sessionId, 100_00]),
			);
			for (const way of [first, second]) {
				expect(await pay(way, reference)).toMatchObject({ outcome: 'duplicate', reference });
			}
			expect(paidFor(fixture.sandbox, reference)).toHaveLength(2);
		},
	);

	test('the same way in two executions, in both versions of the API: paid once', async () => {
		const reference = newReference();
		const parameters = { ...sendToAccount, ...collateral, reference, amount: '100' };
		const { item } = await execute('payout.send', parameters);
		expect(item).toMatchObject({ outcome: 'succeeded' });
		const again = { credential: { apiVersion: 'v1' } };
		expect((await execute('payout.send', parameters, again)).item).toMatchObject({
			outcome: 'duplicate',
		});
		expect(paidFor(fixture.sandbox, reference)).toHaveLength(1);
	});
});

/** The bank refuses the start of the first execution as the sandbox's outcome says. */
const scripted = (outcome: string): INodeParameters => ({
	additionalFields: { metadata: JSON.stringify({ sandbox: outcome }) },
});

describe('the bank uses up the key of a start that it refuses', () => {
	test.each(['refused', 'refusedForBalance'])(
		'%s, then sent again by another execution: duplicate although nothing was paid, and nothing is paid',
		async (outcome) => {
			fixture.sandbox.setProfile('refusedStartUsesKey');
			const parameters = { ...sendToAccount, ...collateral, amount: '100' };
			const reference = newReference();
			const first = await execute('payout.send', {
				...parameters,
				reference,
				...scripted(outcome),
			});
			expect(first.error).toMatchObject({ outcome: 'rejected', reference });
			const second = await execute('payout.send', { ...parameters, reference });
			expect(second.item).toMatchObject({ outcome: 'duplicate', reference });
			expect(paidFor(fixture.sandbox, reference)).toEqual([]);
			const anew = await execute('payout.send', { ...parameters, reference: newReference() });
			expect(anew.item).toMatchObject({ outcome: 'succeeded' });
		},
	);
});

describe('the bank books a start long after it refused it with an unknown code', () => {
	test.each([
		['the key is used when it is booked', 'standard'],
		['the key is used when it is refused', 'refusedStartUsesKey'],
	])(
		'%s: rejected with the advice about the key, the next execution does not pay again, the trigger reports it',
		async (_name, profile) => {
			fixture.sandbox.setProfile(profile);
			const reference = newReference();
			const parameters = { ...sendToAccount, ...collateral, amount: '100', reference };
			const { error } = await execute('payout.send', {
				...parameters,
				...scripted('unclear'),
			});
			expect(error).toMatchObject({
				outcome: 'rejected',
				errorCode: 'service_timeout',
				adviceCode: 'keyMayBeUsedUp',
			});
			const callApi = createPartnerClient(fixture.sandbox);
			const body = { session_id: error.sessionId, ...payoutBody(100_00) };
			const key = profile === 'standard' ? reference : undefined;
			expect((await callApi('v2/session/start/payout', body, { key })).status).toBe(200);
			await fixture.sandbox.idle();
			const { item } = await execute('payout.send', parameters);
			expect(item).toMatchObject({ outcome: 'duplicate', reference });
			const waiting = fixture.sandbox.sessions.all().filter(({ payouts }) => payouts.length > 0);
			expect(waiting).toMatchObject([{ id: error.sessionId, nextAction: 'confirm' }]);
			const event = await deliverEvent(error.sessionId, 'ready_to_confirm');
			expect(event).toMatchObject({ outcome: 'awaitingConfirmation', amount: '100.00' });
		},
	);
});

describe('the bank closes the session of a failed payout as accepted, and shows no operation', () => {
	test('Session: Get, Wait and the trigger say succeeded; Send, Confirm and Cancel say unknown; nothing is paid', async () => {
		fixture.sandbox.setProfile('listsHidden');
		const reference = newReference();
		const { error } = await execute('payout.send', {
			...sendToAccount,
			...collateral,
			amount: '100.04',
			reference,
		});
		expect(error).toMatchObject({ outcome: 'unknown', reference });
		const { sessionId } = error;
		for (const operation of ['session.get', 'session.wait']) {
			expect((await execute(operation, { sessionId })).item).toMatchObject({
				outcome: 'succeeded',
			});
		}
		for (const operation of ['session.confirm', 'session.cancel']) {
			expect((await execute(operation, { sessionId })).error).toMatchObject({ outcome: 'unknown' });
		}
		expect(await deliverEvent(sessionId)).toMatchObject({ outcome: 'succeeded', sessionId });
		expect(paidFor(fixture.sandbox, reference)).toEqual([]);
		expect(requestsTo(fixture.sandbox, 'session/start/payout')).toHaveLength(1);
	});
});

describe('the bank shows in its event only that an FPS payout will be of another amount', () => {
	const toPhone: INodeParameters = {
		...settlement,
		payoutMethod: 'fps',
		phone: '+7 968 000-00-00',
		fpsBankId: { __rl: true, mode: 'list', value: '100000000069' },
		purpose: 'Payment under agreement 131',
	};

	beforeEach(() => {
		fixture.sandbox.set(settingsOfProfile('confirmInformationInWebhooks+otherAmountToConfirm'));
	});

	test('Send confirms it, shows the amount of the order, and pays once; Leave for Approval pays nothing', async () => {
		const reference = newReference();
		const parameters = { ...toPhone, amount: '100', reference };
		const { item } = await execute('payout.send', parameters);
		expect(item).toMatchObject({ outcome: 'succeeded', reference, amount: '100.00' });
		expect(paidFor(fixture.sandbox, reference)).toMatchObject([{ amount: 101_00 }]);

		const approved = { ...parameters, reference: newReference(), confirmation: 'manual' };
		const waiting = (await execute('payout.send', approved)).item;
		const event = fixture.sandbox.buildWebhook('ready_to_confirm', waiting.sessionId);
		const confirmInformation = JSON.parse(event).confirm_information;
		const { error } = await execute(
			'session.confirm',
			{ sessionId: waiting.sessionId, expectedAmount: '100' },
			{ options: { confirmInformation } },
		);
		expect(error).toMatchObject({ outcome: 'rejected' });
		expect(paidFor(fixture.sandbox, approved.reference)).toEqual([]);
	});
});

describe('the bank cuts metadata', () => {
	test('events of two References with one beginning look the same; payouts and reports do not', async () => {
		fixture.sandbox.setProfile('metadataCut');
		const references = ['payroll-2026-11-24/000777', 'payroll-2026-11-24/000778'];
		for (const reference of references) {
			const parameters = { ...sendToAccount, ...collateral, amount: '100', reference };
			const { item } = await execute('payout.send', parameters);
			expect(item).toMatchObject({ outcome: 'succeeded', reference });
			const [{ sessionId }] = paidFor(fixture.sandbox, reference);
			expect(item.sessionId).toBe(sessionId);
			const event = await deliverEvent(sessionId);
			expect(event).toMatchObject({
				reference: 'payroll-2026-11-24/0',
				sessionId,
				amount: '100.00',
			});
		}
		expect(fixture.sandbox.ledger.paidTwice()).toEqual([]);
		expect(fixture.sandbox.ledger.entries).toHaveLength(2);
	});
});
