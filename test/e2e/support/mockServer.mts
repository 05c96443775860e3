import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './waitFor.mts';

export interface Received {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: unknown;
}

/** Somebody whom a workflow calls: a chat, a CRM, accounting, a language model. */
export interface StandIn {
	url: string;
	received: Received[];
	/** The texts that a chat was sent. */
	texts(): string[];
	/** The newest text that matches, as soon as there is one. */
	text(pattern: RegExp): Promise<string>;
	close(): void;
}

/** @param answer gives an object for JSON, or text for a stream of events */
export async function startStandIn(
	answer: (request: Received) => unknown = () => ({}),
): Promise<StandIn> {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method = '', url: path = '', headers } = request;
			const text = Buffer.concat(chunks).toString('utf8');
			const one = { method, path, headers, body: text === '' ? undefined : JSON.parse(text) };
			received.push(one);
			const said = answer(one);
			const events = typeof said === 'string';
			response.setHeader('content-type', events ? 'text/event-stream' : 'application/json');
			response.end(events ? said : JSON.stringify(said));
		});
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const texts = () => received.map(({ body }) => String((body as { text?: unknown })?.text));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received,
		texts,
		text: async (pattern) =>
			await until(() => texts().findLast((text) => pattern.test(text)), `a text like ${pattern}`),
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
