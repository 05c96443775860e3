import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
	method: string;
	url: string;
	headers: http.IncomingHttpHeaders;
	/** The exact received bytes. */
	body: Buffer;
}

export interface RawAnswer {
	status?: number;
	type?: string;
	body?: string;
	headers?: Record<string, string>;
	/** Sends the response itself, instead of all the above. */
	send?: (response: http.ServerResponse) => void;
}

/** An HTTP server on 127.0.0.1 that records the received bytes and responds with what `answer` returns. */
export class RawServer {
	readonly requests: ReceivedRequest[] = [];

	answer: (request: ReceivedRequest) => RawAnswer = () => ({ body: '{"status":"ok"}' });

	private readonly server = http.createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const received = {
				method: request.method ?? '',
				url: request.url ?? '',
				headers: request.headers,
				body: Buffer.concat(chunks),
			};
			this.requests.push(received);
			const {
				status = 200,
				type = 'application/json',
				body = '',
				headers = {},
				send,
			} = this.answer(received);
			if (send) send(response);
			else response.writeHead(status, { 'content-type': type, ...headers }).end(body);
		});
	});

	url = '';

	async start(): Promise<this> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
		return this;
	}

	async stop(): Promise<void> {
		// Open keep-alive sockets would keep the process alive.
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
