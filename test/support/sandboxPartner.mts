// A partner of the bank for the sandbox's own tests: signs with node:crypto, posts with fetch.
import { createSign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../sandbox/sandbox.mts';

// Answers are read as they come: tests look into them freely.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = any;

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	json: Loose;
}

export interface CallOptions {
	key?: string;
	headers?: Record<string, string>;
	method?: string;
	signal?: AbortSignal;
}

export const sign = (body: string, privateKey: string) =>
	createSign('RSA-SHA256').update(body, 'utf8').sign(privateKey, 'base64');

export function partnerOf(sandbox: Sandbox) {
	return async (path: string, body: unknown = {}, options: CallOptions = {}): Promise<Reply> => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const { key, headers, method = 'POST', signal } = options;
		const response = await fetch(`${sandbox.url}/api/${path}`, {
			method,
			signal,
			headers: {
				'content-type': 'application/json',
				'x-partner-project': sandbox.project,
				'x-partner-sign': sign(method === 'GET' ? '' : text, sandbox.partnerPrivateKey),
				...(key === undefined ? {} : { 'x-partner-idempotency-key': key }),
				...headers,
			},
			...(method === 'GET' ? {} : { body: text }),
		});
		const answer = await response.text();
		let json: Loose;
		try {
			json = JSON.parse(answer);
		} catch {
			json = undefined;
		}
		return { status: response.status, headers: response.headers, text: answer, json };
	};
}

export type Partner = ReturnType<typeof partnerOf>;

export const card = (number = '4242424242424242') => ({
	type: 'card',
	card: { type: 'bank_card', bank_card: { number } },
});

export const account = (fields: object = {}) => ({
	type: 'bank_account',
	bank_account: {
		system_type: 'ru',
		ru: {
			bik: '044525971',
			account: '40817810100000270411',
			full_name: 'Иванов Иван Иванович',
			description: 'Перевод по договору № 1 НДС не облагается',
			...fields,
		},
	},
});

export const rub = (amount: number) => ({ amount, currency: 'rub' });

export const to = (full_name = 'Ivanov Ivan') => ({ recipient: { full_name } });

export const payoutBody = (amount = 10_000, fields: object = {}) => ({
	payout_details: card(),
	amount_details: rub(amount),
	participant_details: to(),
	...fields,
});

export interface Received {
	body: string;
	signature: string;
	json: Loose;
}

/** The partner's webhook endpoint; `answer` decides the status of each delivery. */
export async function receiver(answer: (n: number) => number = () => 200) {
	const received: Received[] = [];
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString('utf8');
			const signature = String(request.headers['x-partner-sign']);
			received.push({ body, signature, json: JSON.parse(body) });
			response.statusCode = answer(received.length);
			response.end();
		});
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	const close = () =>
		new Promise<void>((closed) => {
			server.close(() => closed());
			server.closeAllConnections();
		});
	return { url: `http://127.0.0.1:${port}/hook`, received, close };
}

export async function until(what: () => boolean, timeoutMs = 5_000): Promise<void> {
	const end = Date.now() + timeoutMs;
	while (!what()) {
		if (Date.now() > end) throw new Error('It did not happen in time');
		await new Promise((later) => setTimeout(later, 2));
	}
}
