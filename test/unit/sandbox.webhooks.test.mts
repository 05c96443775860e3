import { createVerify } from 'node:crypto';
import forge from 'node-forge';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import {
	partnerOf,
	payoutBody,
	receiver,
	until,
	type Partner,
} from '../support/sandboxPartner.mts';

let sandbox: Sandbox;
let ask: Partner;
let partner: Awaited<ReturnType<typeof receiver>>;
let answer: (n: number) => number;

beforeAll(async () => {
	partner = await receiver((n) => answer(n));
	sandbox = await startSandbox({
		processingMs: 2,
		webhookUrl: partner.url,
		webhookRetryMs: 10,
		webhookAttempts: 4,
	});
	ask = partnerOf(sandbox);
});
afterAll(async () => {
	await sandbox.stop();
	await partner.close();
});
beforeEach(() => {
	answer = () => 200;
	partner.received.length = 0;
	sandbox.reset();
});

const waiting = async (version = 'v2') => {
	const { payout_details, ...rest } = payoutBody();
	const name = version === 'v1' ? 'payment_method' : 'payout_details';
	const body = { ...rest, [name]: payout_details };
	const { id } = (await ask(`${version}/session/init/payout`, body)).json.session;
	await sandbox.idle();
	return id as string;
};

it('are signed over the exact bytes: checked by node:crypto and by node-forge', async () => {
	await waiting();
	const [{ body, signature }] = partner.received;
	const verify = createVerify('RSA-SHA256').update(body, 'utf8');
	expect(verify.verify(sandbox.bankPublicKey, signature, 'base64')).toBe(true);
	const digest = forge.md.sha256.create().update(body, 'utf8');
	const key = forge.pki.publicKeyFromPem(sandbox.bankPublicKey);
	expect(key.verify(digest.digest().getBytes(), forge.util.decode64(signature))).toBe(true);
});

it('tell the session as it was, in the shape of its version', async () => {
	const id = await waiting();
	await ask('v2/session/confirm', { session_id: id });
	await sandbox.idle();
	await waiting('v1');
	const [ready, finished, old] = partner.received.map(({ json }) => json);
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
	await waiting('v2');
	sandbox.set({ webhookVersion: 'session' });
	expect(partner.received[3].json.session.payments).toHaveLength(1);
});

it('are repeated at growing intervals until a 2xx answer', async () => {
	answer = (n) => (n < 3 ? 500 : 200);
	await waiting();
	const [{ attempts, state }] = sandbox.webhooks;
	expect(attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
	expect(state).toBe('delivered');
	expect(new Set(partner.received.map(({ body }) => body)).size).toBe(1);
});

it('are given up in the end', async () => {
	answer = () => 401;
	await waiting();
	expect(sandbox.webhooks[0]).toMatchObject({ state: 'failed' });
	expect(sandbox.webhooks[0].attempts).toHaveLength(4);
});

it('can be signed with the next key, resent, forged and built', async () => {
	sandbox.set({ webhookKey: 'next' });
	const id = await waiting();
	sandbox.set({ webhookKey: 'current' });
	const good = (key: string, n: number) => {
		const { body, signature } = partner.received[n];
		return createVerify('RSA-SHA256').update(body).verify(key, signature, 'base64');
	};
	expect([good(sandbox.bankPublicKey, 0), good(sandbox.bankPublicKeyNext, 0)]).toEqual([
		false,
		true,
	]);
	sandbox.resendWebhook(sandbox.webhooks[0].id);
	await until(() => partner.received.length === 2);
	expect(partner.received[1].body).toBe(partner.received[0].body);
	expect(good(sandbox.bankPublicKey, 1)).toBe(true);

	const built = sandbox.buildWebhook('payment_finished', id, 1);
	expect(JSON.parse(built)).toMatchObject({
		type: 'payment_finished',
		session: { id, payments: [{ status: 'pending' }] },
	});
	const signature = sandbox.signWebhook(built, 'next');
	const verify = createVerify('RSA-SHA256').update(built);
	expect(verify.verify(sandbox.bankPublicKeyNext, signature, 'base64')).toBe(true);
	sandbox.sendWebhook('nominal_topup', id, '{"type":"nominal_topup"}');
	await until(() => partner.received.length === 3);
	expect(partner.received[2].json).toEqual({ type: 'nominal_topup' });
});

it('announce a returned payout', async () => {
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
	const { id } = (await ask('v2/session/init/payout', body)).json.session;
	await sandbox.idle();
	await ask('v2/session/confirm', { session_id: id });
	await sandbox.idle();
	sandbox.runAction(id, 'return');
	await sandbox.idle();
	expect(partner.received[2].json).toMatchObject({
		type: 'payment_refunded',
		session: {
			status: 'accepted',
			payout_list: [{ status: 'succeeded', refunds: [{ status: 'accepted' }] }],
		},
	});
	expect(sandbox.moneyMoved()).toBe(0);
});
