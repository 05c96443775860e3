import { Agent, request } from 'node:http';

/** A signed webhook of the bank. */
export interface SignedWebhook {
	body: string;
	signature: string;
}

/** Header for Header Auth. It is sent to every trigger, although only one requires it. */
export const AUTH_HEADER = { name: 'x-pass', value: 'benchmark' };

/** Number of simultaneous senders, over keep-alive connections. */
export const IN_FLIGHT = 10;

/**
 * Posts all webhooks and resolves to the number of responses per second.
 * @throws if a status is not 200: a trigger that rejects is fast, so the result would be meaningless
 */
export async function webhooksPerSecond(url: string, webhooks: SignedWebhook[]): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
	const queue = webhooks.values();
	const sender = async () => {
		for (const webhook of queue) await post(url, webhook, agent);
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
		[AUTH_HEADER.name]: AUTH_HEADER.value,
	};
	return new Promise((resolve, reject) => {
		const clientRequest = request(url, { method: 'POST', agent, headers }, (response) => {
			response.resume().once('end', () => {
				if (response.statusCode === 200) resolve();
				else reject(new Error(`${url} responded ${response.statusCode}`));
			});
		});
		clientRequest.once('error', reject).end(body);
	});
}
