/** Responses that never end: slow ones, and huge ones. */
import type { ServerResponse } from 'node:http';
import { createGzip, gzipSync } from 'node:zlib';

/** Far shorter than any time limit, so that the connection is never idle for as long. */
const PAUSE_MS = 50;

const MB = 1024 * 1024;

/** How a connection was used until the other side closed it. */
export interface Ended {
	/** Bytes of the body that the socket took. */
	bytesTaken: number;
}

/** Sends one response, and resolves when the other side has closed the connection. */
export type EndlessAnswer = (response: ServerResponse) => Promise<Ended>;

/** Calls `send` at short intervals until the connection is closed. */
const drip =
	(start: (response: ServerResponse) => void, send: (response: ServerResponse) => void) =>
	async (response: ServerResponse): Promise<Ended> => {
		start(response);
		const timer = setInterval(() => send(response), PAUSE_MS);
		await closed(response);
		clearInterval(timer);
		return { bytesTaken: 0 };
	};

/** Sends `chunk` as often as the connection takes it, until it is closed. */
const flood =
	(headers: Record<string, string | number>, chunk: Buffer, status = 200) =>
	async (response: ServerResponse): Promise<Ended> => {
		let bytesTaken = 0;
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		const send = (): void => {
			while (!response.destroyed) {
				bytesTaken += chunk.length;
				if (!response.write(chunk)) return;
			}
		};
		response.on('drain', send);
		send();
		await closed(response);
		return { bytesTaken };
	};

const closed = async (response: ServerResponse): Promise<void> =>
	await new Promise((resolve) => response.on('close', resolve));

const head =
	(headers: Record<string, string>, status = 200) =>
	(response: ServerResponse) => {
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		response.flushHeaders();
	};

const ok = '{"status":"ok"}';

export const slowAnswers: Record<string, EndlessAnswer> = {
	'body with a length': drip(head({ 'content-length': '1000000' }), (response) =>
		response.write(' '),
	),
	'body in chunks': drip(head({}), (response) => response.write(' ')),
	'complete JSON without the end of the response': drip(
		(response) => {
			head({})(response);
			response.write(ok);
		},
		(response) => response.write(' '),
	),
	'error page': drip(head({}, 502), (response) => response.write(' ')),
	'redirect with a body': drip(head({ location: '/elsewhere' }, 302), (response) =>
		response.write(' '),
	),
	'compressed body': async (response) => {
		head({ 'content-encoding': 'gzip' })(response);
		const gzip = createGzip();
		gzip.pipe(response);
		const timer = setInterval(() => gzip.flush(() => gzip.write(' ')), PAUSE_MS);
		await closed(response);
		clearInterval(timer);
		gzip.destroy();
		return { bytesTaken: 0 };
	},
	'status line': drip(
		({ socket }) => socket!.write('HTTP/1.1 200 '),
		({ socket }) => socket!.write('O'),
	),
	headers: drip(
		({ socket }) => socket!.write('HTTP/1.1 200 OK\r\nX-Slow: '),
		({ socket }) => socket!.write('a'),
	),
	'interim responses': drip(
		() => undefined,
		(response) => response.writeProcessing(),
	),
};

const zeros = Buffer.alloc(MB, ' ');

export const hugeAnswers: Record<string, EndlessAnswer> = {
	'with a length of 400 MB': flood({ 'content-length': 400 * MB }, zeros),
	'in chunks without an end': flood({}, zeros),
	'without a length, until the connection closes': flood(
		{ 'transfer-encoding': 'identity', connection: 'close' },
		zeros,
	),
	'with an error status': flood({}, zeros, 500),
	// 1 KB for 1 MB.
	'compressed to a thousandth': flood({ 'content-encoding': 'gzip' }, gzipSync(zeros)),
};
