import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Door {
	/** The address through this door of an address of n8n. */
	to(url: string): string;
	close(): void;
}

/**
 * A proxy before n8n that lets nobody in until n8n says that it is ready, as docs/operations.md advises. While it starts,
 * n8n answers 200 to every request, also to the bank's, which then believes that the event has arrived.
 */
export async function openDoor(baseUrl: string): Promise<Door> {
	const pass = async (path: string, signature: string, body: Buffer<ArrayBuffer>) => {
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
			void pass(request.url ?? '', signature, Buffer.concat(chunks))
				.catch(() => 503)
				.then((status) => response.writeHead(status).end());
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		to: (url) => `http://127.0.0.1:${port}${new URL(url).pathname}`,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}
