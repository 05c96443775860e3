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

/** Starts a mock HTTP server on a free port of 127.0.0.1 that records every request.
 * @param respond returns an object for a JSON response, or a string for a `text/event-stream` response */
export async function startStandIn(
	respond: (request: Received) => unknown = () => ({}),
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
			const content = respond(one);
			const isEventStream = typeof content === 'string';
			response.setHeader('content-type', isEventStream ? 'text/event-stream' : 'application/json');
			response.end(isEventStream ? content : JSON.stringify(content));
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
