import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An incoming webhook of a chat. */
export interface Chat {
	url: string;
	/** The field `text` of all messages, oldest first. */
	texts: string[];
	close(): void;
}

/** Starts a chat on a free port of 127.0.0.1. */
export async function startChat(): Promise<Chat> {
	const texts: string[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { text } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { text: string };
			texts.push(text);
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const close = () => {
		server.close();
		server.closeAllConnections();
	};
	return { url: `http://127.0.0.1:${port}`, texts, close };
}
