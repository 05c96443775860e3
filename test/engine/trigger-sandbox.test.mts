/** The trigger with webhooks of the sandbox, and Check With Bank. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeParameters } from 'n8n-workflow';

import { useFixture, type Loose } from '../support/engineFixture.mts';
import { jsonOf } from '../support/runOperation.mts';
import { payAll, rowsOf } from '../support/payouts.mts';
import { errorOf } from '../support/engine.mts';
import { sessionBody, signed } from '../support/webhooks.mts';
import {
	deliveryTo,
	expectIgnored,
	expectRefused,
	startedItem,
	stranger,
	type Delivery,
} from '../support/triggerDelivery.mts';

const fixture = useFixture();
const deliver = deliveryTo(fixture);

const credential = () =>
	fixture.credential({ bankPublicKey: fixture.sandbox.bankPublicKey }).bank131Api as Record<
		string,
		string
	>;

/** Payouts of 100.00 each that have succeeded, or that wait as `parameters` say. */
async function createPayouts(count: number, parameters: INodeParameters = {}): Promise<Loose[]> {
	const rows = rowsOf(`batch-${++batches}`, count);
	const run = await payAll(fixture, rows, { parameters: { amount: '100.00', ...parameters } });
	expect(errorOf(run)).toBeUndefined();
	return jsonOf(run);
}

let batches = 0;

const deliverSigned = (body: string, more: Delivery = {}) =>
	deliver(body, {
		signature: fixture.sandbox.signWebhook(body),
		credential: credential(),
		publicKey: fixture.sandbox.bankPublicKey,
		...more,
	});

test('webhooks of one session in API v1 and v2: the same item, except the event ID', async () => {
	const [{ sessionId }] = await createPayouts(1);
	const [v1, v2] = await Promise.all(
		([1, 2] as const).map(async (version) => {
			const body = fixture.sandbox.buildWebhook('payment_finished', String(sessionId), version);
			return startedItem(await deliverSigned(body));
		}),
	);
	expect(v1).toMatchObject({ outcome: 'succeeded', sessionId, amount: '100.00' });
	expect({ ...v1, eventId: '' }).toEqual({ ...v2, eventId: '' });
	expect(v1.eventId).not.toBe(v2.eventId);
});

test('Check With Bank and an outdated webhook: the current outcome with the event of the webhook', async () => {
	const [{ sessionId }] = await createPayouts(1, { confirmation: 'manual', waitFor: 'ready' });
	const outdated = fixture.sandbox.buildWebhook('ready_to_confirm', String(sessionId));
	fixture.sandbox.runAction(String(sessionId), 'confirm');
	await fixture.sandbox.idle();

	expect(startedItem(await deliverSigned(outdated)).outcome).toBe('awaitingConfirmation');
	const parameters = { options: { checkWithBank: true } };
	expect(startedItem(await deliverSigned(outdated, { parameters }))).toMatchObject({
		event: 'ready_to_confirm',
		outcome: 'succeeded',
		sessionId,
	});
	const waiting = { options: { checkWithBank: true, outcomes: ['awaitingConfirmation'] } };
	expectIgnored(await deliverSigned(outdated, { parameters: waiting }));
});

test('Check With Bank and a forged or unselected webhook: no request to the bank', async () => {
	const body = sessionBody('ready_to_confirm');
	const before = fixture.sandbox.requests.length;
	const parameters = { options: { checkWithBank: true } };
	expectRefused(await deliverSigned(body, { parameters, signature: signed(body, stranger) }));
	expectIgnored(
		await deliverSigned(body, { parameters: { ...parameters, events: ['payment_finished'] } }),
	);
	expect(fixture.sandbox.requests).toHaveLength(before);
});

test.each<[string, () => Record<string, string>]>([
	['an unreachable bank', () => ({ ...credential(), customUrl: 'http://127.0.0.1:9' })],
	['an invalid address', () => ({ ...credential(), customUrl: 'ftp://bank' })],
	['an invalid private key', () => ({ ...credential(), privateKey: 'junk' })],
	['a session that the bank does not know', credential],
])(
	'Check With Bank and %s: HTTP 503, so that the bank sends the webhook again',
	async (_, credentialData) => {
		const body = sessionBody('payment_finished', { id: 'ps_nowhere', status: 'accepted' });
		const parameters = { options: { checkWithBank: true } };
		expectRefused(await deliverSigned(body, { parameters, credential: credentialData() }), 503);
	},
);

test('20 payouts over HTTP, with a key change: HTTP 200 per webhook; forged ones: HTTP 401', async () => {
	const received: Array<Record<string, unknown>> = [];
	const statuses: number[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', async () => {
			const answer = await deliver(Buffer.concat(chunks), {
				signature: request.headers['x-partner-sign'] as string | undefined,
				publicKey: `${fixture.sandbox.bankPublicKey}\n${fixture.sandbox.bankPublicKeyNext}`,
			});
			const status = answer.response.hasEnded ? answer.response.statusCode : 200;
			if (answer.items) received.push(answer.items[0].json);
			statuses.push(status);
			response.writeHead(status).end();
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
	try {
		fixture.sandbox.set({ webhookUrl: url });
		const paid = await createPayouts(10);
		fixture.sandbox.set({ webhookKey: 'next' });
		paid.push(...(await createPayouts(10)));
		await fixture.sandbox.idle();
		expect(statuses).toEqual(Array(40).fill(200));

		const finished = received.filter(({ event }) => event === 'payment_finished');
		const ids = (list: Array<Record<string, unknown>>) =>
			list.map(({ sessionId }) => sessionId).sort();
		expect(ids(finished)).toEqual(ids(paid));
		expect(finished.every(({ outcome }) => outcome === 'succeeded')).toBe(true);
		const ready = received.filter(({ event }) => event === 'ready_to_confirm');
		expect(ids(ready)).toEqual(ids(paid));
		expect(ready.every(({ outcome }) => outcome === 'awaitingConfirmation')).toBe(true);

		const body = fixture.sandbox.webhooks.at(-1)!.body;
		const post = async (headers: Array<[string, string]>, text = body) =>
			(await fetch(url, { method: 'POST', headers, body: text })).status;
		const genuine = fixture.sandbox.signWebhook(body);
		expect(await post([['x-partner-sign', genuine]])).toBe(200);
		expect(await post([])).toBe(401);
		expect(
			await post([
				['x-partner-sign', genuine],
				['x-partner-sign', genuine],
			]),
		).toBe(401);
		expect(await post([['x-partner-sign', genuine]], `${body} `)).toBe(401);
		expect(await post([['x-partner-sign', fixture.sandbox.signWebhook(body, 'next')]])).toBe(200);
	} finally {
		fixture.sandbox.set({ webhookUrl: undefined, webhookKey: 'current' });
		server.closeAllConnections();
		server.close();
	}
});
