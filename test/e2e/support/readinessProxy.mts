import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running readiness proxy. */
export interface ReadinessProxy {
	/** URL of the proxy for a URL of n8n. */
	urlFor(url: string): string;
	close(): void;
}

/**
 * Starts a proxy that forwards POST requests to n8n only when n8n is ready, and responds 503 otherwise; see
 * docs/operations.md. While it starts, n8n responds 200 to every request, so the bank would count an event as
 * delivered.
 */
export async function startReadinessProxy(baseUrl: string): Promise<ReadinessProxy> {
	const forward = async (path: string, signature: string, body: Buffer<ArrayBuffer>) => {
		const readiness = await fetch(`${baseUrl}/healthz/readiness`);
		await readiness.text();
		if (!readiness.ok) throw new Error('n8n is not ready');
		const headers = { 'content-type': 'application/json', 'x-partner-sign': signature };
		const response = await fetch(baseUrl + path, { method: 'POST', headers, body });
		await response.text();
		return response.status;
	};
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const signature = String(request.headers['x-partner-sign']);
			void forward(request.url ?? '', signature, Buffer.concat(chunks))
				.catch(() => 503)
				.then((status) => response.writeHead(status).end());
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		urlFor: (url) => `http://127.0.0.1:${port}${new URL(url).pathname}`,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}
