// The trigger of a workflow for each bank: takes the webhooks, tells what would start the workflow.
import '../../support/standalone-engine.mjs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { callWebhook, loadPackage } from '../../support/engine.mts';
import { Dice } from '../lib/seededRandom.mts';
import type { Received, ReceiverOrder } from './webhookReceiver.mts';

const loader = await loadPackage();
let order: ReceiverOrder | undefined;
let calls = 0;
let batch: Received[] = [];

const server = createServer(async (request, response) => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const bank = Number((request.url ?? '/0').slice(1));
	// n8n is restarted now and then: the bank comes again.
	const dice = new Dice(order?.seed ?? '', 'receiver', ++calls);
	if (!order || dice.chance(0.03)) {
		response.writeHead(503).end();
		return;
	}
	const checkWithBank = dice.chance(0.1);
	const { response: answer, items } = await callWebhook({
		loader,
		nodeName: 'bank131Trigger',
		credentials: order.credentials[bank],
		parameters: { events: order.events, options: { checkWithBank } },
		rawBody: Buffer.concat(chunks),
		headers: request.headers as Record<string, string>,
	});
	batch.push({
		bank,
		status: answer.statusCode,
		items: (items ?? []).map(({ json }) => json),
	});
	response.writeHead(answer.statusCode).end();
});

setInterval(() => {
	if (batch.length > 0) process.send?.({ received: batch });
	batch = [];
}, 50).unref();

process.on('message', (message: ReceiverOrder | 'flush') => {
	if (message === 'flush') {
		process.send?.({ received: batch, flushed: true });
		batch = [];
	} else order = message;
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
	process.send?.({ port: (server.address() as AddressInfo).port });
});
