import { Agent, request } from 'node:http';

/** A webhook as the bank posts it. */
export interface SignedWebhook {
	body: string;
	signature: string;
}

/** Sent to every trigger; one of them asks for it. */
export const PASS_HEADER = { name: 'x-pass', value: 'let me in' };

/** As many senders at once, over connections that stay open. */
export const IN_FLIGHT = 10;

/**
 * Posts all of them and answers how many were answered with 200 per second. Anything else than 200 is an error: a trigger
 * that refuses is fast.
 */
export async function webhooksPerSecond(url: string, webhooks: SignedWebhook[]): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
	const left = webhooks.values();
	const sender = async () => {
		for (const webhook of left) await post(url, webhook, agent);
	};
	const started = performance.now();
	await Promise.all(Array.from({ length: IN_FLIGHT }, sender));
	const seconds = (performance.now() - started) / 1000;
	agent.destroy();
	return webhooks.length / seconds;
}

function post(url: string, { body, signature }: SignedWebhook, agent: Agent): Promise<void> {
	const headers = {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(body),
		'x-partner-sign': signature,
		[PASS_HEADER.name]: PASS_HEADER.value,
	};
	return new Promise((done, fail) => {
		const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
			answer.resume().once('end', () => {
				if (answer.statusCode === 200) done();
				else fail(new Error(`${url} answers ${answer.statusCode}`));
			});
		});
		sent.once('error', fail).end(body);
	});
}
