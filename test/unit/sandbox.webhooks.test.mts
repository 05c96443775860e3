import { createVerify } from 'node:crypto';
import forge from 'node-forge';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import {
	createPartnerClient,
	payoutBody,
	startWebhookReceiver,
	waitUntil,
	type PartnerClient,
} from '../support/partnerClient.mts';

let sandbox: Sandbox;
let callApi: PartnerClient;
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
let statusOfDelivery: (n: number) => number;

beforeAll(async () => {
	receiver = await startWebhookReceiver((n) => statusOfDelivery(n));
	sandbox = await startSandbox({
		processingMs: 2,
		webhookUrl: receiver.url,
		webhookRetryMs: 10,
		webhookAttempts: 4,
	});
	callApi = createPartnerClient(sandbox);
});
afterAll(async () => {
	await sandbox.stop();
	await receiver.close();
});
beforeEach(() => {
	statusOfDelivery = () => 200;
	receiver.received.length = 0;
	sandbox.reset();
});

const createWaitingPayout = async (version = 'v2') => {
	const { payout_details, ...rest } = payoutBody();
	const name = version === 'v1' ? 'payment_method' : 'payout_details';
	const body = { ...rest, [name]: payout_details };
	const { id } = (await callApi(`${version}/session/init/payout`, body)).json.session;
	await sandbox.idle();
	return id as string;
};

it('webhook: signature over the exact bytes is valid for node:crypto and node-forge', async () => {
	await createWaitingPayout();
	const [{ body, signature }] = receiver.received;
	const verify = createVerify('RSA-SHA256').update(body, 'utf8');
	expect(verify.verify(sandbox.bankPublicKey, signature, 'base64')).toBe(true);
	const digest = forge.md.sha256.create().update(body, 'utf8');
	const key = forge.pki.publicKeyFromPem(sandbox.bankPublicKey);
	expect(key.verify(digest.digest().getBytes(), forge.util.decode64(signature))).toBe(true);
});

it('webhook: session at the time of the event, field names of its version or of webhookVersion', async () => {
	const id = await createWaitingPayout();
	await callApi('v2/session/confirm', { session_id: id });
	await sandbox.idle();
	await createWaitingPayout('v1');
	const [ready, finished, old] = receiver.received.map(({ json }) => json);
	expect(ready).toMatchObject({
		type: 'ready_to_confirm',
		session: { id, next_action: 'confirm', payout_list: [{ status: 'pending' }] },
	});
	expect(finished).toMatchObject({
		type: 'payment_finished',
		session: { id, status: 'accepted', payout_list: [{ status: 'succeeded' }] },
	});
	expect(old.session.payments[0].payment_method.card.last4).toBe('4242');
	sandbox.set({ webhookVersion: 1 });
	await createWaitingPayout('v2');
	sandbox.set({ webhookVersion: 'session' });
	expect(receiver.received[3].json.session.payments).toHaveLength(1);
});

it('responses 500, 500, 200: three attempts with the same body, then delivered', async () => {
	statusOfDelivery = (n) => (n < 3 ? 500 : 200);
	await createWaitingPayout();
	const [{ attempts, state }] = sandbox.webhooks;
	expect(attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
	expect(state).toBe('delivered');
	expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
});

it('every response 401: failed after 4 attempts', async () => {
	statusOfDelivery = () => 401;
	await createWaitingPayout();
	expect(sandbox.webhooks[0]).toMatchObject({ state: 'failed' });
	expect(sandbox.webhooks[0].attempts).toHaveLength(4);
});

it('next key, resend, build and send: body and signature as requested', async () => {
	sandbox.set({ webhookKey: 'next' });
	const id = await createWaitingPayout();
	sandbox.set({ webhookKey: 'current' });
	const isSignedWith = (key: string, n: number) => {
		const { body, signature } = receiver.received[n];
		return createVerify('RSA-SHA256').update(body).verify(key, signature, 'base64');
	};
	expect([
		isSignedWith(sandbox.bankPublicKey, 0),
		isSignedWith(sandbox.bankPublicKeyNext, 0),
	]).toEqual([false, true]);
	sandbox.resendWebhook(sandbox.webhooks[0].id);
	await waitUntil(() => receiver.received.length === 2);
	expect(receiver.received[1].body).toBe(receiver.received[0].body);
	expect(isSignedWith(sandbox.bankPublicKey, 1)).toBe(true);

	const built = sandbox.buildWebhook('payment_finished', id, 1);
	expect(JSON.parse(built)).toMatchObject({
		type: 'payment_finished',
		session: { id, payments: [{ status: 'pending' }] },
	});
	const signature = sandbox.signWebhook(built, 'next');
	const verify = createVerify('RSA-SHA256').update(built);
	expect(verify.verify(sandbox.bankPublicKeyNext, signature, 'base64')).toBe(true);
	sandbox.sendWebhook('nominal_topup', id, '{"type":"nominal_topup"}');
	await waitUntil(() => receiver.received.length === 3);
	expect(receiver.received[2].json).toEqual({ type: 'nominal_topup' });
});

it('returned payout: payment_refunded with the refund, payout stays succeeded', async () => {
	const payout_details = {
		type: 'bank_account',
		bank_account: {
			system_type: 'ru',
			ru: {
				bik: '044525971',
				account: '40817810100000270411',
				full_name: 'Иванов Иван',
				description: 'Без НДС',
			},
		},
	};
	const body = { ...payoutBody(), payout_details };
	const { id } = (await callApi('v2/session/init/payout', body)).json.session;
	await sandbox.idle();
	await callApi('v2/session/confirm', { session_id: id });
	await sandbox.idle();
	sandbox.runAction(id, 'return');
	await sandbox.idle();
	expect(receiver.received[2].json).toMatchObject({
		type: 'payment_refunded',
		session: {
			status: 'accepted',
			payout_list: [{ status: 'succeeded', refunds: [{ status: 'accepted' }] }],
		},
	});
	expect(sandbox.moneyMoved()).toBe(0);
});
