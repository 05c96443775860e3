// Runs the trigger node for each bank: receives the webhooks and sends the resulting items to the parent process.
import '../../../playground/engine/standalone.mjs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { callWebhook, loadPackage } from '../../support/engine.mts';
import { SeededRandom } from '../lib/seededRandom.mts';
import type { ReceivedWebhook, ReceiverConfig } from './webhookReceiver.mts';

/** The outcomes of a session that has ended, and `unknown`. */
const FINAL_OUTCOMES = ['succeeded', 'returned', 'failed', 'cancelled', 'unknown'];

interface WebhookBody {
	type: string;
	session: { id: string };
}

const loader = await loadPackage();
let config: ReceiverConfig | undefined;
let calls = 0;
let batch: ReceivedWebhook[] = [];

const server = createServer(async (request, response) => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const bank = Number((request.url ?? '/0').slice(1));
	// Sometimes n8n is restarting: the bank sends the webhook again.
	const random = new SeededRandom(config?.seed ?? '', 'receiver', ++calls);
	if (!config || random.chance(0.03)) {
		response.writeHead(503).end();
		return;
	}
	const options = {
		checkWithBank: random.chance(0.1),
		...(random.chance(0.3) && { outcomes: FINAL_OUTCOMES }),
	};
	const rawBody = Buffer.concat(chunks);
	const { response: triggerResponse, items } = await callWebhook({
		loader,
		nodeName: 'bank131Trigger',
		credentials: config.credentials[bank],
		parameters: { events: config.events, options },
		rawBody,
		headers: request.headers as Record<string, string>,
	});
	const { type, session } = JSON.parse(rawBody.toString()) as WebhookBody;
	batch.push({
		bank,
		type,
		sessionId: session.id,
		status: triggerResponse.statusCode,
		items: (items ?? []).map(({ json }) => json),
	});
	response.writeHead(triggerResponse.statusCode).end();
});

setInterval(() => {
	if (batch.length > 0) process.send?.({ received: batch });
	batch = [];
}, 50).unref();

process.on('message', (message: ReceiverConfig | 'flush') => {
	if (message === 'flush') {
		process.send?.({ received: batch, flushed: true });
		batch = [];
	} else config = message;
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
	process.send?.({ port: (server.address() as AddressInfo).port });
});
