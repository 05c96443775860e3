import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from './waitFor.mts';

/** A request to the mock server. */
export interface ReceivedRequest {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	/** Parsed JSON; undefined if empty. */
	body: unknown;
}

/** How a mock server fails: HTTP 500, a connection that is reset, an answer after three seconds, no answer at all. */
export type Trouble = 'error' | 'reset' | 'slow' | 'silent';

/** A mock of a service that a workflow calls: a chat, a CRM, accounting, a language model. */
export interface MockServer {
	url: string;
	/** All requests that were answered as they should be, oldest first. */
	received: ReceivedRequest[];
	/** Applies to the requests that `fails` selects, by default to all. */
	trouble?: Trouble;
	fails: (request: ReceivedRequest) => boolean;
	/** Number of requests that met the trouble. */
	failures: number;
	/** Field `text` of every request body, as a chat receives it. */
	texts(): string[];
	/** Waits for a matching text; resolves to the newest one. */
	waitForText(pattern: RegExp): Promise<string>;
	close(): void;
}

/**
 * Starts a mock HTTP server on a free port of 127.0.0.1 that records every request.
 * @param respond returns an object for a JSON response, or a string for a `text/event-stream` response
 */
export async function startMockServer(
	respond: (request: ReceivedRequest) => unknown = () => ({}),
): Promise<MockServer> {
	const requests: ReceivedRequest[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method = '', url: path = '', headers } = request;
			const text = Buffer.concat(chunks).toString('utf8');
			const body: unknown = text === '' ? undefined : JSON.parse(text);
			const received = { method, path, headers, body };
			const answer = () => {
				requests.push(received);
				const content = respond(received);
				const isEventStream = typeof content === 'string';
				const type = isEventStream ? 'text/event-stream' : 'application/json';
				response.setHeader('content-type', type);
				response.end(isEventStream ? content : JSON.stringify(content));
			};
			const trouble = mock.fails(received) ? mock.trouble : undefined;
			if (trouble === undefined) return answer();
			mock.failures++;
			if (trouble === 'error') response.writeHead(500).end('{"message":"out of order"}');
			if (trouble === 'reset') request.socket.destroy();
			if (trouble === 'slow') setTimeout(answer, 3000);
		});
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const texts = () => requests.map(({ body }) => String((body as { text?: unknown })?.text));
	const mock: MockServer = {
		fails: () => true,
		failures: 0,
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received: requests,
		texts,
		waitForText: async (pattern) =>
			await waitFor(() => texts().findLast((text) => pattern.test(text)), `a text like ${pattern}`),
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
	return mock;
}
